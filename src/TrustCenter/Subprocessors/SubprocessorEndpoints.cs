using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Subprocessors;

/// <summary>The list in the console: what stands, what is proposed, and the approval by somebody else.</summary>
public static class SubprocessorEndpoints
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapSubprocessors(this RouteGroupBuilder console)
    {
        var list = console.MapGroup("/subprocessors");
        list.MapMethods("", Reading, Show).Needs(Right.ReadConsole).WithName("ConsoleSubprocessors");
        list.MapMethods("/new", Reading, New).Needs(Right.Write).WithName("NewSubprocessor");
        list.MapPost("", Add).Needs(Right.Write).WithName("AddSubprocessor");
        list.MapMethods("/{entry:guid}", Reading, Edit).Needs(Right.Write).WithName("Subprocessor");
        list.MapPost("/{entry:guid}", Change).Needs(Right.Write).WithName("ChangeSubprocessor");
        list.MapPost("/drops", Drop).Needs(Right.Write).WithName("DropSubprocessors");
        list.MapPost("/publications", Approve).Needs(Right.Approve).WithName("PublishSubprocessors");
        list.MapPost("/returns", Return).Needs(Right.Approve).WithName("ReturnSubprocessors");
    }

    private static Task<IResult> Show([AsParameters] Desk desk) => List(desk, TypedForm.Empty, [], StatusCodes.Status200OK);

    private static async Task<IResult> New([AsParameters] Desk desk) => await Form(desk, null, TypedForm.Empty, StatusCodes.Status200OK);

    private static async Task<IResult> Edit([AsParameters] Desk desk, Guid entry)
        => (await Read(desk)).Find(entry) is { } found ? await Form(desk, found, TypedForm.Empty, StatusCodes.Status200OK) : Answers.Nothing();

    /// <summary>The entry's key is the form's command, so that the same form posted twice is one entry.</summary>
    private static async Task<IResult> Add([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Propose(desk, form, null, form.Command);
    }

    private static async Task<IResult> Change([AsParameters] Desk desk, Guid entry)
        => (await Read(desk)).Find(entry) is { } found ? await Propose(desk, await TypedForm.Read(desk.Context), found, entry) : Answers.Nothing();

    private static async Task<IResult> Propose(Desk desk, TypedForm form, Subprocessor? stands, Guid id)
    {
        var entry = SubprocessorForm.Read(form, id, desk.User.Vendor);
        if (form.Problems.Count > 0) return await Form(desk, stands, form, StatusCodes.Status422UnprocessableEntity);
        switch (await desk.Decide(SubprocessorList.Only, new ProposeSubprocessor { Id = form.Command, Entry = entry, BasedOn = form.Number("edit") }))
        {
            case Outcome.Done:
                return Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleSubprocessors);
            case Outcome.Refused refused:
                form.Add(refused.Problems);
                return await Form(desk, stands, form, StatusCodes.Status422UnprocessableEntity);
            case Outcome.Stale:
                form.Add("", "The list was changed while you were writing. Look at it, then save again.");
                return await Form(desk, stands, form, StatusCodes.Status409Conflict);
            default:
                return Answers.Nothing();
        }
    }

    private static async Task<IResult> Drop([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Answer(desk, form, await desk.Decide(SubprocessorList.Only, new DropSubprocessorProposal { Id = form.Command }));
    }

    private static async Task<IResult> Approve([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        var outcome = await desk.Decide(SubprocessorList.Only, new ApproveSubprocessors { Id = form.Command, Edit = form.Number("edit") });
        if (outcome is Outcome.Done) await desk.PublicPageFollows();
        return await Answer(desk, form, outcome);
    }

    private static async Task<IResult> Return([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Answer(desk, form, await desk.Decide(SubprocessorList.Only, new ReturnSubprocessors { Id = form.Command, Edit = form.Number("edit"), Comment = form.Text("comment") }));
    }

    private static async Task<IResult> Answer(Desk desk, TypedForm form, Outcome outcome) => outcome switch
    {
        Outcome.Done or Outcome.Missing => Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleSubprocessors),
        Outcome.Refused refused => await List(desk, form, refused.Problems, StatusCodes.Status422UnprocessableEntity),
        _ => await List(desk, form, [new("", "The change was worked on while you were reading. Read it again: this is what it says now.")], StatusCodes.Status409Conflict),
    };

    private static async Task<SubprocessorList> Read(Desk desk) => await desk.Read<SubprocessorList>(SubprocessorList.Only) ?? new SubprocessorList();

    private static async Task<IResult> List(Desk desk, TypedForm form, IReadOnlyList<Problem> problems, int status)
        => desk.Context.ConsolePage<SubprocessorListPage>(new() { ["List"] = await Read(desk), ["Form"] = form, ["Problems"] = problems, ["Today"] = desk.Today, ["Names"] = await desk.Names() }, status);

    private static async Task<IResult> Form(Desk desk, Subprocessor? entry, TypedForm form, int status) => desk.Context.ConsolePage<SubprocessorFormPage>(new()
    {
        ["Entry"] = entry, ["Form"] = form, ["Edit"] = (await Read(desk)).Proposal?.Edit ?? 0,
        ["From"] = desk.Today.AddDays((await desk.Engine.Settings(desk.User.Scope, desk.Stop)).NoticeDays),
    }, status);
}
