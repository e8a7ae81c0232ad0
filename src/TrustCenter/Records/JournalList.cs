using System.Globalization;
using TrustCenter.Claims;
using TrustCenter.Journal;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Records;

/// <summary>What an entry is about, as the console names it.</summary>
public sealed record JournalThing(string Name, string? Path);

/// <summary>One page of the journal's entries that were asked for.</summary>
/// <param name="Things">Of these entries, by subject; what is gone, or not the reader's, is not in it.</param>
public sealed record JournalList(ListAsk Ask, IReadOnlyList<JournalEntry> Entries, long Count, long All, IReadOnlyDictionary<string, JournalThing> Things)
{
    private const int MostFound = 50; // subjects that a text finds; also the entries of a page
    private const int LongestName = 80; // characters

    private static readonly IReadOnlyList<ListColumn> Columns = [new("n", "No.", "n", DownFirst: true, IsNumber: true)];

    public static ListAsk AskFrom(IQueryCollection query, string path) => ListAsk.From(query, path, Columns, "n", "who", "what", "about", "from", "to");

    public static JournalList Read(Sql sql, ConsoleUser user, ListAsk ask)
    {
        // "key:… of staff:…" is also what its maker's programs did.
        var where = $"""
            tenant = @tenant and log = @log and utc >= @from and utc < @to and (@what = '' or what like @what || '.%')
            and (@who = '' or actor = @who or actor like @who || ':%' or actor like '% of ' || @who) and (@about = '' or subject in ({List("s")}))
            """;
        (string, object?)[] scope = [("@tenant", user.Scope.Tenant), ("@log", JournalEntry.Journal)];
        (string, object?)[] values =
        [
            .. scope, ("@who", ask["who"]), ("@what", ask["what"]), ("@about", ask["about"]), ("@from", Start(ask["from"], 0) ?? 0), ("@to", Start(ask["to"], 1) ?? long.MaxValue),
            .. Filled("s", ask["about"].Length == 0 ? [] : Found(sql, user, ask), ""),
        ];
        var all = sql.Number("select coalesce(max(n), 0) from entries where tenant = @tenant and log = @log", scope); // no gaps
        var count = ask.IsAll ? all : sql.Number($"select count(*) from entries where {where}", values);
        var shown = ask.Within(count);
        var entries = sql.Query($"select body, n as id from entries where {where} order by {shown.Order} limit {ListAsk.PageSize} offset @offset", r => EntryEncoding.Decode(r.Bytes(0)), [.. values, ("@offset", shown.Offset)]);
        return new JournalList(shown, entries, count, all, Named(sql, user, entries));
    }

    private static List<string> Found(Sql sql, ConsoleUser user, ListAsk ask)
        => sql.Query($"select kind, id from ({Names(user)}) q where lower(name) like lower(@text) escape '!' limit {MostFound}", r => $"{r.Text(0)}:{r.Id(1):D}", ("@tenant", user.Scope.Tenant), ("@text", ask.Like("about")));

    private static Dictionary<string, JournalThing> Named(Sql sql, ConsoleUser user, IEnumerable<JournalEntry> entries)
    {
        var ids = entries.Select(e => e.Subject[(e.Subject.IndexOf(':') + 1)..]).Distinct().Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).ToList();
        return sql.Query($"select kind, id, name from ({Names(user)}) q where id in ({List("i")})", r => (Kind: r.Text(0), Id: r.Id(1), Name: r.Text(2)), [("@tenant", user.Scope.Tenant), .. Filled("i", ids, Guid.Empty)])
            .ToDictionary(t => $"{t.Kind}:{t.Id:D}", t => new JournalThing(EditorWords.Cut(t.Kind == "claim" ? StatementMarkdown.ToText(t.Name) : t.Name, LongestName), PathOf(user, t.Kind, t.Id)));
    }

    // Nobody learns here what he may not see in its own list.
    private static string Names(ConsoleUser user) => string.Join(" union all ",
    [
        "select 'claim' as kind, id, statement as name from claim_rows where tenant = @tenant",
        "select 'evidence', id, title from evidence_rows where tenant = @tenant",
        "select 'staff', id, name from staff_rows where tenant = @tenant",
        "select 'api_key', id, name from api_key_rows where tenant = @tenant",
        .. user.May(Right.ReadLinks) && user.May(Right.RevokeAny) ? [
            "select 'link', id, account from link_rows where tenant = @tenant",
            "select 'visit', v.id, l.account from visit_rows v join link_rows l on l.tenant = v.tenant and l.id = v.link where v.tenant = @tenant"] : Array.Empty<string>(),
        .. user.May(Right.ReadDeals) ? ["select 'deal', id, account from deal_rows where tenant = @tenant"] : Array.Empty<string>(),
    ]);

    private static string? PathOf(ConsoleUser user, string kind, Guid id) => kind switch
    {
        "claim" => user.Paths.ConsoleClaim(id),
        "evidence" => user.Paths.ConsoleEvidenceDocument(id),
        "link" => user.Paths.Link(id),
        "deal" => user.Paths.Deal(id),
        "staff" when user.May(Right.ManageStaff) => user.Paths.StaffMember(id),
        "api_key" when user.May(Right.ManageKeys) => user.Paths.ApiKey(id),
        _ => null,
    };

    // Always as many parameters, so that the statement stays prepared.
    private static string List(string name) => string.Join(", ", Enumerable.Range(0, MostFound).Select(n => $"@{name}{n}"));

    private static IEnumerable<(string, object?)> Filled<T>(string name, List<T> values, T nothing) => Enumerable.Range(0, MostFound).Select(n => ($"@{name}{n}", (object?)(n < values.Count ? values[n] : nothing)));

    private static long? Start(string day, int later) => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date < DateOnly.MaxValue
        ? Micros.From(new DateTimeOffset(date.AddDays(later).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)) : null;
}
