using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Prospects;
using TrustCenter.Store;
using TrustCenter.Telemetry;

namespace TrustCenter.Rooms;

/// <summary>
/// Views of rooms, written in batches beside the page's path: at most a second of them is lost in a crash (DESIGN, invariant 5).
/// Overflow is dropped and counted.
/// </summary>
public sealed class VisitRecorder(IStore store, IEngine engine, HostKeys keys, TimeProvider clock, WorkerBoard board, ILogger<VisitRecorder> log) : BackgroundService
{
    /// <summary>The entry's fact with the hash of the page that was shown.</summary>
    public const string PageFact = "page";

    private const int MostWaiting = 10_000; // views
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Channel<View> waiting = Channel.CreateBounded<View>(MostWaiting);
    private long dropped;

    public long Dropped => Interlocked.Read(ref dropped);

    public void Seen(Scope scope, GateAnswer answer, HeldRoom? room = null)
    {
        if (!waiting.Writer.TryWrite(new(scope, answer.VisitId, answer.Visit!, clock.GetUtcNow(), room))) Interlocked.Increment(ref dropped);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                await Write();
                board.Done("views of rooms");
                await Task.Delay(Pause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { await Write(); }
    }

    private async Task Write()
    {
        var batch = new List<View>();
        while (waiting.Reader.TryRead(out var seen)) batch.Add(seen);
        try
        {
            foreach (var tenant in batch.GroupBy(s => s.Scope))
            {
                var seen = new List<View>();
                foreach (var view in tenant.GroupBy(s => (s.Id, s.Room)).Select(Together)) seen.Add(await Keep(view));
                await store.Commit(CommitOf(tenant.Key, seen), CancellationToken.None);
            }
        }
        catch (Exception failed) when (failed is StoreException or StateCorruptException)
        {
            Interlocked.Add(ref dropped, batch.Count);
            log.LogError(failed, "{Views} views of rooms could not be recorded.", batch.Count);
        }
    }

    // A reader who loads his room again within the pause has seen it once; how often is a fact of that.
    private static View Together(IEnumerable<View> ofOneVisit)
    {
        var views = ofOneVisit.ToList();
        return views[^1] with { Times = views.Count };
    }

    // The page first: an entry never names one that is not there.
    private async Task<View> Keep(View view)
    {
        if (view.Room is null) return view;
        if (view.Room.KeptAs is { } kept) return view with { Page = kept };
        var (page, sha) = view.Room.ToKeep();
        var id = view.Scope.Id<RoomTemplate>(RoomTemplate.KeyOf(sha));
        if (await engine.Read<RoomTemplate>(id) is null) await engine.Decide(id, new KeepRoomTemplate { Id = Guid.CreateVersion7(), Template = RoomTemplate.Of(page) }, Actor.System);
        view.Room.KeptAs = sha;
        return view with { Page = sha };
    }

    private Commit CommitOf(Scope scope, List<View> seen) => new()
    {
        Tenant = scope.Tenant,
        Rows = [.. seen.Select(s => s.Visit.Touch(Guid.CreateVersion7(), scope.Id<Visit>(s.Id), s.At, "viewed the room"))],
        Entries = [.. seen.SelectMany(s => PendingEntry.From([new Happening("room.viewed", Facts(s))],
            Actor.Prospect(s.Id), scope.Id<Visit>(s.Id), s.At, keys.StateHash(scope.Id<Visit>(s.Id), 0, [])))],
    };

    private static Fact[] Facts(View seen)
    {
        Fact[] facts = [new("link", seen.Visit.Link.ToString()), new("person", seen.Visit.Person.ToString()), new("times", seen.Times.ToString(CultureInfo.InvariantCulture))];
        return seen.Page is null ? facts : [.. facts, new(PageFact, seen.Page)];
    }

    private sealed record View(Scope Scope, Guid Id, Visit Visit, DateTimeOffset At, HeldRoom? Room)
    {
        public string? Page { get; init; } // the hash under which it is kept
        public int Times { get; init; } = 1;
    }
}
