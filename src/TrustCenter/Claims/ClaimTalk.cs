using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Claims;

/// <summary>Saying something about a claim to colleagues.</summary>
internal static class ClaimTalk
{
    public static async Task<IResult> Comment([AsParameters] Desk desk, Guid claim)
    {
        var form = await TypedForm.Read(desk.Context);
        return await desk.Decide(claim, new AddClaimComment { Id = form.Command, Text = form.Text("text") }) switch
        {
            Outcome.Done => Answers.SeeOther(desk.Context, desk.User.Paths.ConsoleClaim(claim) + "#comments"),
            Outcome.Refused refused => await Refused(desk, claim, form, refused),
            _ => Answers.Nothing(),
        };
    }

    private static async Task<IResult> Refused(Desk desk, Guid id, TypedForm form, Outcome.Refused refused)
    {
        var view = await ClaimView.Of(desk, id, await desk.Read<Claim>(id)) with { Problems = refused.Problems, Said = form["text"] };
        return desk.Context.ConsolePage<ClaimEditorPage>(new() { ["View"] = view }, StatusCodes.Status422UnprocessableEntity);
    }
}
