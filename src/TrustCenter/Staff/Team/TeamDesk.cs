using TrustCenter.Engine;
using TrustCenter.Pages;
using TrustCenter.Prospects;
using TrustCenter.Staff.OpenId;
using TrustCenter.Staff.SignIn;
using TrustCenter.Store;
using TrustCenter.Web;

namespace TrustCenter.Staff.Team;

/// <summary>What the pages about colleagues work with.</summary>
internal sealed record TeamDesk(HttpContext Context, IEngine Engine, IStore Store, PageCompiler Pages, TimeProvider Clock, StaffList List, SignInDesk SignIns, InvitationLetters Letters, SignInProviders Providers)
{
    public Desk Desk { get; } = new(Context, Engine, Store, Pages, Clock);

    public ConsoleUser User => Desk.User;

    public async Task<Outcome> Invite(TypedForm form, EmailAddress address, IReadOnlyList<Role> roles)
    {
        var email = SignIns.Lookup(address);
        var (hash, mail) = Letters.Write(User, address.Value, form.Text("name"));
        return await Desk.Decide(StaffList.IdOf(User.Scope, email), new InviteMember
        {
            Id = form.Command, Name = form.Text("name"), Roles = roles, Granter = User.Member.Roles, Email = Convert.ToHexStringLower(email),
            Person = Letters.Record(User, address), TokenHash = hash, Mail = mail,
        });
    }

    public async Task<Outcome> InviteAgain(TypedForm form, Guid key, StaffMember member)
    {
        if (await Letters.AddressOf(User, member, Desk.Stop) is not { } address) return new Outcome.Refused([new("", "There is no address of this person any more. Invite them anew.")]);
        if (await Strike(key, member) is { } last) return last;
        var (hash, mail) = Letters.Write(User, address, member.Name);
        return await Desk.Decide(key, new ReinviteMember { Id = form.Command, Granter = User.Member.Roles, TokenHash = hash, Mail = mail });
    }

    public async Task<Outcome> ChangeRoles(TypedForm form, Guid key, StaffMember member, IReadOnlyList<Role> roles)
    {
        var command = new ChangeRoles { Id = form.Command, Roles = roles, Granter = User.Member.Roles };
        var (was, willBe) = (member.Roles.Contains(Role.Admin), roles.Contains(Role.Admin));
        // Asked before the admins' list is touched: a refusal must leave it as it was.
        if (command.Decide(member, User.Actor, Desk.Clock.GetUtcNow()).Outcome is not Outcome.Done) return await Desk.Decide(key, command);
        if (was && !willBe && await Strike(key, member) is { } last) return last;
        var outcome = await Desk.Decide(key, command);
        if (outcome is Outcome.Done && willBe && member.Joined is not null) await Desk.Decide(Admins.Only, new CountAdmin { Id = Guid.CreateVersion7(), Member = key });
        return outcome;
    }

    public async Task<Outcome> Remove(TypedForm form, Guid key, StaffMember member)
    {
        var command = new RemoveMember { Id = form.Command, Granter = User.Member.Roles, Member = key };
        if (command.Decide(member, User.Actor, Desk.Clock.GetUtcNow()).Outcome is not Outcome.Done) return await Desk.Decide(key, command);
        return await Strike(key, member) is { } last ? last : await Desk.Decide(key, command);
    }

    // Null when the person may go on to lose the role; an invited admin was never counted.
    private async Task<Outcome?> Strike(Guid key, StaffMember member)
        => member is { Status: StaffStatus.Active } && member.Roles.Contains(Role.Admin) && await Desk.Decide(Admins.Only, new StrikeAdmin { Id = Guid.CreateVersion7(), Member = key }) is Outcome.Refused last ? last : null;
}
