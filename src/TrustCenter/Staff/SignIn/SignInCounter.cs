using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Staff.Team;
using TrustCenter.Web;

namespace TrustCenter.Staff.SignIn;

/// <summary>What every step of a sign-in works with.</summary>
public sealed record SignInCounter(SignInDesk Desk, SignInPages Pages, IEngine Engine, HostKeys Keys, TimeProvider Clock, Paths Paths)
{
    /// <summary>The attempt and the form, when this browser stands at <paramref name="stage"/> and the form is ours; else what to answer.</summary>
    public async Task<(SignInState State, TypedForm Form, IResult? Answer)> Take(HttpContext context, SignInStage stage)
    {
        if (await Desk.Find(context) is not { } state) return (null!, TypedForm.Empty, Answers.Nothing());
        if (await SafePost.Form(context, Pages.StampOf(state)) is not { } form) return (state, TypedForm.Empty, SafePost.Refuse(context));
        // The page of another step is still open, or the same form came twice: the step that stands now is shown.
        return state.Stage == stage ? (state, form, null) : (state, form, Answers.SeeOther(context, Paths.SignInStep));
    }

    public async Task<IResult> Again(HttpContext context, SignInState state, TypedForm form, string rule, string field = "code")
    {
        form.Add(field, rule);
        var now = await Desk.Find(context) ?? state;
        return await Pages.Of(context, now, form, StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>
    /// The id of a command that proves something. A repeated id is answered as the first time, so it must not be one that anybody chose: an admin knows
    /// the ids of what he did to this person. The same code sent twice by one browser is still one try.
    /// </summary>
    public Guid CommandOf(Guid attempt, string typed) => new(Keys.CodeHash(attempt, $"command|{typed}").AsSpan(0, 16));

    /// <summary>What was typed, held against the app's secret and the recovery codes.</summary>
    /// <param name="attempt">The sign-in, or the form of a person who is signed in.</param>
    public TryAuthenticator ProofOf(TypedForm form, Guid attempt, Guid staff, Authenticator app, string from)
    {
        var typed = form.Text("code");
        var digits = new string([.. typed.Where(char.IsAsciiDigit)]);
        return new TryAuthenticator
        {
            Id = CommandOf(attempt, $"{staff:N}|{typed}"),
            Sealed = app.Sealed,
            Step = digits.Length == 6 && typed.All(c => char.IsAsciiDigit(c) || c == ' ') ? Totp.Match(Keys.Open(Convert.FromBase64String(app.Sealed)), digits, Clock.GetUtcNow()) : null,
            RecoveryHash = RecoveryCodes.HashOf(Keys, staff, typed),
            From = from,
        };
    }

    /// <summary>A session of its own, new at every sign-in; the attempt is over.</summary>
    public async Task<IResult> LetIn(HttpContext context, SignInState state, string path, bool enrolled)
    {
        var place = state.Place!;
        if (await Desk.CodesAreOff(place.Scope, context.RequestAborted)) return Answers.SeeOther(context, Paths.SignIn); // turned off meanwhile
        if (await Engine.Read<StaffMember>(place.Scope.Id<StaffMember>(place.Staff), context.RequestAborted) is not { Status: StaffStatus.Active } member) return Answers.Nothing();
        // Also at every later sign-in: it heals what a crash left undone.
        if (member.Roles.Contains(Role.Admin)) await Engine.Decide(place.Scope.Id<Admins>(Admins.Only), new CountAdmin { Id = Guid.CreateVersion7(), Member = place.Staff }, Actor.Staff(place.Staff), context.RequestAborted);
        await Engine.Decide(state.Id, new EndSignIn { Id = Guid.CreateVersion7(), Enrolled = enrolled ? place.Staff : null }, Actor.Staff(place.Staff), context.RequestAborted);
        if (!enrolled) SignInCookie.Clear(context.Response);
        await StaffSession.Begin(context, place.Scope.Tenant, place.Staff, member.Epoch);
        return Answers.SeeOther(context, path);
    }
}
