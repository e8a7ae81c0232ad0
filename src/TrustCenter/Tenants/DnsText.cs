using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace TrustCenter.Tenants;

/// <summary>
/// The texts (TXT records) at one name, asked of the system's resolver. Stands in for DnsClient: .NET resolves addresses only, and the
/// package does not restore. One question, over UDP and where the answer is cut over TCP (RFC 1035, RFC 7766).
/// </summary>
public sealed class DnsText(IOptions<TrustCenterOptions> options, ILogger<DnsText> log)
{
    private const int Port = 53;
    private const int Tries = 2; // over UDP; a datagram may be lost
    private const int LongestDatagram = 4_096; // bytes; we ask for 512 and take no more than this
    private const int LongestMessage = 16_384; // bytes over TCP
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2); // of each try

    /// <summary>Empty when nothing stands there; null when nobody answered or the answer could not be read.</summary>
    public async Task<IReadOnlyList<string>?> Read(string name, CancellationToken stop)
    {
        if (Server() is not { } server) return null;
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
                patience.CancelAfter(Patience);
                var id = (ushort)RandomNumberGenerator.GetInt32(0, ushort.MaxValue + 1);
                var answer = await OverUdp(server, name, id, patience.Token);
                if (answer.IsCut) answer = await OverTcp(server, name, id, patience.Token);
                return answer is { IsCut: false, Texts: { } texts } ? texts : null;
            }
            catch (Exception unanswered) when (unanswered is SocketException or IOException || (unanswered is OperationCanceledException && !stop.IsCancellationRequested))
            {
                log.LogWarning("The resolver {Server} did not answer about {Name}: {Problem}", server, name, unanswered.Message);
            }
        }
        return null;
    }

    private IPEndPoint? Server()
    {
        if (options.Value.DnsServer is { } named) return IPEndPoint.Parse(named) is { Port: 0 } bare ? new IPEndPoint(bare.Address, Port) : IPEndPoint.Parse(named);
        var address = NetworkInterface.GetAllNetworkInterfaces().SelectMany(n => n.GetIPProperties().DnsAddresses).FirstOrDefault(a => !a.IsIPv6SiteLocal);
        return address is null ? null : new IPEndPoint(address, Port);
    }

    // A connected socket takes datagrams from this server alone; the id and the question must be ours too (RFC 5452). What is not ours is
    // passed over, so that a forged datagram cannot end the waiting.
    private static async Task<DnsAnswer> OverUdp(IPEndPoint server, string name, ushort id, CancellationToken stop)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, stop);
        await socket.SendAsync(DnsMessage.Question(id, name), stop);
        var buffer = new byte[LongestDatagram];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, stop);
            if (DnsMessage.Answer(buffer.AsSpan(0, length), id, name) is { } answer) return answer;
        }
    }

    private static async Task<DnsAnswer> OverTcp(IPEndPoint server, string name, ushort id, CancellationToken stop)
    {
        using var client = new TcpClient(server.AddressFamily);
        await client.ConnectAsync(server, stop);
        await using var stream = client.GetStream();
        var question = DnsMessage.Question(id, name);
        var framed = new byte[question.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)question.Length);
        question.CopyTo(framed, 2);
        await stream.WriteAsync(framed, stop);
        var head = new byte[2];
        await stream.ReadExactlyAsync(head, stop);
        var length = BinaryPrimitives.ReadUInt16BigEndian(head);
        if (length > LongestMessage) return DnsAnswer.Unreadable;
        var message = new byte[length];
        await stream.ReadExactlyAsync(message, stop);
        return DnsMessage.Answer(message, id, name) is { IsCut: false } answer ? answer : DnsAnswer.Unreadable;
    }
}
