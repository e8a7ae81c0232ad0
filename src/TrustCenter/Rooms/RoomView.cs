using TrustCenter.Agreements;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Pages;
using TrustCenter.Prospects;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Rooms;

/// <summary>What the gate's step shows: the code, the agreement or the room.</summary>
public sealed class RoomView(IEngine engine, IStore store, StandingClaims claims, HostKeys keys, PersonalRecords personal, Gate gate, HeldRooms rooms, Paths paths, TimeProvider clock)
{
    /// <param name="viewed">Staff who look as this prospect would.</param>
    public async Task<IResult> Page(HttpContext context, GateAnswer answer, TypedForm form, int status, ViewedAs? viewed = null)
    {
        var scope = context.Scope();
        var stop = context.RequestAborted;
        if (viewed is null && answer.Step == GateStep.Room && await rooms.Find(scope, answer, stop) is { } held) return held;
        var content = await engine.ContentOf(scope.Tenant, stop);
        var (visit, link, id) = (answer.Visit!, answer.Link!, answer.VisitId);
        var vendor = (await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), stop))!;
        var rep = (await engine.Read<StaffMember>(scope.Id<StaffMember>(link.Owner), stop))?.Name ?? vendor.Name;
        var style = Style.WithAccent(Style.Page, vendor.Accent);
        var shared = new Dictionary<string, object?> { ["Vendor"] = vendor, ["Logo"] = ViewedAs.Logo(viewed, vendor, paths), ["Rep"] = rep, ["Link"] = link, ["Stamp"] = RoomEndpoints.Stamp(answer, keys), ["Viewed"] = viewed };
        if (answer.Step == GateStep.Code)
        {
            var isOver = MailedCode.IsOver(visit.CodeHash, visit.Asked, clock.GetUtcNow());
            return Answers.Page<CodePage>(context, style, status, new(shared) { ["Form"] = form, ["Action"] = paths.CodeTries(id), ["IsOver"] = isOver });
        }
        // Whoever was forgotten is not let in under nobody's name: the mark needs an address.
        if ((viewed?.Who ?? await personal.Read(scope, visit.Person, stop)) is not { } email) return Answers.Nothing();
        if (answer.Step == GateStep.Agreement)
            return Answers.Page<AgreementPage>(context, style, status, new(shared) { ["Form"] = form, ["Action"] = paths.Acceptances(id), ["Agreement"] = answer.Agreement, ["Email"] = email });

        var documents = new List<RoomDocument>();
        foreach (var document in link.Documents)
            if (await gate.Document(scope, answer, document, null, stop) is { } version) documents.Add(new(document, version));
        var room = new Dictionary<string, object?>(shared)
        {
            ["Email"] = email,
            ["Documents"] = documents,
            ["Evidence"] = (await store.Query(sql => PageReader.Documents(sql, scope.Tenant), stop)).ToDictionary(e => e.Id),
            ["Topics"] = await claims.Read(scope, vendor, stop),
            ["Today"] = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
            ["Visit"] = id,
            ["Agreement"] = answer.Agreement,
            ["AcceptedAt"] = visit.Accepted?.At,
            ["Paths"] = viewed?.Paths ?? paths,
        };
        return viewed is null
            ? await rooms.Make<RoomPage>(scope, answer, content, Answers.Policy(style, FormTarget(link.NextStep)), RoomEndpoints.Stamp(answer, keys), room)
            : Answers.Page<RoomPage>(context, style, status, room, FormTarget(link.NextStep));
    }

    // The next step's answer leads to the rep's address, and Chromium applies form-action to redirects.
    private static string? FormTarget(NextStep? step) => step is not null && Uri.TryCreate(step.Address, UriKind.Absolute, out var uri)
        ? uri.Scheme == "https" ? uri.GetLeftPart(UriPartial.Authority) : null : null;
}

/// <summary>A document that this link opens now.</summary>
public sealed record RoomDocument(Guid Id, EvidenceVersion Version);
