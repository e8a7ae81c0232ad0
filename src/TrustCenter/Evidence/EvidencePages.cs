using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Evidence;

/// <summary>The list of documents, and one document with its versions.</summary>
internal static class EvidencePages
{
    public static async Task<IResult> List([AsParameters] Desk desk)
    {
        var ask = EvidenceList.AskFrom(desk.Context.Request.Query, desk.User.Paths.ConsoleEvidence);
        var list = await desk.Store.Query(sql => EvidenceList.Read(sql, desk.User.Scope.Tenant, ask), desk.Stop);
        return desk.Context.ConsolePage<EvidenceListPage>(new() { ["List"] = list, ["Today"] = desk.Today });
    }

    public static async Task<IResult> Show([AsParameters] Desk desk, Guid evidence)
        => await desk.Read<EvidenceDocument>(evidence) is { } document ? await Page(desk, evidence, document, TypedForm.Empty, [], StatusCodes.Status200OK) : Answers.Nothing();

    /// <summary>After a decision on one document: its page, with what was typed where a rule stands against it.</summary>
    /// <param name="stale">What happened while the form was read.</param>
    internal static async Task<IResult> Answer(Desk desk, Guid id, TypedForm form, Outcome outcome, string stale)
    {
        if (outcome is Outcome.Done) return Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleEvidenceDocument(id));
        if (await desk.Read<EvidenceDocument>(id) is not { } document) return Answers.Nothing();
        return outcome switch
        {
            Outcome.Stale => await Page(desk, id, document, TypedForm.Empty, [new("", stale)], StatusCodes.Status409Conflict),
            Outcome.Refused refused => await Page(desk, id, document, form, refused.Problems, StatusCodes.Status422UnprocessableEntity),
            _ => Answers.Nothing(),
        };
    }

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
