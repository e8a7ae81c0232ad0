using System.ComponentModel;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Records;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Api;

/// <summary>One entry. What is personal in it is not here: an export with addresses is an event of its own.</summary>
public sealed record EntryShape([property: Description("Without gaps, 1 is the first.")] long N, DateTimeOffset At,
    [property: Description("staff:<id>, prospect:<id>, key:<id> of staff:<id>, or system.")] string Actor,
    string What, string Subject, IReadOnlyList<FactShape> Facts,
    [property: Description("The entry's leaf in the log's tree, hex (RFC 9162).")] string Leaf);

public sealed record FactShape(string Name, string Value);

public sealed record CheckpointShape([property: Description("How many entries it covers.")] long Size, DateTimeOffset At, [property: Description("Signed; keep it elsewhere, and the offline verifier proves that nothing before it was rewritten.")] string Jws);

public sealed record ExportShape([property: Description("Whether e-mail addresses are revealed in it.")] bool WithPersonal = false);

internal static class JournalResource
{
    public static void MapJournal(RouteGroupBuilder api)
    {
        api.MapMethods("/journal", ApiRoutes.Reading, ([AsParameters] Desk desk, HostKeys keys) => List(desk, keys, JournalEntry.Journal)).Says(Right.ReadJournal, JournalExamples.Journal);
        api.MapMethods("/journal/checkpoints", ApiRoutes.Reading, ([AsParameters] Desk desk, HostKeys keys) => Checkpoints(desk, keys, JournalEntry.Journal)).Says(Right.ReadJournal, JournalExamples.JournalCheckpoints);
        api.MapMethods("/publications", ApiRoutes.Reading, ([AsParameters] Desk desk, HostKeys keys) => List(desk, keys, JournalEntry.Publications)).Says(Right.ReadJournal, JournalExamples.Publications);
        api.MapMethods("/publications/checkpoints", ApiRoutes.Reading, ([AsParameters] Desk desk, HostKeys keys) => Checkpoints(desk, keys, JournalEntry.Publications)).Says(Right.ReadJournal, JournalExamples.PublicationCheckpoints);
        api.MapPost("/journal/exports", Export).Says(Right.ReadJournal, JournalExamples.Export);
    }

    private static async Task<IResult> List(Desk desk, HostKeys keys, string log)
    {
        var (paging, refusal) = ApiPaging.Read(desk.Context, keys, $"entries|{log}");
        if (paging is null) return refusal!;
        var rows = await desk.Store.Query(sql => sql.Query("select body, leaf from entries where tenant = @tenant and log = @log and n > @after order by n limit @most", r => (Entry: EntryEncoding.Decode(r.Bytes(0)), Leaf: r.Bytes(1)),
            ("@tenant", desk.User.Scope.Tenant), ("@log", log), ("@after", paging.AfterNumber), ("@most", paging.Fetched)), desk.Stop);
        return paging.Page(keys, rows, r => Number(r.Entry.N), r => Shape(r.Entry, r.Leaf));
    }

    private static async Task<IResult> Checkpoints(Desk desk, HostKeys keys, string log)
    {
        var (paging, refusal) = ApiPaging.Read(desk.Context, keys, $"checkpoints|{log}");
        if (paging is null) return refusal!;
        var rows = await desk.Store.Query(sql => sql.Query("select size, utc, jws from checkpoints where tenant = @tenant and log = @log and size > @after order by size limit @most", r => new CheckpointShape(r.Number(0), r.Time(1), r.Text(2)),
            ("@tenant", desk.User.Scope.Tenant), ("@log", log), ("@after", paging.AfterNumber), ("@most", paging.Fetched)), desk.Stop);
        return paging.Page(keys, rows, r => Number(r.Size), r => r);
    }

    private static async Task<IResult> Export([AsParameters] Desk desk, JournalLog journal, HostKeys keys)
    {
        var (call, refusal) = await ApiCall.Read<ExportShape>(desk.Context, creates: false);
        return call is null ? refusal! : await JournalEndpoints.Write(desk.Context, !call.Body.WithPersonal, desk.Store, journal, keys, desk.Clock);
    }

    private static EntryShape Shape(JournalEntry e, byte[] leaf)
        => new(e.N, Micros.ToTime(e.Utc), e.Actor, e.What, e.Subject, [.. e.Facts.Select(f => new FactShape(f.Name, f.Value))], Convert.ToHexStringLower(leaf));

    private static string Number(long n) => n.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
