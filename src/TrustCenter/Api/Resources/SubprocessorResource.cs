using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Subprocessors;

namespace TrustCenter.Api;

/// <summary>The list of subprocessors: published as a whole, changed by a proposal that somebody else approves.</summary>
internal static class SubprocessorResource
{
    private const int NoEdit = -1;

    public static void MapSubprocessors(RouteGroupBuilder api)
    {
        api.MapMethods("/subprocessors", ApiRoutes.Reading, Show).Says(Right.ReadConsole, SubprocessorExamples.Show);
        api.MapPost("/subprocessors", Add).Says(Right.Write, SubprocessorExamples.Add);
        api.MapPost("/subprocessors/{entry:guid}/drafts", Change).Says(Right.Write, SubprocessorExamples.Change);
        api.MapPost("/subprocessors/drops", Drop).Says(Right.Write, SubprocessorExamples.Drop);
        api.MapPost("/subprocessors/publications", Approve).Says(Right.Approve, SubprocessorExamples.Approve);
        api.MapPost("/subprocessors/returns", Return).Says(Right.Approve, SubprocessorExamples.Return);
    }

    private static async Task<IResult> Show([AsParameters] Desk desk) => ApiAnswer.Ok(SubprocessorsShape.Of(await Read(desk)));

    private static async Task<IResult> Add([AsParameters] Desk desk)
    {
        var (call, refusal) = await ApiCall.Read<NewSubprocessorShape>(desk.Context, creates: true);
        if (call is null) return refusal!;
        // The entry is there already: then this is a repetition, which is remembered, or the key was used for another.
        var isThere = (await Read(desk)).Find(call.Key) is not null;
        return await Propose(desk, call, call.Key, isThere ? NoEdit : call.Body.Edit) switch
        {
            (_, { } wrong) => wrong,
            (Outcome.Stale, _) when isThere => ApiAnswer.UsedForAnother,
            var (outcome, _) => ApiAnswer.Of(outcome!, edit => ApiAnswer.Made($"{desk.User.Paths.Api}/subprocessors", new EditedShape(call.Key, edit)), SubprocessorWordsShape.NameOf),
        };
    }

    private static async Task<IResult> Change([AsParameters] Desk desk, Guid entry)
    {
        if ((await Read(desk)).Find(entry) is null) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<NewSubprocessorShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var (outcome, wrong) = await Propose(desk, call, entry, call.Body.Edit);
        return wrong ?? ApiAnswer.Of(outcome!, edit => ApiAnswer.Ok(new EditedShape(entry, edit)), SubprocessorWordsShape.NameOf);
    }

    private static async Task<(Outcome? Outcome, IResult? Wrong)> Propose(Desk desk, ApiCall<NewSubprocessorShape> call, Guid id, int basedOn)
    {
        var form = call.Body.Entry.ToForm();
        var entry = SubprocessorForm.Read(form, id, desk.User.Vendor);
        if (form.Problems.Count > 0) return (null, ApiAnswer.Wrong(form.Problems, SubprocessorWordsShape.NameOf));
        return (await desk.Decide(SubprocessorList.Only, new ProposeSubprocessor { Id = call.Command, Entry = entry, BasedOn = basedOn }), null);
    }

    private static async Task<IResult> Drop([AsParameters] Desk desk)
    {
        var (call, refusal) = await ApiCall.Read<NothingShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        // As in the console, where nothing is under way nothing is left to do.
        return await desk.Decide(SubprocessorList.Only, new DropSubprocessorProposal { Id = call.Command }) is Outcome.Refused refused ? ApiAnswer.Wrong(refused.Problems) : ApiAnswer.Ok(new NothingShape());
    }

    private static async Task<IResult> Approve([AsParameters] Desk desk)
    {
        var (call, refusal) = await ApiCall.Read<ApprovalShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var outcome = await desk.Decide(SubprocessorList.Only, new ApproveSubprocessors { Id = call.Command, Edit = call.Body.Edit });
        if (outcome is Outcome.Done) await desk.PublicPageFollows();
        return ApiAnswer.Of(outcome, version => ApiAnswer.Ok(new VersionShape(version)));
    }

    private static async Task<IResult> Return([AsParameters] Desk desk)
    {
        var (call, refusal) = await ApiCall.Read<ReturnShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var outcome = await desk.Decide(SubprocessorList.Only, new ReturnSubprocessors { Id = call.Command, Edit = call.Body.Edit, Comment = call.Body.Comment });
        return ApiAnswer.Of(outcome, edit => ApiAnswer.Ok(new EditShape(edit)));
    }

    private static async Task<SubprocessorList> Read(Desk desk) => await desk.Read<SubprocessorList>(SubprocessorList.Only) ?? new SubprocessorList();
}
