using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Pages;
using TrustCenter.Prospects;
using TrustCenter.Web;

namespace TrustCenter.Staff.SignIn;

/// <summary>The way in of real staff: address, mailed code, vendor where there are several, authenticator app.</summary>
public static class SignInSteps
{
    public static void MapSignInSteps(this RouteGroupBuilder platform)
    {
        platform.MapPost("/console/sign-ins", Ask).For(Reader.Anybody).WithName("AskSignIn");
        platform.MapMethods("/console/sign-in/step", ["GET", "HEAD"], Show).For(Reader.Anybody).WithName("SignInStep");
        platform.MapPost("/console/sign-in/code-tries", TryCode).For(Reader.Anybody).WithName("TrySignInCode");
        platform.MapPost("/console/sign-in/vendor-choices", Choose).For(Reader.Anybody).WithName("ChooseVendor");
        platform.MapPost("/console/sign-in/enrolments", Enrol).For(Reader.Anybody).WithName("EnrolAuthenticator");
        platform.MapPost("/console/sign-in/authenticator-tries", TryApp).For(Reader.Anybody).WithName("TryAuthenticator");
        platform.MapMethods("/console/sign-in/recovery-codes", ["GET", "HEAD"], Codes).For(Reader.Anybody).WithName("RecoveryCodes");
    }

    private static async Task<IResult> Ask(HttpContext context, SignInDesk desk, DemoStaff demo, SignInEntry entry, HostKeys keys, Paths paths)
    {
        if (await SafePost.Form(context, keys.FormStamp(SignInDesk.Place, "sign-in")) is not { } form) return SafePost.Refuse(context);
        if (!EmailAddress.TryParse(form.Text("email"), out var address))
        {
            form.Add("email", "Write your work e-mail address, such as ana@company.com.");
            return await entry.Page(context, demo, form, StatusCodes.Status422UnprocessableEntity);
        }
        if (!await desk.MayAsk(context, address.Value, context.RequestAborted))
        {
            form.Add("email", Mail.AskLimits.Refusal);
            return await entry.Page(context, demo, form, StatusCodes.Status429TooManyRequests);
        }
        var cookie = await desk.Ask(context, address, LocalPath.OrDefault(form["return"], ""), form.Command);
        cookie.Write(context.Response, keys);
        return Answers.SeeOther(context, paths.SignInStep);
    }

    private static async Task<IResult> Show(HttpContext context, SignInDesk desk, SignInPages pages, Paths paths)
        => await desk.Find(context) is { } state ? await pages.Of(context, state, TypedForm.Empty, 200) : Answers.SeeOther(context, paths.SignIn);

    private static async Task<IResult> TryCode(HttpContext context, SignInCounter counter)
    {
        var (state, form, answer) = await counter.Take(context, SignInStage.Code);
        if (answer is not null) return answer;
        if (MailedCode.Digits(form["code"]) is not { } typed) return await counter.Again(context, state, form, "The code has six digits.");
        var next = state.Cookie with { Secret = SignInCookie.NewSecret() };
        var command = new TrySignInCode { Id = form.Command, CodeHash = Convert.ToHexStringLower(counter.Keys.CodeHash(state.Id.Key, typed)), NextSecret = SignInAttempt.HashOf(next.Secret), From = counter.Desk.Mark(context) };
        switch (await counter.Engine.Decide(state.Id, command, Actor.System, context.RequestAborted))
        {
            case Outcome.Done { Number: MailedCode.Right }:
                // A double click proves once; the second answer must not take the first one's cookie away.
                if ((await counter.Engine.Read<SignInAttempt>(state.Id, context.RequestAborted))!.Holds(next.Secret)) next.Write(context.Response, counter.Keys);
                return Answers.SeeOther(context, counter.Paths.SignInStep);
            case Outcome.Done wrong:
                return await counter.Again(context, state, form, MailedCode.Says(wrong.Number, "Begin again and ask for a new one."));
            case Outcome.Refused refused:
                return await counter.Again(context, state, form, refused.Why);
            default:
                return Answers.Nothing();
        }
    }

