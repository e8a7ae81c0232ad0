using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Evidence;

/// <summary>One line of the list of evidence.</summary>
public sealed record EvidenceLine(Guid Id, string Title, EvidenceKind Kind, EvidenceClass Class, int Version, DateOnly? ValidUntil, string Stage);

/// <summary>One page of the documents that were asked for.</summary>
public sealed record EvidenceList(ListAsk Ask, IReadOnlyList<EvidenceLine> Lines, long Count, long All)
{
    public static readonly IReadOnlyList<(string Key, string Text)> Stages = [("Waiting", "Waits for approval"), ("Returned", "Returned"), ("Published", "Published"), ("Withdrawn", "Withdrawn")];

    private static readonly IReadOnlyList<ListColumn> Columns =
    [
        new("title", "Title", "lower(title)"), new("kind", "Kind", "kind"), new("class", "Who may read it", "class"),
        new("version", "Version", "version", DownFirst: true, IsNumber: true), new("stage", "Stage", "stage"), new("until", "Valid until", "valid_until is null, valid_until"),
    ];

    public static ListAsk AskFrom(IQueryCollection query, string path) => ListAsk.From(query, path, Columns, "title", "text", "kind", "class", "stage");

    public static EvidenceList Read(Sql sql, Guid tenant, ListAsk ask)
    {
        const string Where = "tenant = @tenant and (@kind = '' or kind = @kind) and (@class = '' or class = @class) and (@stage = '' or stage = @stage) and lower(title) like lower(@text) escape '!'";
        (string, object?)[] values = [("@tenant", tenant), ("@kind", ask["kind"]), ("@class", ask["class"]), ("@stage", ask["stage"]), ("@text", ask.Like("text"))];
        var count = sql.Number($"select count(*) from evidence_rows where {Where}", values);
        var shown = ask.Within(count);
        var lines = sql.Query($"select id, title, kind, class, version, valid_until, stage from evidence_rows where {Where} order by {shown.Order} limit {ListAsk.PageSize} offset @offset",
            r => new EvidenceLine(r.Id(0), r.Text(1), Enum.Parse<EvidenceKind>(r.Text(2)), Enum.Parse<EvidenceClass>(r.Text(3)), r.Int(4), r.DateOrNull(5), r.Text(6)), [.. values, ("@offset", shown.Offset)]);
        return new EvidenceList(shown, lines, count, sql.Number("select count(*) from evidence_rows where tenant = @tenant", ("@tenant", tenant)));
    }

    public static string StageWord(string key) => Stages.FirstOrDefault(s => s.Key == key).Text ?? key;
}
