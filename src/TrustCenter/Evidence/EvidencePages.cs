using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Evidence;

/// <summary>One line of the list of evidence.</summary>
public sealed record EvidenceLine(Guid Id, string Title, EvidenceKind Kind, EvidenceClass Class, int Version, DateOnly? ValidUntil, string Stage);

/// <summary>The list of documents, and one document with its versions.</summary>
internal static class EvidencePages
{
    public static async Task<IResult> List([AsParameters] Desk desk)
    {
        var lines = await desk.Store.Query(sql => sql.Query("select id, title, kind, class, version, valid_until, stage from evidence_rows where tenant = @tenant order by title",
            r => new EvidenceLine(r.Id(0), r.Text(1), Enum.Parse<EvidenceKind>(r.Text(2)), Enum.Parse<EvidenceClass>(r.Text(3)), r.Int(4), r.DateOrNull(5), r.Text(6)),
            ("@tenant", desk.User.Scope.Tenant)), desk.Stop);
        return desk.Context.ConsolePage<EvidenceListPage>(new() { ["Lines"] = lines, ["Today"] = desk.Today });
    }

    public static async Task<IResult> Show([AsParameters] Desk desk, Guid evidence)
        => await desk.Read<EvidenceDocument>(evidence) is { } document ? await Page(desk, evidence, document, TypedForm.Empty, [], StatusCodes.Status200OK) : Answers.Nothing();

    internal static async Task<IResult> Page(Desk desk, Guid id, EvidenceDocument document, TypedForm form, IReadOnlyList<Problem> problems, int status) => desk.Context.ConsolePage<EvidencePage>(new()
    {
        ["Id"] = id,
        ["Document"] = document,
        ["Form"] = form,
        ["Problems"] = problems,
        ["Names"] = await desk.Names(),
        ["Today"] = desk.Today,
    }, status);
}