    private static async Task<IResult> Choose(HttpContext context, SignInCounter counter)
    {
        var (state, form, answer) = await counter.Take(context, SignInStage.Vendor);
        if (answer is not null) return answer;
        if (form.Id("staff") is not { } staff || state.Open.All(p => p.Staff != staff)) return await counter.Again(context, state, form, "Choose one of them.", "staff");
        await counter.Engine.Decide(state.Id, new ChooseVendor { Id = form.Command, Staff = staff }, Actor.Staff(staff), context.RequestAborted);
        return Answers.SeeOther(context, counter.Paths.SignInStep);
    }

    private static async Task<IResult> Enrol(HttpContext context, SignInCounter counter)
    {
        var (state, form, answer) = await counter.Take(context, SignInStage.Enrol);
        if (answer is not null) return answer;
        var place = state.Place!;
        var secret = counter.Pages.SecretOf(state);
        var typed = new string([.. form["code"].Where(char.IsAsciiDigit)]);
        if (Totp.Match(secret, typed, counter.Clock.GetUtcNow()) is not { } step)
            return await counter.Again(context, state, form, "That is not what the app should show now. Check the time of your phone, then type the newest code.");
        var hashes = RecoveryCodes.Hashes(counter.Keys, place.Staff, RecoveryCodes.For(counter.Keys, place.Staff, state.Id.Key));
        var command = new EnrolAuthenticator { Id = counter.CommandOf(state.Id.Key, typed), Sealed = Convert.ToBase64String(counter.Keys.Seal(secret)), Step = step, RecoveryHashes = hashes, From = counter.Desk.Mark(context) };
        switch (await counter.Engine.Decide(place.Scope.Id<StaffMember>(place.Staff), command, Actor.Staff(place.Staff), context.RequestAborted))
        {
            case Outcome.Done:
                return await counter.LetIn(context, state, counter.Paths.RecoveryCodes, enrolled: true);
            case Outcome.Refused refused:
                return await counter.Again(context, state, form, refused.Why, "");
            default:
                return Answers.Nothing();
        }
    }

    private static async Task<IResult> TryApp(HttpContext context, SignInCounter counter)
    {
        var (state, form, answer) = await counter.Take(context, SignInStage.Authenticator);
        if (answer is not null) return answer;
        if (form.Text("code").Length == 0) return await counter.Again(context, state, form, "Write the six digits that the app shows, or one of your recovery codes.");
        var place = state.Place!;
        var command = counter.ProofOf(form, state.Id.Key, place.Staff, place.Member.Authenticator!, counter.Desk.Mark(context));
        switch (await counter.Engine.Decide(place.Scope.Id<StaffMember>(place.Staff), command, Actor.Staff(place.Staff), context.RequestAborted))
        {
            case Outcome.Done { Number: TryAuthenticator.Right }:
                return await counter.LetIn(context, state, LocalPath.OrDefault(state.Attempt.Return, counter.Paths.Today), enrolled: false);
            case Outcome.Done { Number: TryAuthenticator.Locked }:
                return await counter.Again(context, state, form, "That was not the code, for the fifth time. Wait a quarter of an hour, then begin again.");
            case Outcome.Done wrong:
                return await counter.Again(context, state, form, $"That is not the code, or it was used already: wait for the next one. {Words.Count(wrong.Number, "try", "tries")} left.");
            case Outcome.Refused refused:
                return await counter.Again(context, state, form, refused.Why);
            default:
                return Answers.Nothing();
        }
    }

    /// <summary>Shown until the attempt's life is over, to the session that it led to and to nobody else.</summary>
    private static async Task<IResult> Codes(HttpContext context, SignInDesk desk, StaffSession sessions, HostKeys keys, Paths paths)
    {
        if (await sessions.Find(context) is not { } user) return Answers.SeeOther(context, paths.SignIn);
        if (await desk.Find(context) is not { Attempt.Enrolled: { } staff } state || staff != user.Id) return Answers.SeeOther(context, paths.Account);
        return Answers.Page<RecoveryCodesPage>(context, ConsoleStyle.Of(user), 200, new() { ["User"] = user, ["Codes"] = RecoveryCodes.For(keys, staff, state.Id.Key), ["IsFirst"] = true });
    }
}
