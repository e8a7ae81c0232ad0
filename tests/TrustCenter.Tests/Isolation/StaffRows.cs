using TrustCenter.Staff;
using TrustCenter.Staff.OpenId;
using TrustCenter.Staff.Team;
using TrustCenter.Tests.Staff;

namespace TrustCenter.Tests.Isolation;

/// <summary>Colleagues, roles, one's own sign-in.</summary>
internal static class StaffRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        Rows.Staff("Staff", Role.Admin), Rows.Staff("NewStaff", Role.Admin), Rows.Staff("StaffRoles", Role.Editor),
        Rows.Staff("InviteMember", Role.Admin, form: _ => Task.FromResult<List<(string, string)>>([("command", Guid.CreateVersion7().ToString()), ("name", "Bo Builder"), ("email", SignInRows.NewAddress()), ("roles", "Editor")])),
        Rows.Staff("StaffMember", Role.Admin, Values),
        Rows.Staff("ChangeRoles", Role.Admin, Values, _ => Form(("roles", "Rep"))),
        Rows.Staff("InviteMemberAgain", Role.Admin, Values, _ => Form()),
        Rows.Staff("RemoveMember", Role.Admin, Values, _ => Form()),
        Rows.Staff("ReadmitMember", Role.Admin, Removed, _ => Form()),
        Rows.Staff("Account", Role.Editor),
        Rows.Staff("RenewRecoveryCodes", Role.Editor, form: _ => Form(("code", "123456"))),
        new("EndOwnSessions", async stage =>
        {
            var browser = await stage.A.SignIn(Role.Rep);
            return new Call(browser, []) { Form = [("stamp", await Stage.StampOf(browser))] };
        }),
    ];

    private static async Task<Dictionary<string, string>> Values(Stage stage)
        => new() { ["member"] = (await StaffWalk.Member(stage.App, await SignInRows.Invited(stage, stage.A))).Id.ToString() };

    // Somebody from a provider who was removed: the stage itself has none.
    private static async Task<Dictionary<string, string>> Removed(Stage stage)
    {
        var member = Guid.CreateVersion7();
        await stage.A.Decide(member, new SignInByProvider { Id = Guid.CreateVersion7(), Provider = "Entra ID", Name = "Ray Removed", Roles = [Role.Editor], From = "" });
        await stage.A.Decide(member, new RemoveMember { Id = Guid.CreateVersion7(), Granter = [Role.Admin], Member = member });
        return new() { ["member"] = member.ToString() };
    }

    private static Task<List<(string, string)>> Form(params (string, string)[] typed) => Task.FromResult<List<(string, string)>>([("command", Guid.CreateVersion7().ToString()), .. typed]);
}
