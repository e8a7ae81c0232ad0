using System.Diagnostics;
using System.Globalization;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Claims;

/// <summary>What an act would do to one claim, before it is done.</summary>
/// <param name="Claim">Null: nothing is there under this id.</param>
/// <param name="Why">Why it is left out; null: it takes part.</param>
public sealed record BatchEffect(Guid Id, Claim? Claim, string? Why)
{
    public string Title => Claim is null ? "A claim that is not there" : EditorWords.Cut(StatementMarkdown.ToText(Claim.Working!.Statement), 140);

    public static BatchEffect OfPublishing(Guid id, Claim? claim, Guid by) => new(id, claim, claim switch
    {
        null => "Nothing is there.",
        { Proposal.Stage: ProposalStage.Waiting } when claim.Proposal!.Author == by => "You wrote it. The approver must be someone other than the author.",
        { Proposal.Stage: ProposalStage.Waiting } => null,
        { Proposal.Stage: ProposalStage.Approved } => "It is approved already and waits for its hour.",
        { Proposal: not null } => "It is still in work: its author did not ask for approval.",
        _ => "Nothing of it waits for approval.",
    });

    public static BatchEffect OfCheck(Guid id, Claim? claim) => new(id, claim, claim is null ? "Nothing is there." : claim.WhyNoCheck);
}

/// <summary>Acts on several claims: first what they would do, then the wish, then claim by claim what came of it.</summary>
internal static class BatchDesk
{
    public static async Task<IResult> PreviewPublications([AsParameters] Desk desk) => await Publications(desk, Chosen(desk.Context.Request.Query["claim"]), [], StatusCodes.Status200OK);

    public static async Task<IResult> PreviewChecks([AsParameters] Desk desk) => await Checks(desk, Chosen(desk.Context.Request.Query["claim"]), TypedForm.Empty, [], StatusCodes.Status200OK);

    public static async Task<IResult> Publish([AsParameters] Desk desk, BatchRun run)
    {
        var form = await TypedForm.Read(desk.Context);
        var wish = new StartClaimBatch { Id = form.Command, Act = BatchAct.Publish, Items = Items(form) };
        return await Begin(desk, run, wish, refused => Publications(desk, [.. wish.Items.Select(i => i.Claim).Distinct().Take(ClaimBatch.Most)], refused.Problems, StatusCodes.Status422UnprocessableEntity));
    }

    public static async Task<IResult> Check([AsParameters] Desk desk, BatchRun run)
    {
        var form = await TypedForm.Read(desk.Context);
        var wish = new StartClaimBatch { Id = form.Command, Act = BatchAct.Check, Items = Items(form), Checked = form.Date("checked"), ReviewBy = form.Date("reviewBy"), Note = form.Text("note") };
        Task<IResult> Again(IReadOnlyList<Problem> problems) => Checks(desk, [.. wish.Items.Select(i => i.Claim).Distinct().Take(ClaimBatch.Most)], form, problems, StatusCodes.Status422UnprocessableEntity);
        return form.Problems.Count > 0 ? await Again(form.Problems) : await Begin(desk, run, wish, refused => Again(refused.Problems));
    }

    public static async Task<IResult> Show([AsParameters] Desk desk, Guid batch)
    {
        if (await desk.Read<ClaimBatch>(batch) is not { } found) return Answers.Nothing();
        var titles = new Dictionary<Guid, string>();
        foreach (var item in found.Items) titles[item.Claim] = new BatchEffect(item.Claim, await desk.Read<Claim>(item.Claim), null).Title;
        return desk.Context.ConsolePage<BatchResultPage>(new() { ["Batch"] = found, ["Titles"] = titles, ["Names"] = await desk.Names() });
    }

    private static async Task<IResult> Begin(Desk desk, BatchRun run, StartClaimBatch wish, Func<Outcome.Refused, Task<IResult>> again) => await Carry(desk, run, wish.Id, wish) switch
    {
        Outcome.Done => Answers.SeeOther(desk.Context, desk.User.Paths.ClaimBatch(wish.Id)),
        Outcome.Refused refused => await again(refused),
        var other => throw new UnreachableException(other.GetType().Name),
    };

    /// <summary>Begins and finishes it. The batch's key is drawn by who asks: the same form posted twice is one act.</summary>
    public static async Task<Outcome> Carry(Desk desk, BatchRun run, Guid id, StartClaimBatch wish)
    {
        var outcome = await desk.Decide(id, wish);
        if (outcome is not Outcome.Done) return outcome;
        // What was begun is finished, also when whoever asked has left.
        await run.Finish(desk.User.Scope.Id<ClaimBatch>(id), CancellationToken.None);
        if (wish.Act == BatchAct.Publish) await desk.PublicPageFollows();
        return outcome;
    }

    private static async Task<IResult> Publications(Desk desk, IReadOnlyList<Guid> ids, IReadOnlyList<Problem> problems, int status)
    {
        var effects = new List<BatchEffect>(ids.Count);
        foreach (var id in ids) effects.Add(BatchEffect.OfPublishing(id, await desk.Read<Claim>(id), desk.User.Id));
        var evidence = await EvidenceTitle.Read(desk);
        return desk.Context.ConsolePage<BatchPublishPage>(new() { ["Effects"] = effects, ["Evidence"] = evidence, ["Names"] = await desk.Names(), ["Problems"] = problems }, status);
    }

    private static async Task<IResult> Checks(Desk desk, IReadOnlyList<Guid> ids, TypedForm form, IReadOnlyList<Problem> problems, int status)
    {
        var effects = new List<BatchEffect>(ids.Count);
        foreach (var id in ids) effects.Add(BatchEffect.OfCheck(id, await desk.Read<Claim>(id)));
        return desk.Context.ConsolePage<BatchCheckPage>(new() { ["Effects"] = effects, ["Form"] = form, ["Problems"] = problems, ["Today"] = desk.Today }, status);
    }

    private static IReadOnlyList<Guid> Chosen(IEnumerable<string?> typed)
        => [.. typed.Select(t => Guid.TryParse(t, out var id) ? id : Guid.Empty).Distinct().Take(ClaimBatch.Most)];

    // "id:number": the claim and what was seen of it.
    private static IReadOnlyList<BatchItem> Items(TypedForm form)
        => [.. form.All("claim").Take(ClaimBatch.Most + 1).Select(typed => typed.Split(':'))
            .Where(parts => parts.Length == 2 && Guid.TryParse(parts[0], out _) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(parts => new BatchItem(Guid.Parse(parts[0]), int.Parse(parts[1], CultureInfo.InvariantCulture)))];
}
