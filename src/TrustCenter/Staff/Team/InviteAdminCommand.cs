using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Prospects;
using TrustCenter.Staff.SignIn;
using TrustCenter.Tenants;

namespace TrustCenter.Staff.Team;

/// <summary>
/// The console command <c>invite-admin --vendor &lt;host&gt; --email &lt;address&gt;</c>: the way back for an admin who lost the authenticator app and the
/// recovery codes, when no other admin is there to invite again. The invitation goes to the admin's own address, so the command alone lets nobody in.
/// Exit code 0: the mail waits; 1: not, see the message; 2: misused.
/// </summary>
public sealed class InviteAdminCommand(IEngine engine, TenantDirectory tenants, SignInDesk signIns, InvitationLetters letters)
{
    public const string Usage = """
        invite-admin --vendor <host> --email <address>
                           invite an admin again who lost the authenticator app and the recovery codes; the host must not run
        """;

    private const string Sender = "The operator of this trust center";

    public async Task<int> Run(string[] args, TextWriter output, TextWriter error, CancellationToken stop)
    {
        if (args is not ["--vendor", var host, "--email", var typed] || !EmailAddress.TryParse(typed, out var address))
        {
            await error.WriteLineAsync(Usage);
            return 2;
        }
        if (await tenants.FindLabel(host, stop) is not { } tenant) return await Refuse(error, "There is no vendor with this host in this data folder. Write the first part of its host name, such as northwind.");
        var scope = new Scope(tenant);
        var id = scope.Id<StaffMember>(StaffList.IdOf(scope, signIns.Lookup(address)));
        if (await engine.Read<StaffMember>(id, stop) is not { } member || !member.Roles.Contains(Role.Admin) || await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), stop) is not { } vendor)
            return await Refuse(error, "No admin of this vendor has this address. Anybody else is invited again by an admin, in the console under Staff.");
        var (hash, mail) = letters.Write(Sender, vendor.Name, address.Value, member.Name);
        var outcome = await engine.Decide(id, new ReinviteMember { Id = Guid.CreateVersion7(), Granter = [Role.Admin], TokenHash = hash, Mail = mail }, Actor.System, stop);
        if (outcome is Outcome.Refused refused) return await Refuse(error, string.Join(' ', refused.Problems.Select(p => p.Rule)));
        await output.WriteLineAsync("The invitation leaves by mail when the host starts. Until it is accepted this admin cannot sign in: the old app, the recovery codes and every session are over.");
        return 0;
    }

    private static async Task<int> Refuse(TextWriter error, string why)
    {
        await error.WriteLineAsync(why);
        return 1;
    }
}
