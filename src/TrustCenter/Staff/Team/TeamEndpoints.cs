using TrustCenter.Engine;
using TrustCenter.Prospects;
using TrustCenter.Staff.OpenId;
using TrustCenter.Web;

namespace TrustCenter.Staff.Team;

/// <summary>Colleagues: who they are, what they may do, who comes and who leaves.</summary>
public static class TeamEndpoints
{
    public static void MapTeam(this RouteGroupBuilder console)
    {
        console.MapMethods("/staff", ["GET", "HEAD"], List).Needs(Right.ManageStaff).WithName("Staff");
        console.MapMethods("/staff/new", ["GET", "HEAD"], New).Needs(Right.ManageStaff).WithName("NewStaff");
        console.MapMethods("/staff/roles", ["GET", "HEAD"], Roles).Needs(Right.ReadConsole).WithName("StaffRoles");
        console.MapPost("/staff", Invite).Needs(Right.ManageStaff).WithName("InviteMember");
        console.MapMethods("/staff/{member:guid}", ["GET", "HEAD"], Show).Needs(Right.ManageStaff).WithName("StaffMember");
        console.MapPost("/staff/{member:guid}/roles", ChangeRoles).Needs(Right.ManageStaff).WithName("ChangeRoles");
        console.MapPost("/staff/{member:guid}/invitations", InviteAgain).Needs(Right.ManageStaff).WithName("InviteMemberAgain");
        console.MapPost("/staff/{member:guid}/returns", Readmit).Needs(Right.ManageStaff).WithName("ReadmitMember");
        console.MapPost("/staff/{member:guid}/removals", Remove).Needs(Right.ManageStaff).WithName("RemoveMember");
    }

    private static async Task<IResult> List([AsParameters] TeamDesk team)
        => team.Desk.Context.ConsolePage<StaffPage>(new() { ["Staff"] = await team.List.Read(team.User.Scope, team.Desk.Stop), ["Now"] = team.Desk.Clock.GetUtcNow() });

    private static IResult New(HttpContext context) => context.ConsolePage<InvitePage>(new() { ["Form"] = TypedForm.Empty });

    private static IResult Roles(HttpContext context) => context.ConsolePage<RolesPage>([]);

    private static async Task<IResult> Invite([AsParameters] TeamDesk team)
    {
        var form = await TypedForm.Read(team.Desk.Context);
        if (!EmailAddress.TryParse(form.Text("email"), out var address)) form.Add("email", "Write their work e-mail address, such as ana@company.com.");
        else if (await team.Providers.CodesAreOff(team.User.Scope, team.Desk.Stop)) form.Add("email", "Mailed codes are turned off here, so an invitation would lead nowhere. Give your colleague a role at your provider.");
        else
        {
            var outcome = await team.Invite(form, address, RolesOf(form));
            if (outcome is Outcome.Done) return Answers.SeeOther(team.Desk.Context, team.User.Paths.Staff);
            if (outcome is Outcome.Refused refused) form.Add(refused.Problems);
        }
        return team.Desk.Context.ConsolePage<InvitePage>(new() { ["Form"] = form }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Show([AsParameters] TeamDesk team, Guid member)
        => await Page(team, member, TypedForm.Empty, 200);

    private static Task<IResult> ChangeRoles([AsParameters] TeamDesk team, Guid member) => Change(team, member, (form, found) => team.ChangeRoles(form, member, found, RolesOf(form)));

    private static Task<IResult> InviteAgain([AsParameters] TeamDesk team, Guid member) => Change(team, member, (form, found) => team.InviteAgain(form, member, found));

    private static Task<IResult> Remove([AsParameters] TeamDesk team, Guid member) => Change(team, member, (form, found) => team.Remove(form, member, found));

    private static Task<IResult> Readmit([AsParameters] TeamDesk team, Guid member) => Change(team, member, (form, _) => team.Desk.Decide(member, new ReadmitMember { Id = form.Command }));

    private static async Task<IResult> Change(TeamDesk team, Guid member, Func<TypedForm, StaffMember, Task<Outcome>> act)
    {
        if (await team.Desk.Read<StaffMember>(member) is not { } found) return Answers.Nothing();
        var form = await TypedForm.Read(team.Desk.Context);
        switch (await act(form, found))
        {
            case Outcome.Done:
                return Answers.SeeOther(team.Desk.Context, team.User.Paths.StaffMember(member));
            case Outcome.Refused refused:
                form.Add(refused.Problems);
                return await Page(team, member, form, StatusCodes.Status422UnprocessableEntity);
            default:
                return Answers.Nothing();
        }
    }

    private static async Task<IResult> Page(TeamDesk team, Guid member, TypedForm form, int status)
    {
        if (await team.Desk.Read<StaffMember>(member) is not { } found) return Answers.Nothing();
        var email = found.Person is null ? null : await team.Letters.AddressOf(team.User, found, team.Desk.Stop) ?? Keys.PersonalRecords.Forgotten;
        return team.Desk.Context.ConsolePage<MemberPage>(new() { ["Id"] = member, ["Member"] = found, ["Email"] = email, ["Form"] = form, ["Now"] = team.Desk.Clock.GetUtcNow() }, status);
    }

    private static IReadOnlyList<Role> RolesOf(TypedForm form) => [.. form.All("roles").Select(r => Enum.TryParse<Role>(r, out var role) && Enum.IsDefined(role) ? role : (Role?)null).OfType<Role>().Distinct()];
}
