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

    private static readonly string Promise = string.Create(CultureInfo.InvariantCulture, $"Each ends broken; after the acknowledgement its reader gets at most 1 MiB and {Buffers / 1024} KiB that sat in buffers (receive, send, the host's output)");

    /// <summary>One after the other, at each process, revoked at each.</summary>
    /// <param name="cut">What happens before the revocation.</param>
    public static async Task<Line> Run(Cluster cluster, Desk desk, List<Guest> guests, string more, Action cut)
    {
        List<(long After, bool IsWhole)> seen = [];
        for (var n = 0; n < guests.Count; n++)
        {
            using var download = await Download.Begin(cluster.Hosts[n / 2 % 2].Port, guests[n]);
            cut();
            await desk.Revoke(guests[n].Link, n);
            seen.Add(await download.End());
        }
        return Seen($"{guests.Count} running downloads of 12 MiB, revoked after 3 MiB, at the other process in turn{more}", seen);
    }

    /// <summary>All at once at one process, which is stopped before their links are revoked at the other, and goes on after.</summary>
    /// <param name="cut">What happens before the revocations.</param>
    public static async Task<Line> Frozen(Cluster cluster, Desk desk, List<Guest> guests, string more, Action cut)
    {
        var sleeper = cluster.Hosts[1];
        var downloads = await Task.WhenAll(guests.Select(g => Download.Begin(sleeper.Port, g)));
        try
        {
            sleeper.Freeze();
            cut();
            foreach (var guest in guests) await desk.Revoke(guest.Link, 0);
            sleeper.Thaw();
            return Seen($"{guests.Count} running downloads of 12 MiB at a process that is stopped after 3 MiB (SIGSTOP), revoked at the other; then it goes on{more}", await Task.WhenAll(downloads.Select(d => d.End())));
        }
        finally
        {
            foreach (var download in downloads) download.Dispose();
        }
    }

    private static Line Seen(string what, IReadOnlyList<(long After, bool IsWhole)> seen)
    {
        var (most, whole) = (seen.Max(s => s.After), seen.Count(s => s.IsWhole));
        return new(what, Promise, string.Create(CultureInfo.InvariantCulture, $"at most {most / 1024:N0} KiB; {whole} came whole"), most <= MostAfter + Buffers && whole == 0);
    }

    /// <summary>One reader's connection, who has read the first <see cref="Before"/> bytes and waits.</summary>
    private sealed class Download(Socket socket) : IDisposable
    {
        private readonly byte[] buffer = new byte[16 * 1024];
        private long before;

        public static async Task<Download> Begin(int port, Guest guest)
        {
            var download = new Download(await Wire.Open(port, ReceiveBuffer));
            await download.Ask($"GET {guest.File} HTTP/1.1\r\nHost: north.localhost:{port}\r\nCookie: {guest.Cookie}\r\nConnection: close\r\n\r\n");
            return download;
        }

        /// <summary>All that still comes.</summary>
        public async Task<(long After, bool IsWhole)> End()
        {
            var after = await Read(long.MaxValue);
            return (after, before + after > Cluster.LargeFile);
        }

        public void Dispose() => socket.Dispose();

        private async Task Ask(string request)
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(request));
            before = await Read(Before);
            if (before < Before) throw new InvalidOperationException($"The download ended after {before} bytes: {Encoding.Latin1.GetString(buffer, 0, 200)}");
        }

        private async Task<long> Read(long most)
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
}
