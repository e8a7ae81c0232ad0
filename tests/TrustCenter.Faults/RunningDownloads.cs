using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TrustCenter.Faults;

/// <summary>Downloads under way while their links are revoked: each ends broken, soon.</summary>
internal static class RunningDownloads
{
    private const long MostAfter = 1 << 20; // bytes that the host may still read after its last look at the gate
    private const int ReceiveBuffer = 32 * 1024; // asked for; the kernel takes twice that for its own account (socket(7))
    private const long Buffers = (2 * ReceiveBuffer) + (2 * 256 * 1024) + (128 * 1024); // bytes: ours, the host's send buffer, and what the host has written and not yet sent
    private const long Before = 3 << 20; // bytes read before the revocation

    public static async Task<IReadOnlyList<Line>> Run(Cluster cluster, Desk desk, List<Guest> guests)
    {
        List<(long After, bool IsWhole)> seen = [];
        for (var n = 0; n < guests.Count; n++) seen.Add(await Download(cluster, desk, guests[n], n));
        var most = seen.Max(s => s.After);
        return
        [
            new($"{guests.Count} running downloads of 12 MiB, revoked after 3 MiB, at the other process in turn",
                string.Create(CultureInfo.InvariantCulture, $"Each ends broken; after the acknowledgement its reader gets at most 1 MiB and {Buffers / 1024} KiB that sat in buffers (receive, send, the host's output)"),
                string.Create(CultureInfo.InvariantCulture, $"at most {most / 1024:N0} KiB; {seen.Count(s => s.IsWhole)} came whole"), most <= MostAfter + Buffers && !seen.Exists(s => s.IsWhole)),
        ];
    }

    private static async Task<(long After, bool IsWhole)> Download(Cluster cluster, Desk desk, Guest guest, int turn)
    {
        var host = cluster.Hosts[turn / 2 % 2];
        using var socket = await Wire.Open(host.Port, ReceiveBuffer);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {guest.File} HTTP/1.1\r\nHost: north.localhost:{host.Port}\r\nCookie: {guest.Cookie}\r\nConnection: close\r\n\r\n"));
        var buffer = new byte[16 * 1024];
        var before = await Read(socket, buffer, Before);
        if (before < Before) throw new InvalidOperationException($"The download ended after {before} bytes: {Encoding.Latin1.GetString(buffer, 0, 200)}");
        await desk.Revoke(guest.Link, turn);
        var after = await Read(socket, buffer, long.MaxValue); // all that still comes
        return (after, before + after > Cluster.LargeFile);
    }

    private static async Task<long> Read(Socket socket, byte[] buffer, long most)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        long bytes = 0;
        try
        {
            while (bytes < most && await socket.ReceiveAsync(buffer, limit.Token) is > 0 and var read) bytes += read;
        }
        catch (SocketException) { } // the host reset the connection: an end that no reader takes for the file's
        return bytes;
    }
}
