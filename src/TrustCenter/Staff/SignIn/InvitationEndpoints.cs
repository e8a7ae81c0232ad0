using System.Security.Cryptography;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Prospects;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Staff.SignIn;

/// <summary>
/// The address in an invitation. Opening it changes nothing; the form asks for something that stands nowhere on the page, so that a scanner which
/// presses buttons comes no further (ABUSE T-009, T-010). It stays good until the authenticator app is set up.
/// </summary>
public static class InvitationEndpoints
{
    private const int TokenLength = 43; // characters of base64url; 256 bits

    public static void MapInvitations(this RouteGroupBuilder platform)
    {
        platform.MapMethods("/console/invitations/{token}", ["GET", "HEAD"], Show).For(Reader.Anybody).WithName("Invitation");
        platform.MapPost("/console/invitations/{token}", Accept).For(Reader.Anybody).WithName("AcceptInvitation");
    }

    private static async Task<IResult> Show(HttpContext context, string token, [AsParameters] InvitationDesk desk)
        => await desk.Find(token, context.RequestAborted) is { } place ? desk.Page(context, token, place, TypedForm.Empty, 200) : Answers.Nothing();

    private static async Task<IResult> Accept(HttpContext context, string token, [AsParameters] InvitationDesk desk, SignInDesk signIns)
    {
        if (await desk.Find(token, context.RequestAborted) is not { } place) return Answers.Nothing();
        if (await SafePost.Form(context, desk.Stamp(place)) is not { } form) return SafePost.Refuse(context);
        if (!EmailAddress.TryParse(form.Text("email"), out var address)) form.Add("email", "Write the address to which this invitation was sent.");
        else if (!await signIns.MayAsk(context, $"invitation {place.Staff:N}", context.RequestAborted)) form.Add("email", "Too many tries in the last minutes. Wait a quarter of an hour.");
        else if (!CryptographicOperations.FixedTimeEquals(signIns.Lookup(address), Convert.FromHexString(place.Member.Email!))) form.Add("email", "This invitation was sent to another address.");
        else if (await signIns.CodesAreOff(place.Scope, context.RequestAborted)) form.Add("email", "Invitations lead nowhere here any more: sign in by your company's provider.");
        if (form.Problems.Count > 0) return desk.Page(context, token, place, form, StatusCodes.Status422UnprocessableEntity);
        var cookie = await signIns.BeginProven(context, place.Scope, place.Staff);
        cookie.Write(context.Response, desk.Keys);
        return Answers.SeeOther(context, desk.Paths.SignInStep);
    }

    internal static bool IsToken(string token) => token.Length == TokenLength && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}

internal sealed record InvitationDesk(IStore Store, IEngine Engine, HostKeys Keys, TimeProvider Clock, Paths Paths)
{
    /// <summary>Whom an open invitation is for; null for used, replaced, late, unknown and malformed alike.</summary>
    public async Task<SignInPlace?> Find(string token, CancellationToken stop)
    {
        if (!InvitationEndpoints.IsToken(token)) return null;
        var hash = SignInAttempt.HashOf(token);
        var found = await Store.Query(sql => sql.First("select tenant, id from staff_rows where invitation_hash = @hash", r => ((Guid Tenant, Guid Id)?)(r.Id(0), r.Id(1)), ("@hash", Convert.FromHexString(hash))), stop);
        if (found is not { } row) return null;
        var scope = new Scope(row.Tenant);
        // The row only points; the state says what holds now.
        return await Engine.Read<StaffMember>(scope.Id<StaffMember>(row.Id), stop) is { Status: StaffStatus.Invited, Email: not null, Invitation: { } invitation } member
            && SecretHash.Same(invitation.TokenHash, hash) && invitation.IsOpen(Clock.GetUtcNow())
            && await Engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), stop) is { } vendor ? new SignInPlace(scope, row.Id, member, vendor) : null;
    }

    public string Stamp(SignInPlace place) => Keys.FormStamp(place.Staff, "invitation");

    public IResult Page(HttpContext context, string token, SignInPlace place, TypedForm form, int status)
    {
        var style = Style.WithAccent(Style.Console, place.Vendor.Accent);
        return Answers.Page<InvitationPage>(context, style, status, new() { ["Vendor"] = place.Vendor.Name, ["Roles"] = place.Member.Roles, ["Action"] = Paths.Invitation(token), ["Stamp"] = Stamp(place), ["Form"] = form, ["Style"] = style });
    }
}
