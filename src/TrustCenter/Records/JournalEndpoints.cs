using System.Globalization;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Web;

namespace TrustCenter.Records;

public static class JournalEndpoints
{
    public static void MapJournal(this RouteGroupBuilder console)
    {
        console.MapMethods("/journal", ["GET", "HEAD"], Show).Needs(Right.ReadJournal).WithName("Journal");
        console.MapPost("/journal/exports", Export).Needs(Right.ReadJournal).WithName("ExportJournal");
    }

    private static async Task<IResult> Show(HttpContext context, IStore store, JournalLog journal)
    {
        var (user, stop) = (context.ConsoleUser(), context.RequestAborted);
        var ask = JournalList.AskFrom(context.Request.Query, user.Paths.Journal);
        var list = await store.Query(sql => JournalList.Read(sql, user, ask), stop);
        var staff = await store.Query(sql => sql.Query("select id, name from staff_rows where tenant = @tenant", r => (Id: r.Id(0), Name: r.Text(1)), ("@tenant", user.Scope.Tenant)), stop);
        var programs = await store.Query(sql => sql.Query("select id, name from api_key_rows where tenant = @tenant", r => (Id: r.Id(0), Name: r.Text(1)), ("@tenant", user.Scope.Tenant)), stop);
        return context.ConsolePage<JournalPage>(new()
        {
            ["Keys"] = programs.ToDictionary(k => $"key:{k.Id:D}", k => k.Name),
            ["List"] = list,
            ["Staff"] = staff.ToDictionary(s => $"staff:{s.Id:D}", s => s.Name),
            ["Latest"] = (await journal.Latest(user.Scope.Tenant, JournalEntry.Journal, stop))?.Jws,
        });
    }

    private static async Task<IResult> Export(HttpContext context, IStore store, JournalLog journal, HostKeys keys, TimeProvider clock)
        => await Write(context, (await TypedForm.Read(context))["personal"] != "revealed", store, journal, keys, clock);

    /// <summary>The export is itself an event: who took it stands in the journal before the first byte leaves.</summary>
    internal static async Task<IResult> Write(HttpContext context, bool withhold, IStore store, JournalLog journal, HostKeys keys, TimeProvider clock)
    {
        var user = context.ConsoleUser();
        var now = clock.GetUtcNow();
        var subject = user.Scope.Id<StaffMember>(user.Id);
        await store.Commit(new Commit
        {
            Tenant = user.Scope.Tenant,
            Entries = [.. PendingEntry.From([new Happening("journal.exported", new Fact("personal", withhold ? "withheld" : "revealed"))], user.Actor, subject, now, keys.StateHash(subject, 0, []))],
        }, context.RequestAborted);
        Decided.Note();
        Answers.Private(context.Response, "sandbox; default-src 'none'");
        var name = $"{user.Vendor.Host}-journal-{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.jsonl";
        return Results.Stream(async body => await journal.Export(user.Scope.Tenant, user.Vendor.Name, [JournalEntry.Journal, JournalEntry.Publications], withhold, body, now, context.RequestAborted), "application/jsonl", name);
    }
}
