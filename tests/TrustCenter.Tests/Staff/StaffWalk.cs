using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Staff;
using TrustCenter.Staff.Setup;
using TrustCenter.Staff.SignIn;
using TrustCenter.Store;

namespace TrustCenter.Tests.Staff;

/// <summary>Somebody who can sign in: the browser that is signed in, and what the app on the phone holds.</summary>
internal sealed record Colleague(Browser Browser, string Email, byte[] Secret, IReadOnlyList<string> Recovery);

/// <summary>The ways of real staff, over HTTP: setup, invitation, sign-in.</summary>
internal static class StaffWalk
{
    public const string StepPath = "/console/sign-in/step";

    public static Browser Platform(RealApp app) => new(app, "console.localhost");

    public static string SetupCode(RealApp app) => ConsoleCode.At(app.Services.GetRequiredService<HostKeys>(), SetupCodes.Purpose, app.Clock.GetUtcNow());

    /// <summary>The first admin; without <paramref name="host"/> of a vendor that is there.</summary>
    public static async Task<Colleague> SetUp(RealApp app, string vendor = "Northwind", string? host = "northwind", string email = "ada@northwind.example")
    {
        var browser = Platform(app);
        (string, string)[] typed = [("code", SetupCode(app)), ("vendor", vendor), ("name", "Ada Admin"), ("email", email), .. host is null ? (IEnumerable<(string, string)>)[] : [("host", host)]];
        var made = await browser.Submit(await browser.Get("/console/setup"), "/console/setup", typed);
        made.Status.ShouldBe(303, made.Text);
        return await Enrol(app, browser, email);
    }

    /// <summary>From the page with the QR code to the session.</summary>
    public static async Task<Colleague> Enrol(RealApp app, Browser browser, string email)
    {
        var page = await browser.Get(StepPath);
        var secret = SecretOn(page);
        var done = await browser.Submit(page, "/enrolments", ("code", CodeOf(app, secret)));
        (done.Status, done.Location).ShouldBe((303, "/console/sign-in/recovery-codes"), done.Text);
        var codes = (await browser.Get(done.Location!)).Dom.QuerySelectorAll(".codes code").Select(c => c.TextContent).ToList();
        return new Colleague(browser, email, secret, codes);
    }

    public static byte[] SecretOn(Answer page) => FromBase32(page.Dom.QuerySelectorAll("main code").Select(c => c.TextContent.Replace(" ", "", StringComparison.Ordinal)).Single(c => c.Length == 32));

    public static string CodeOf(RealApp app, byte[] secret) => Totp.At(secret, Totp.StepOf(app.Clock.GetUtcNow()));

    public static async Task<Answer> Invite(Browser admin, string email, params Role[] roles) => await Invite(admin, email, "Bo Builder", roles);

    public static async Task<Answer> Invite(Browser admin, string email, string name, params Role[] roles)
    {
        var (action, fields) = Browser.FormOf(await admin.Get("/console/staff/new"), "/console/staff", [("name", name), ("email", email), .. roles.Select(r => ("roles", r.ToString()))]);
        return await admin.Post(action, [.. fields]);
    }

    /// <summary>The address in the newest mail to this person.</summary>
    public static async Task<string> Link(RealApp app, string email)
        => new Uri((await MailTo(app, email, "invites you"))!.Content.Body.Split('\n').Single(l => l.StartsWith("http", StringComparison.Ordinal))).AbsolutePath;

    public static async Task<QueuedMail?> MailTo(RealApp app, string email, string subject)
        => (await app.Services.GetRequiredService<MailQueue>().Newest(null, 500, default)).FirstOrDefault(m => m.Content.Recipient == email && m.Content.Subject.Contains(subject, StringComparison.Ordinal));

    public static async Task<Colleague> Join(RealApp app, string email, Browser? browser = null)
    {
        browser ??= Platform(app);
        var link = await Link(app, email);
        var accepted = await browser.Submit(await browser.Get(link), link, ("email", email));
        (accepted.Status, accepted.Location).ShouldBe((303, StepPath), accepted.Text);
        return await Enrol(app, browser, email);
    }

    public static async Task<Colleague> Hire(RealApp app, Browser admin, string email, params Role[] roles)
    {
        (await Invite(admin, email, roles)).Status.ShouldBe(303);
        return await Join(app, email);
    }

    /// <summary>Asks for a code at the sign-in page.</summary>
    public static async Task<Answer> Ask(Browser browser, string email, string query = "")
        => await browser.Submit(await browser.Get("/console/sign-in" + query), "/console/sign-ins", ("email", email));

    public static async Task<string?> MailedCode(RealApp app, string email) => (await MailTo(app, email, "is your code for the trust center"))?.Content.Subject[..6];

    /// <summary>Up to the step after the mailed code.</summary>
    public static async Task<Answer> Prove(RealApp app, Browser browser, string email, string query = "")
    {
        (await Ask(browser, email, query)).Status.ShouldBe(303);
        (await browser.Submit(await browser.Get(StepPath), "/code-tries", ("code", (await MailedCode(app, email))!))).Status.ShouldBe(303);
        return await browser.Get(StepPath);
    }

    /// <summary>The whole way in, with a fresh code of the app.</summary>
    public static async Task<Browser> SignIn(RealApp app, Colleague person)
    {
        app.Clock.Advance(TimeSpan.FromSeconds(30)); // no code is taken twice
        var browser = Platform(app);
        var done = await browser.Submit(await Prove(app, browser, person.Email), "/authenticator-tries", ("code", CodeOf(app, person.Secret)));
        done.Status.ShouldBe(303, done.Text);
        return browser;
    }

    public static async Task<(Scope Scope, Guid Id, StaffMember Member)> Member(RealApp app, string email)
    {
        var keys = app.Services.GetRequiredService<HostKeys>();
        var lookup = keys.Lookup(TrustCenter.Tenants.Platform.Scope.Tenant, email);
        var (tenant, id) = await app.Services.GetRequiredService<IStore>().Query(sql => sql.First("select tenant, id from staff_rows where email = @email", r => (r.Id(0), r.Id(1)), ("@email", lookup)));
        return (new Scope(tenant), id, (await app.Engine.Read<StaffMember>(new Scope(tenant).Id<StaffMember>(id)))!);
    }

    /// <summary>How often something stands in any journal.</summary>
    public static Task<long> Entries(RealApp app, params string[] what)
        => app.Services.GetRequiredService<IStore>().Query(sql => what.Sum(w => sql.Number("select count(*) from entries where what = @what", ("@what", w))));

    private static byte[] FromBase32(string text)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(text.Select(c => Convert.ToString(letters.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }
}
