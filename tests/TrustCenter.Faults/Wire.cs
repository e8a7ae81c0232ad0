using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TrustCenter.Faults;

/// <summary>Bytes to a port of this machine, and all that comes back until the connection ends.</summary>
public static class Wire
{
    public static async Task<Socket> Open(int port, int receiveBuffer = 0)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0) socket.ReceiveBufferSize = receiveBuffer;
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>Waits a moment for the end, and then says that nothing more will come: whoever is told so at once answers nothing. Null when the connection outlives <paramref name="limit"/>.</summary>
    public static async Task<string?> Ask(int port, byte[] bytes, TimeSpan limit)
    {
        using var socket = await Open(port);
        using var stop = new CancellationTokenSource(limit);
        using var answer = new MemoryStream();
        try
        {
            var reading = ReadToEnd(socket, answer, stop.Token);
            try
            {
                await new NetworkStream(socket).WriteAsync(bytes, stop.Token);
                await Task.WhenAny(reading, Task.Delay(Patience, stop.Token));
                socket.Shutdown(SocketShutdown.Send);
            }
            catch (Exception cut) when (cut is IOException or SocketException) { } // refused before all of it was sent
            await reading;
        }
        catch (OperationCanceledException) { return null; }
        return Encoding.Latin1.GetString(answer.ToArray());
    }

    public static async Task ReadToEnd(Socket socket, Stream into, CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer, stop) is > 0 and var read) into.Write(buffer, 0, read);
        }
        catch (SocketException) { } // cut, which is an end too
    }
}
