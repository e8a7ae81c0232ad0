using Microsoft.Extensions.Logging.Abstractions;
using TrustCenter.Agreements;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Links;
using TrustCenter.Prospects;
using TrustCenter.Store;
using TrustCenter.Tests.Evidence;
using TrustCenter.Tests.Prospects;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Links;

/// <summary>A vendor with one gated document, a link to it for Ada, and the gate before it: the real engine over a real file.</summary>
internal sealed class Doorway : IAsyncDisposable
{
    private static readonly Actor Rep = Actor.Staff(Guid.CreateVersion7());
    private static readonly Actor Approver = Actor.Staff(Guid.CreateVersion7());

    private readonly DataFolder folder = new();

    public Doorway()
    {
        Store = folder.Open();
        Engine = new InProcessEngine(Store, DataFolder.Keys, Clock);
        Gate = new Gate(Engine, new TrustCenter.Tenants.TenantStandings(Store, Engine), new IdleClock(), Clock, NullLogger<Gate>.Instance);
    }

    public SetClock Clock { get; } = new();
    public Scope Scope { get; } = new(Guid.CreateVersion7());
    public SqliteStore Store { get; }
    public InProcessEngine Engine { get; }
    public Gate Gate { get; }
    public Guid Document { get; } = Guid.CreateVersion7();
    public AggregateId Link { get; private set; }
    public AggregateId Visit { get; private set; }

    public static async Task<Doorway> Open(bool agreement = false, EvidenceClass @class = EvidenceClass.OnRequest)
    {
        var door = new Doorway();
        (door.Link, door.Visit) = (door.Scope.Id<ShareLink>(Guid.CreateVersion7()), door.Scope.Id<Visit>(Guid.CreateVersion7()));
        await door.Publish(@class);
        if (agreement) await door.PublishAgreement("Keep it to yourself.");
        await door.Engine.Decide(door.Link, LinkExamples.Create(door.Clock.Now, l => l with { Documents = [door.Document], NeedsAgreement = agreement }), Rep);
        await door.Engine.Decide(door.Visit, VisitExamples.Ask(door.Visit, door.Link.Key, LinkExamples.Ada), Actor.System);
        return door;
    }

    /// <summary>As far as the room, with the cookie that opens it.</summary>
    public static async Task<Doorway> ToTheRoom(bool agreement = false, EvidenceClass @class = EvidenceClass.OnRequest)
    {
        var door = await Open(agreement, @class);
        await door.Prove();
        if (agreement) await door.Accept();
        return door;
    }

    public Task<Outcome> Prove() => Engine.Decide(Visit, VisitExamples.Try(Visit, VisitExamples.Code), Actor.System);

    public async Task Accept()
    {
        var current = (await Engine.Read<Agreement>(Scope.Id<Agreement>(Agreement.Only)))!.Current!;
        await Engine.Decide(Visit, VisitExamples.Accept(Visit, current.Number, current.Hash), Actor.System);
    }

    public Task<Outcome> PublishAgreement(string body)
        => Engine.Decide(Scope.Id<Agreement>(Agreement.Only), new PublishAgreement { Id = Guid.CreateVersion7(), Title = "Agreement", Body = body }, Rep);

    public Task<Outcome> Revoke() => Engine.Decide(Link, new RevokeLink { Id = Guid.CreateVersion7() }, Rep);

    public async Task Publish(EvidenceClass @class, Guid? document = null)
    {
        var id = Scope.Id<EvidenceDocument>(document ?? Document);
        await Engine.Decide(id, EvidenceExamples.Upload(EvidenceExamples.Version(@class)), Rep);
        (await Engine.Decide(id, EvidenceExamples.Approve(), Approver)).ShouldBeOfType<Outcome.Done>();
    }

    /// <summary>What the gate answers to the cookie that this visit holds now.</summary>
    public async Task<GateAnswer> Ask(string? cookie = null) => await Gate.Ask(Scope, Visit.Key, cookie ?? await CurrentCookie(), CancellationToken.None);

    public async Task<EvidenceVersion?> Open(GateAnswer answer, int? version = null) => await Gate.Document(Scope, answer, Document, version, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }

    private async Task<string> CurrentCookie() => (await Engine.Read<Visit>(Visit)) switch
    {
        { Accepted: not null } => VisitExamples.AcceptedCookie,
        { Proven: not null } => VisitExamples.ProvenCookie,
        _ => VisitExamples.Cookie,
    };
}
