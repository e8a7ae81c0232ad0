using TrustCenter.Engine;
using TrustCenter.Web;

namespace TrustCenter.Staff.SignIn;

/// <summary>A person's own sign-in.</summary>
public static class AccountEndpoints
{
    public static void MapAccount(this RouteGroupBuilder console)
    {
        console.MapMethods("/account", ["GET", "HEAD"], Show).Needs(Right.ReadConsole).WithName("Account");
        console.MapPost("/account/session-ends", EndAll).Needs(Right.ReadConsole).WithName("EndOwnSessions");
        console.MapPost("/account/recovery-codes", Renew).Needs(Right.ReadConsole).WithName("RenewRecoveryCodes");
    }

    private static Task<IResult> Show([AsParameters] Desk desk, Keys.PersonalRecords people) => Page(desk, people, TypedForm.Empty, 200);

    private static async Task<IResult> EndAll([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        if (!desk.User.IsDemo) await desk.Decide(desk.User.Id, new SignOutEverywhere { Id = form.Command });
        await StaffSession.End(desk.Context);
        return Answers.SeeOther(desk.Context, desk.User.Paths.SignIn);
    }

    /// <summary>Shown in the answer itself: they are derived from the form and the code in it, so the form sent again shows the same.</summary>
    private static async Task<IResult> Renew([AsParameters] Desk desk, SignInCounter counter, Keys.PersonalRecords people)
    {
        var (user, form) = (desk.User, await TypedForm.Read(desk.Context));
        if (user.Member.Authenticator is not { } app) return Answers.SeeOther(desk.Context, user.Paths.Account);
        var proof = counter.ProofOf(form, form.Command, user.Id, app, counter.Desk.Mark(desk.Context));
        var codes = RecoveryCodes.For(counter.Keys, user.Id, proof.Id);
        var command = new RenewRecoveryCodes { Id = proof.Id, Proof = proof, RecoveryHashes = RecoveryCodes.Hashes(counter.Keys, user.Id, codes) };
        switch (await desk.Decide(user.Id, command))
        {
            case Outcome.Done { Number: TryAuthenticator.Right }:
                return desk.Context.ConsolePage<RecoveryCodesPage>(new() { ["Codes"] = codes });
            case Outcome.Refused refused:
                form.Add(refused.Problems);
                break;
            default:
                form.Add("code", "That is not the code, or it was used already: wait for the next one.");
                break;
        }
        return await Page(desk, people, form, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Page(Desk desk, Keys.PersonalRecords people, TypedForm form, int status)
    {
        var email = desk.User.Member.Person is { } person ? await people.Read(desk.User.Scope, person, desk.Stop) : null;
        return desk.Context.ConsolePage<AccountPage>(new() { ["Email"] = email, ["Form"] = form }, status);
    }
}
