using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TrustCenter.Tests.Tenants;

/// <summary>A small name server on loopback, over UDP and TCP at one port: it answers texts, and misbehaves as told.</summary>
public sealed class DnsResponder : IAsyncDisposable
{
    private readonly Socket udp;
    private readonly TcpListener tcp;
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;
    private int questions;

    public DnsResponder()
    {
        (udp, tcp) = OnePort();
        Port = ((IPEndPoint)udp.LocalEndPoint!).Port;
        work = Task.WhenAll(Task.Run(OverUdp), Task.Run(OverTcp));
    }

    public int Port { get; }
    public string Address => $"127.0.0.1:{Port}";

    // A port that is free for both.
    private static (Socket, TcpListener) OnePort()
    {
        while (true)
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.Bind(listener.LocalEndpoint);
                return (socket, listener);
            }
            catch (SocketException)
            {
                socket.Dispose();
                listener.Dispose();
            }
        }
    }

    /// <summary>Questions heard so far, those over TCP included.</summary>
    public int Questions => Volatile.Read(ref questions);

    /// <summary>Texts by name; a name that is not here does not exist.</summary>
    public ConcurrentDictionary<string, string[]> Texts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Aliases by name.</summary>
    public ConcurrentDictionary<string, string> Aliases { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool IsSilent { get; set; }
    public int Code { get; set; } // other than 0: the server fails with it

    /// <summary>Every datagram says that it is cut, so that TCP is asked.</summary>
    public bool Cuts { get; set; }

    /// <summary>Sent before the answer: what a stranger may throw in.</summary>
    public Func<byte[], byte[]>? Forged { get; set; }

    public void Say(string name, params string[] texts) => Texts[name] = texts;

    private async Task OverUdp()
    {
        var buffer = new byte[2_000];
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var heard = await udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), stop.Token);
                Interlocked.Increment(ref questions);
                if (IsSilent) continue;
                var question = buffer[..heard.ReceivedBytes];
                if (Forged is { } forge) await udp.SendToAsync(forge(question), heard.RemoteEndPoint, stop.Token);
                await udp.SendToAsync(Answer(question, Cuts), heard.RemoteEndPoint, stop.Token);
            }
            catch (OperationCanceledException) { return; }
        }
    }

    private async Task OverTcp()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = await tcp.AcceptTcpClientAsync(stop.Token);
                await using var stream = client.GetStream();
                var head = new byte[2];
                await stream.ReadExactlyAsync(head, stop.Token);
                var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
                await stream.ReadExactlyAsync(question, stop.Token);
                Interlocked.Increment(ref questions);
                var answer = Answer(question, isCut: false);
                BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)answer.Length);
                await stream.WriteAsync((byte[])[.. head, .. answer], stop.Token);
            }
            catch (OperationCanceledException) { return; }
            catch (IOException) { continue; } // the asker left
        }
    }

    private byte[] Answer(byte[] question, bool isCut)
    {
        var name = NameIn(question);
        var records = new List<byte>();
        var count = 0;
        var owner = name;
        if (Aliases.TryGetValue(name, out var alias))
        {
            records.AddRange(Record(owner, 5, Encoded(alias)));
            (owner, count) = (alias, 1);
        }
        var exists = Texts.TryGetValue(owner, out var texts);
        foreach (var text in exists ? texts! : [])
        {
            records.AddRange(Record(owner, 16, [.. Encoding.ASCII.GetBytes(text).Chunk(255).SelectMany(part => part.Prepend((byte)part.Length))]));
            count++;
        }
        var code = Code != 0 ? Code : exists || count > 0 ? 0 : 3;
        byte[] header = [question[0], question[1], (byte)(0x81 | (isCut ? 0x02 : 0)), (byte)(0x80 | code), 0, 1, 0, (byte)(isCut ? 0 : count), 0, 0, 0, 0];
        return [.. header, .. question[12..], .. isCut ? [] : records];
    }

    private static byte[] Record(string owner, byte type, byte[] data) => [.. Encoded(owner), 0, type, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    public static byte[] Encoded(string name) => [.. name.Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0];

    private static string NameIn(byte[] question)
    {
        var labels = new List<string>();
        for (var at = 12; question[at] != 0; at += question[at] + 1) labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        return string.Join('.', labels);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        tcp.Stop();
        await work.WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        udp.Dispose();
        tcp.Dispose();
        stop.Dispose();
    }
}
