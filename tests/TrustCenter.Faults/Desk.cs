using System.Collections.Concurrent;
using System.Diagnostics;
using TrustCenter.Tests.Faults;

namespace TrustCenter.Faults;

/// <summary>The rep who revokes, at either process.</summary>
internal sealed class Desk(HttpClient[] consoles, (string Cookie, string Stamp) session)
{
    private readonly ConcurrentDictionary<Guid, bool> posted = [];

    public TimeSpan Slowest { get; private set; }

    public static async Task<Desk> Open(Cluster cluster)
    {
        var consoles = cluster.Hosts.Select(h => cluster.Client(h, "console.localhost")).ToArray();
        return new Desk(consoles, await HostProcess.SignIn(consoles[0], cluster.Tenant, "Rep"));
    }

    /// <summary>From here on an answer to this link's reader may be either.</summary>
    public bool IsPosted(Guid link) => posted.ContainsKey(link);

    /// <summary>Returns with the acknowledgement.</summary>
    public async Task Revoke(Guid link, int turn)
    {
        var console = consoles[turn % consoles.Length];
        using var request = HostProcess.Post($"/console/links/{link}/revocations", console, session.Cookie, [("stamp", session.Stamp), ("command", Guid.CreateVersion7().ToString())]);
        posted[link] = true;
        var clock = Stopwatch.StartNew();
        using var answer = await console.SendAsync(request);
        if ((int)answer.StatusCode != 303) throw new InvalidOperationException($"The revocation was answered with {(int)answer.StatusCode}.");
        if (clock.Elapsed > Slowest) Slowest = clock.Elapsed;
    }
}
