using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TrustCenter.Tests.Performance;

/// <summary>One connection that asks the same again and allocates nothing for it, so that what is counted is the server's.</summary>
internal sealed class WireClient : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[256 * 1024];

    public WireClient(int port) => socket.Connect(IPAddress.Loopback, port);

    public static byte[] Get(string host, string path, string headers = "") => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n");

    /// <summary>Sends the request and reads the whole answer, whose length is known from the one before it; the bytes read.</summary>
    public long Ask(byte[] request, long length)
    {
        socket.Send(request);
        long read = 0;
        while (read < length)
        {
            var count = socket.Receive(buffer);
            if (count == 0) break;
            read += count;
        }
        return read;
    }

    /// <summary>The length of the whole answer, head and body.</summary>
    public long Measure(byte[] request)
    {
        socket.Send(request);
        var count = socket.Receive(buffer);
        var text = Encoding.Latin1.GetString(buffer, 0, count);
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        text.ShouldStartWith("HTTP/1.1 200");
        var line = text.Split("\r\n").Single(l => l.StartsWith("Content-Length: ", StringComparison.Ordinal));
        var length = head + long.Parse(line["Content-Length: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
        for (long read = count; read < length; read += socket.Receive(buffer)) { }
        return length;
    }

    public void Dispose() => socket.Dispose();
}
