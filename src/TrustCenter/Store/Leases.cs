using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace TrustCenter.Store;

/// <summary>
/// Of several processes one does each piece of background work. A lease that is not prolonged in time is over; its holder knows so by its own steady clock
/// before anybody else can have it, and stops. A process alone holds every lease without asking.
/// </summary>
public sealed class Leases(IStore store)
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(10); // how long a dead process's work waits
    private static readonly TimeSpan Prolonged = Life / 3;
    private static readonly TimeSpan Sure = Life - TimeSpan.FromSeconds(2); // the database began to count before we did, and writes take a moment
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private static readonly string Me = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}, process {Environment.ProcessId}, started {Process.GetCurrentProcess().StartTime.ToUniversalTime():d MMMM yyyy, HH:mm:ss} UTC");

    private readonly Guid me = Guid.CreateVersion7();
    private readonly ConcurrentDictionary<string, long> held = new(StringComparer.Ordinal); // when it was last asked for, by Stopwatch

    /// <summary>Whether the lease is this process's, as far as it may rely on that.</summary>
    public bool IsMine(string name) => !store.IsShared || (held.TryGetValue(name, out var at) && Stopwatch.GetElapsedTime(at) < Sure);

    /// <summary>Before an act that no transaction can refuse; throws when another process does the work by now, or soon may.</summary>
    public async Task StillMine(CancellationToken stop)
    {
        if (Lease.Current is { } lease && (!IsMine(lease.Name) || await store.Query(lease.IsAnothers, stop))) throw lease.Lost();
    }

    /// <summary>
    /// Does the work if the lease is free, and prolongs it meanwhile; false when another process has it. What outlives its lease is stopped, and what it
    /// writes all the same is refused.
    /// </summary>
    public async Task<bool> Do(string name, Func<CancellationToken, Task> work, CancellationToken stop)
    {
        if (!await Take(name, stop)) return false;
        if (!store.IsShared)
        {
            await work(stop);
            return true;
        }
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var prolonging = Prolong(name, lost);
        Lease.Current = Mine(name); // up to the end of this method
        try { await work(lost.Token); }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            held.TryRemove(name, out _); // the next turn asks who has it
            throw;
        }
        finally
        {
            await lost.CancelAsync();
            await prolonging;
        }
        return true;
    }

    /// <summary>Waits for its turn among the processes, does the work and gives the lease back.</summary>
    public async Task InTurn(string name, Func<CancellationToken, Task> work, CancellationToken stop)
    {
        while (!await Do(name, work, stop)) await Task.Delay(Look, stop);
        await GiveBack(name);
    }

    /// <summary>Who does which work now, and until when unless he prolongs it. What is held for a moment only, such as one vendor's pages, is left out.</summary>
    public Task<List<HeldLease>> Held(CancellationToken stop)
        => store.Query(sql => sql.Query($"select name, holder, owner, until from leases where until > {sql.Dialect.Clock} and name not like 'pages of %' order by name",
            r => new HeldLease(r.Text(0), r.Text(1), r.Id(2) == me, r.Time(3)), ("@now", DateTimeOffset.UtcNow)), stop);

    private Lease Mine(string name) => new(name, me) { Holder = Me };

    private async Task<bool> Take(string name, CancellationToken stop)
    {
        if (!store.IsShared || (held.TryGetValue(name, out var at) && Stopwatch.GetElapsedTime(at) < Prolonged)) return true;
        var lease = Mine(name);
        // Whoever waits for another's lease reads; a write would cost a transaction at each look.
        if (await store.Query(lease.IsAnothers, stop)) return false;
        return await Ask(lease, sql => lease.Take(sql, Life), stop);
    }

    private async Task<bool> Ask(Lease lease, Func<Sql, bool> ask, CancellationToken stop)
    {
        var asked = Stopwatch.GetTimestamp();
        var isMine = false;
        await store.Write(sql => isMine = ask(sql), stop);
        if (isMine) held[lease.Name] = asked;
        else held.TryRemove(lease.Name, out _);
        return isMine;
    }

    private async Task Prolong(string name, CancellationTokenSource lost)
    {
        var lease = Mine(name);
        Lease.Current = null; // not under the lease of the work around it
        try
        {
            while (true)
            {
                await Task.Delay(Prolonged, lost.Token);
                try
                {
                    if (!await Ask(lease, sql => lease.Prolong(sql, Life), lost.Token)) break;
                }
                catch (StoreException) when (IsMine(name)) { } // it is asked for again while it lasts
                catch (StoreException) { break; }
            }
            await lost.CancelAsync();
        }
        catch (OperationCanceledException) { } // the work is done, or the process stops
    }

    private async Task GiveBack(string name)
    {
        if (!store.IsShared) return;
        held.TryRemove(name, out _);
        await store.Write(Mine(name).GiveBack);
    }
}

/// <param name="Holder">Machine, process and its start; empty when a release before this one took it.</param>
/// <param name="IsOurs">This process has it.</param>
public sealed record HeldLease(string Name, string Holder, bool IsOurs, DateTimeOffset Until);
