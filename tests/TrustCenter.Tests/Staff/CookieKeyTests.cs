using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TrustCenter.Keys;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Staff;

/// <summary>Sessions live as long as the host's key does, and not a moment without it.</summary>
[Trait("Case", "T-110")]
public sealed class CookieKeyTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trust-center-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_session_and_a_half_finished_sign_in_outlive_a_restart()
    {
        Colleague ada;
        Browser half;
        await using (var first = await RealApp.Start(o => o.DataFolder = folder.FullName))
        {
            ada = await StaffWalk.SetUp(first);
            half = StaffWalk.Platform(first);
            await StaffWalk.Ask(half, ada.Email);
        }
        await using var second = await RealApp.Start(o => o.DataFolder = folder.FullName);
        (await Again(second, ada.Browser).Get("/console/staff")).Status.ShouldBe(200);
        var going = Again(second, half);
        (await going.Submit(await going.Get(StaffWalk.StepPath), "/code-tries", ("code", (await StaffWalk.MailedCode(second, ada.Email))!))).Status.ShouldBe(303);
    }

    [Fact]
    public async Task Without_its_key_the_host_does_not_start_and_another_key_reads_no_cookie()
    {
        Colleague ada;
        await using (var first = await RealApp.Start(o => o.DataFolder = folder.FullName)) ada = await StaffWalk.SetUp(first);
        File.Delete(Path.Combine(folder.FullName, "keys", "host.key"));
        (await Should.ThrowAsync<InvalidOperationException>(() => RealApp.Start(o => o.DataFolder = folder.FullName))).Message.ShouldContain("is missing");
        File.Exists(Path.Combine(folder.FullName, "keys", "host.key")).ShouldBeFalse();
        await using var other = await RealApp.Start();
        (await Again(other, ada.Browser).Get("/console")).Status.ShouldBe(303);
    }

    [Fact]
    public async Task No_key_of_the_framework_reaches_a_disk()
    {
        await using var app = await RealApp.Start(o => o.DataFolder = folder.FullName);
        await StaffWalk.SetUp(app);
        app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("a vendor's own use").Protect("x").ShouldNotBeEmpty();
        var repository = app.Services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.XmlRepository!;
        repository.GetAllElements().ShouldNotBeEmpty("the framework keeps its keys here");
        repository.GetType().Name.ShouldBe("KeyRing");
        folder.EnumerateFiles("*.xml", SearchOption.AllDirectories).ShouldBeEmpty();
        folder.EnumerateFiles("host.key", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Sessions_and_mailed_codes_outlive_restarts_and_a_frameworks_ring_that_was_rotated_revoked_or_lost()
    {
        Colleague ada;
        Browser half, reader, asker;
        string room, asked;
        TestHouse house;
        await using (var first = await RealApp.Start(o => (o.Demo, o.DataFolder) = (true, folder.FullName)))
        {
            house = await TestHouse.Build(first, "north", "North");
            using var rep = await house.SignIn(Role.Rep);
            var (link, _) = await house.Share(rep);
            (reader, asker) = (house.Visitor(), house.Visitor());
            (room, asked) = (await house.Enter(reader, link), await TestHouse.Ask(asker, link, "bo@acme.com"));
            Rotate(first);
            (await reader.Get(room)).Text.ShouldContain("North audit report");
        }
        await using (var setUp = await RealApp.Start(o => o.DataFolder = folder.FullName))
        {
            ada = await StaffWalk.SetUp(setUp, "North", host: null, email: "ada@north.example");
            half = StaffWalk.Platform(setUp);
            await StaffWalk.Ask(half, ada.Email);
            Rotate(setUp);
            (await ada.Browser.Get("/console/staff")).Status.ShouldBe(200);
        }
        await using var last = await RealApp.Start(o => o.DataFolder = folder.FullName); // its ring knows none of the keys before
        Rotate(last);
        (await Again(last, ada.Browser).Get("/console/staff")).Status.ShouldBe(200);
        var going = Again(last, half);
        (await going.Submit(await going.Get(StaffWalk.StepPath), "/code-tries", ("code", (await StaffWalk.MailedCode(last, ada.Email))!))).Status.ShouldBe(303);
        (await Again(last, reader, "north.localhost").Get(room)).Text.ShouldContain("North audit report");
        var next = Again(last, asker, "north.localhost");
        (await next.Submit(await next.Get(asked), "/code-tries", ("code", (await house.In(last).Code("bo@acme.com"))!))).Status.ShouldBe(303);
        (await next.Get(asked)).Text.ShouldContain("agreement");
    }

    private static void Rotate(RealApp app)
    {
        var ring = app.Services.GetRequiredService<IKeyManager>();
        ring.CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90));
        ring.RevokeAllKeys(DateTimeOffset.UtcNow, "a test");
    }

    [Fact]
    public async Task A_cookie_with_one_bit_changed_is_no_cookie()
    {
        await using var app = await RealApp.Start(o => o.DataFolder = folder.FullName);
        var ada = await StaffWalk.SetUp(app);
        var good = ada.Browser.Cookies["__Host-staff"];
        using var browser = StaffWalk.Platform(app);
        foreach (var at in Enumerable.Range(0, good.Length).Where(n => n % 7 == 0))
        {
            browser.Cookies["__Host-staff"] = string.Concat(good.AsSpan(0, at), good[at] == 'A' ? "B" : "A", good.AsSpan(at + 1));
            (await browser.Get("/console")).Status.ShouldBe(303, $"at {at}");
        }
        browser.Cookies["__Host-staff"] = ada.Browser.Cookies["__Host-sign-in"]; // sealed by the same key, for something else
        (await browser.Get("/console")).Status.ShouldBe(303);
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(SealedTicket(app, StaffSession.Scheme, good).Principal.Claims, StaffSession.Scheme)), StaffSession.Scheme);
        browser.Cookies["__Host-staff"] = new SealedTickets(app.Services.GetRequiredService<HostKeys>(), "another kind").Protect(ticket);
        (await browser.Get("/console")).Status.ShouldBe(303, "a ticket of another kind");
        browser.Cookies["__Host-staff"] = System.Buffers.Text.Base64Url.EncodeToString(app.Services.GetRequiredService<HostKeys>().Seal(TicketSerializer.Default.Serialize(ticket)));
        (await browser.Get("/console")).Status.ShouldBe(303, "a ticket that says no kind");
        browser.Cookies["__Host-staff"] = good;
        (await browser.Get("/console")).Status.ShouldBe(200);
    }

    private static AuthenticationTicket SealedTicket(RealApp app, string scheme, string cookie) => new SealedTickets(app.Services.GetRequiredService<HostKeys>(), scheme).Unprotect(cookie)!;

    private static Browser Again(RealApp app, Browser before, string host = "console.localhost")
    {
        var browser = new Browser(app, host);
        foreach (var (name, value) in before.Cookies) browser.Cookies[name] = value;
        return browser;
    }
}
