using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tests.Faults;

namespace TrustCenter.Tests.Orleans;

/// <summary>Somebody who changes deals through one process.</summary>
internal sealed record DealWriter(HttpClient Client, (string Cookie, string Stamp) Session, string Name)
{
    /// <param name="version">The version that the form showed; 0 for a new deal, whose id is the command's.</param>
    public async Task<HttpStatusCode> Change(Guid deal, int version, Guid command)
    {
        using var request = HostProcess.Post(version == 0 ? "/console/deals" : $"/console/deals/{deal}", Client, Session.Cookie,
            [("stamp", Session.Stamp), ("command", command.ToString()), ("version", $"{version}"), ("account", AccountOf(version)), ("currency", "EUR"), ("outcome", "Open"), ("factor", "None")]);
        using var answer = await Client.SendAsync(request);
        return answer.StatusCode == HttpStatusCode.SeeOther && !answer.Headers.Location!.OriginalString.EndsWith(deal.ToString(), StringComparison.Ordinal) ? HttpStatusCode.NotFound : answer.StatusCode;
    }

    public string AccountOf(int version) => $"Acme {version} of {Name}";
}

/// <summary>Deals that one process was changing when it froze, and that the other goes on with: which version is whose, as each was told.</summary>
internal sealed class Contest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Guid[] deals = [.. Enumerable.Range(0, 8).Select(_ => Guid.CreateVersion7())];
    private readonly ConcurrentDictionary<(Guid Deal, int Version), DealWriter> won = [];
    private readonly ConcurrentBag<(Guid Deal, int Version)> wonTwice = [];
    private readonly ConcurrentDictionary<Guid, int> versions = [];
    private volatile bool isOver;
    private int waiting;

    /// <summary>Requests without an answer: one for each deal that is being changed.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Ends with the answer that each waits for.</summary>
    public void End() => isOver = true;

    /// <summary>Each deal over and over, one request after the other. What it answers runs until <see cref="End"/>; this returns when each has been changed.</summary>
    public async Task<Task> Begin(DealWriter by)
    {
        var writing = Task.WhenAll(deals.Select(deal => Write(by, deal)));
        for (var waited = Stopwatch.StartNew(); versions.Count < deals.Length || versions.Values.Min() < 2; await Task.Delay(5)) waited.Elapsed.ShouldBeLessThan(Limit, "the process does not write");
        return writing;
    }

    /// <summary>The next version of each, after the last one that the other process was told of or had written.</summary>
    public Task TakeOver(DealWriter by) => Task.WhenAll(deals.Select(async deal =>
    {
        var (version, command, lost) = (versions[deal], Guid.CreateVersion7(), 0);
        for (var waited = Stopwatch.StartNew(); ; waited.Elapsed.ShouldBeLessThan(Limit, "the other process does not write"))
            switch (await by.Change(deal, version, command))
            {
                case HttpStatusCode.SeeOther:
                    Win(deal, version + 1, by);
                    return;
                case HttpStatusCode.Conflict: // the answer froze on its way, not the commit
                    (++lost).ShouldBe(1, "more was written than was asked");
                    (version, command) = (version + 1, Guid.CreateVersion7());
                    break;
            }
    }));

    /// <summary>Each version has one entry, which is of whoever was told that it is his; and the last is what <paramref name="last"/> wrote.</summary>
    public async Task Check(IStore store, IEngine engine, Guid tenant, DealWriter last)
    {
        wonTwice.ShouldBeEmpty();
        var actors = new HashSet<(DealWriter, string)>();
        foreach (var deal in deals)
        {
            var entries = await store.Query(sql => sql.Query("select actor from entries where tenant = @tenant and log = 'journal' and subject = @deal order by n", r => r.Text(0), ("@tenant", tenant), ("@deal", $"deal:{deal:D}")));
            var state = (await engine.Read<Deal>(new Scope(tenant).Id<Deal>(deal)))!;
            var version = won.Keys.Where(w => w.Deal == deal).Max(w => w.Version);
            (state.Version, entries.Count).ShouldBe((version, version), "something was written after the last that was acknowledged");
            state.Words.Account.ShouldBe(last.AccountOf(version - 1));
            won[(deal, version)].ShouldBe(last);
            foreach (var (its, by) in won.Where(w => w.Key.Deal == deal)) actors.Add((by, entries[its.Version - 1]));
        }
        actors.Select(a => a.Item2).Distinct().Count().ShouldBe(2);
        actors.Count.ShouldBe(2, "a version is in the journal under another's name than his who was told that it is his");
    }

    private async Task Write(DealWriter by, Guid deal)
    {
        try
        {
            for (var version = 0; !isOver; version++)
            {
                Interlocked.Increment(ref waiting);
                var answer = await by.Change(deal, version, version == 0 ? deal : Guid.CreateVersion7());
                Interlocked.Decrement(ref waiting);
                if (answer != HttpStatusCode.SeeOther) return;
                Win(deal, version + 1, by);
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException) { } // its host is
    }

    private void Win(Guid deal, int version, DealWriter by)
    {
        if (!won.TryAdd((deal, version), by)) wonTwice.Add((deal, version));
        versions.AddOrUpdate(deal, version, (_, before) => Math.Max(before, version));
    }
}
