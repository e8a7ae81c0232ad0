using System.Security.Cryptography;
using System.Text;
using TrustCenter.Audiences;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Prospects;
using TrustCenter.Staff.SignIn;
using TrustCenter.Staff.Team;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Staff.Setup;

/// <summary>Makes the first admin of a vendor, and the first vendor.</summary>
public sealed class SetupDesk(IEngine engine, HostKeys keys, SetupNeed need, SignInDesk desk, TimeProvider clock)
{
    private const string WrongCode = "This is not the code of now, or it was used already. Read a fresh one with the command setup-code";

    /// <summary>The place where the new admin goes on to set up the authenticator app; null with what stands against it in the form.</summary>
    public async Task<(Scope Scope, Guid Staff)?> Make(HttpContext context, TypedForm form)
    {
        var stop = context.RequestAborted;
        var isFirst = !await need.HasVendors(stop);
        if (!ReadFields(form, isFirst, out var address)) return null;
        if (!await desk.MayAsk(context, "the setup code", stop))
        {
            form.Add("code", "Too many tries in the last minutes. Wait a quarter of an hour, then use a fresh code.");
            return null;
        }
        if (!ConsoleCode.Matches(keys, SetupCodes.Purpose, clock.GetUtcNow(), form["code"]))
        {
            await Use(context, form, isRight: false);
            form.Add("code", WrongCode);
            return null;
        }
        // Only whoever knows the code is told which vendors there are.
        if (await Vendor(form, isFirst, stop) is not { } scope) return null;
        if (await Use(context, form, isRight: true) is not Outcome.Done { Number: SetupCodes.Right })
        {
            form.Add("code", WrongCode);
            return null;
        }
        return await Hire(scope, form, isFirst, address, stop);
    }

    private static bool ReadFields(TypedForm form, bool isFirst, out EmailAddress address)
    {
        if (form.Text("code").Length == 0) form.Add("code", "Type the code that the host shows.");
        if (form.Text("vendor").Length is 0 or > Tenants.Vendor.LongestName) form.Add("vendor", $"Write the vendor's name, at most {Tenants.Vendor.LongestName} characters.");
        if (isFirst && !IsLabel(form.Text("host"))) form.Add("host", "Write the first part of the address: small letters, digits and hyphens, such as northwind.");
        if (form.Text("name").Length is 0 or > StaffMember.LongestName) form.Add("name", $"Write your name, at most {StaffMember.LongestName} characters.");
        if (!EmailAddress.TryParse(form.Text("email"), out var read)) form.Add("email", "Write your work e-mail address, such as ana@company.com.");
        address = read!;
        return form.Problems.Count == 0;
    }

    private static bool IsLabel(string label) => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private Task<Outcome> Use(HttpContext context, TypedForm form, bool isRight)
        => engine.Decide(Platform.Scope.Id<SetupCodes>(SetupCodes.Only), new UseSetupCode
        {
            // The whole form again goes on where it broke off; another form with the same code is another command.
            Id = isRight ? IdOf($"use/{form.Command:N}/{form.Text("code")}/{form.Text("vendor")}/{form.Text("email")}") : Guid.CreateVersion7(),
            IsRight = isRight,
            Hash = Convert.ToHexStringLower(keys.CodeHash(SetupCodes.Only, form.Text("code").ToLowerInvariant())),
            From = desk.Mark(context),
        }, Actor.System, context.RequestAborted);

    // The form posted again after a crash finds the vendor that it began to make.
    private async Task<Scope?> Vendor(TypedForm form, bool isFirst, CancellationToken stop)
    {
        if (isFirst) return new Scope(IdOf($"vendor/{form.Command:N}"));
        var waiting = await need.Vendors(stop);
        var named = waiting.Where(v => string.Equals(v.Name, form.Text("vendor"), StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count == 1) return new Scope(named[0].Tenant);
        form.Add("vendor", $"No vendor of this name waits for its first admin. Waiting: {string.Join(", ", waiting.Select(v => v.Name))}.");
        return null;
    }

    private async Task<(Scope, Guid)?> Hire(Scope scope, TypedForm form, bool isFirst, EmailAddress address, CancellationToken stop)
    {
        if (isFirst && await engine.Decide(scope.Id<Vendor>(Tenants.Vendor.Only), new DefineVendor { Id = form.Command, Words = FirstWords(form.Text("vendor"), form.Text("host")) }, Actor.System, stop) is Outcome.Refused refused)
        {
            form.Add(refused.Problems);
            return null;
        }
        var email = desk.Lookup(address);
        var staff = StaffList.IdOf(scope, email);
        var invite = new InviteMember
        {
            Id = form.Command, Name = form.Text("name"), Roles = [Role.Editor, Role.Admin], Granter = [Role.Admin], Email = Convert.ToHexStringLower(email),
            Person = PersonalRecord.Of(keys, scope.Tenant, PersonalRecord.Email, address.Value), TokenHash = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
        };
        if (await engine.Decide(scope.Id<StaffMember>(staff), invite, Actor.System, stop) is Outcome.Done) return (scope, staff);
        form.Add("email", "This person is on the list already. Sign in instead.");
        return null;
    }

    private static Guid IdOf(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    // Enough that the first claim has a topic and a reader; the settings change every word of it.
    private static Vendor FirstWords(string name, string host) => new()
    {
        Name = name,
        Host = host,
        Tagline = "What we promise, and how you can check it.",
        Topics =
        [
            new Topic("data-protection", "Data protection", "How data is encrypted, kept apart, kept in its region and deleted."),
            new Topic("access", "Access", "Who can reach customer data, and how each entry is limited and recorded."),
            new Topic("development", "Secure development", "How a change is reviewed, tested and released."),
            new Topic("infrastructure", "Infrastructure", "How the systems are built, watched and recovered."),
            new Topic("privacy", "Privacy", "What happens with personal data, and who else takes part."),
            new Topic("governance", "People and governance", "Certificates, policies, training and suppliers."),
        ],
        Audiences =
        [
            new Audience("reviewer", "Security reviewer", "A review of us should take an hour and not a month.", ["data-protection", "access", "development", "infrastructure", "governance", "privacy"], "", ""),
            new Audience("legal", "Legal and privacy", "What you need for your file is here before the first call.", ["privacy", "data-protection", "governance", "access"], "", ""),
        ],
    };
}
