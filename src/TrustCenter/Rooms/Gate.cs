using TrustCenter.Agreements;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Links;
using TrustCenter.Prospects;
using TrustCenter.Store;
using TrustCenter.Telemetry;
using TrustCenter.Tenants;

namespace TrustCenter.Rooms;

/// <summary>How far this person may go now.</summary>
public enum GateStep { Closed, Code, Agreement, Room }

/// <summary>What the gate saw, all of it at one moment and true.</summary>
public sealed record GateAnswer(GateStep Step, Guid VisitId, Visit? Visit, ShareLink? Link, AgreementVersion? Agreement)
{
    public static readonly GateAnswer Closed = new(GateStep.Closed, Guid.Empty, null, null, null);
}

/// <summary>
/// The one function that decides whether this person may read this now (DESIGN, invariant 7). Every path to gated bytes asks it each time;
/// unknown, foreign, expired, revoked and malformed are one answer.
/// </summary>
public sealed class Gate(IEngine engine, TenantStandings standings, IdleClock idle, TimeProvider clock, ILogger<Gate> log)
{
    /// <param name="cookie">The value of the visit's own cookie, or null.</param>
    public async ValueTask<GateAnswer> Ask(Scope scope, Guid visitId, string? cookie, CancellationToken stop)
    {
        try
        {
            var answer = await AskTruth(scope, visitId, cookie, stop);
            Signals.Gate(answer.Step switch { GateStep.Closed => "closed", GateStep.Code => "code", GateStep.Agreement => "agreement", _ => "room" });
            return answer;
        }
        catch (StateCorruptException corrupt)
        {
            log.LogCritical(corrupt, "Gated access refused: a stored state fails its hash.");
            return GateAnswer.Closed;
        }
    }

    /// <summary>The version of a document that this link opens now; null when it opens none.</summary>
    public async ValueTask<EvidenceVersion?> Document(Scope scope, GateAnswer answer, Guid document, int? version, CancellationToken stop)
    {
        if (answer is not { Step: GateStep.Room, Link: { } link } || !link.Documents.Contains(document)) return null;
        if (await engine.Read<EvidenceDocument>(scope.Id<EvidenceDocument>(document), stop) is not { Current: { } current } evidence) return null;
        var wanted = version is { } number ? evidence.Version(number) : current;
        if (wanted is null) return null;
        // The class may have changed after the link was made: without an accepted agreement nothing under agreement is opened, in no version.
        if (answer.Agreement is null && (wanted.Class == EvidenceClass.UnderAgreement || current.Class == EvidenceClass.UnderAgreement)) return null;
        return wanted is { IsGated: true, Template: null, MayGoUnmarked: false } ? null : wanted;
    }

    private async ValueTask<GateAnswer> AskTruth(Scope scope, Guid visitId, string? cookie, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var standing = await standings.Find(scope.Tenant, stop);
        if (!standing.IsOpen) return GateAnswer.Closed;
        if (await engine.Read<Visit>(scope.Id<Visit>(visitId), stop) is not { } visit || !visit.Holds(cookie)) return GateAnswer.Closed;
        return await Judge(scope, visitId, visit, standing, now, stop);
    }

    /// <summary>What the gate would answer this visit, which nobody made and nothing keeps: so staff see what a prospect sees, by the same rules.</summary>
    public async ValueTask<GateAnswer> Imagine(Scope scope, Visit visit, CancellationToken stop) => await Judge(scope, Guid.Empty, visit, await standings.Find(scope.Tenant, stop), clock.GetUtcNow(), stop);

    private async ValueTask<GateAnswer> Judge(Scope scope, Guid visitId, Visit visit, Standing standing, DateTimeOffset now, CancellationToken stop)
    {
        if (await engine.Read<ShareLink>(scope.Id<ShareLink>(visit.Link), stop) is not { } link || !link.IsOpen(now) || !link.Outlasts(standing.LinksSuspended)) return GateAnswer.Closed;
        if (visit.Proven is not { } proven) return now > visit.Asked + Visit.SessionLife || visit.Asked.IsAhead(now) ? GateAnswer.Closed : new GateAnswer(GateStep.Code, visitId, visit, link, null);
        if (!link.Admits(visit.Lookup, visit.Host)) return GateAnswer.Closed;
        if (now > proven + Visit.SessionLife || proven.IsAhead(now) || !idle.IsAwake(visitId, LastDurable(visit, proven), now)) return GateAnswer.Closed;
        if (!link.NeedsAgreement) return new GateAnswer(GateStep.Room, visitId, visit, link, null);
        if (await engine.Read<Agreement>(scope.Id<Agreement>(TrustCenter.Agreements.Agreement.Only), stop) is not { Current: { } agreement }) return GateAnswer.Closed;
        var step = visit.Accepted is { } accepted && accepted.Version == agreement.Number && accepted.Hash == agreement.Hash ? GateStep.Room : GateStep.Agreement;
        return new GateAnswer(step, visitId, visit, link, agreement);
    }

    private static DateTimeOffset LastDurable(Visit visit, DateTimeOffset proven)
    {
        var last = visit.Accepted?.At ?? proven;
        return visit.Accesses.Count > 0 && visit.Accesses[^1].At > last ? visit.Accesses[^1].At : last;
    }
}
