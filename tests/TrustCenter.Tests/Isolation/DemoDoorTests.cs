using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Tests.Isolation;

/// <summary>Personas are for one machine: no proxy, no other address, no other start may lend them to anybody.</summary>
[Collection(StageGroup.Name)]
public sealed class DemoDoorTests(Stage stage)
{
    public static TheoryData<string> Forwarding => ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Server", "X-Real-IP", "X-Original-Host"];

    [Theory]
    [MemberData(nameof(Forwarding))]
    public async Task What_was_forwarded_finds_no_persona(string header)
    {
        var nothing = (await stage.NewPlatform().Get("/never/was")).Fingerprint;
        foreach (var route in stage.Routes.Where(r => r.Guard!.Reader == Reader.Demo))
        {
            var call = await Rows.Of(route.Name).Own(stage);
            (await call.Send(route, call.By, call.Values, (header, "203.0.113.9"))).Fingerprint.ShouldBe(nothing, route.Name);
            call.By.Cookies.ShouldBeEmpty();
        }
        (await stage.NewPlatform().Get("/console/sign-in", (header, "203.0.113.9"))).Dom.QuerySelector("form[action$='/console/sessions']").ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Forwarding))]
    public async Task A_personas_session_does_not_work_through_a_proxy(string header)
    {
        var admin = await stage.Staff(Role.Admin);
        (await admin.Get("/console/journal")).Status.ShouldBe(200);
        var forwarded = await admin.Get("/console/journal", (header, "203.0.113.9"));
        forwarded.Status.ShouldBe(303);
        forwarded.Location!.ShouldStartWith("/console/sign-in");
        (await admin.Get("/mailbox", (header, "203.0.113.9"))).Status.ShouldBe(404);
    }

    [Fact]
    public void Only_this_machine_may_choose_a_persona()
    {
        var demo = stage.App.Services.GetRequiredService<DemoStaff>();
        bool IsAllowed(string? from, string host)
        {
            var context = new DefaultHttpContext();
            context.Connection.RemoteIpAddress = from is null ? null : IPAddress.Parse(from);
            context.Request.Host = new HostString(host);
            return demo.IsAllowed(context);
        }
        foreach (var near in new[] { "127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1" }) IsAllowed(near, "console.localhost").ShouldBeTrue(near);
        foreach (var far in new[] { "10.0.0.4", "192.168.1.2", "203.0.113.9", "fe80::1", "::ffff:10.0.0.4", "0.0.0.0", null }) IsAllowed(far, "console.localhost").ShouldBeFalse(far);
        foreach (var host in new[] { "console.example.com", "localhost", "console.localhost.example.com", "consolelocalhost", "127.0.0.1", "" }) IsAllowed("127.0.0.1", host).ShouldBeFalse(host);
    }

    [Fact]
    public async Task Without_the_demo_there_are_no_personas_and_their_old_sessions_are_over()
    {
        var folder = Directory.CreateTempSubdirectory("trust-center-");
        try
        {
            Dictionary<string, string> cookies;
            await using (var first = await RealApp.Start(o => (o.DataFolder, o.Demo) = (folder.FullName, true)))
                cookies = (await (await TestHouse.Build(first, "alpha", "Alpha Records")).SignIn(Role.Admin)).Cookies;
            await using var second = await RealApp.Start(o => o.DataFolder = folder.FullName);
            using var browser = new Browser(second, "console.localhost");
            foreach (var (name, value) in cookies) browser.Cookies[name] = value;
            var nothing = (await browser.Get("/never/was")).Fingerprint;
            foreach (var route in stage.Routes.Where(r => r.Guard!.Reader == Reader.Demo))
                (await browser.Send(route.Changes ? HttpMethod.Post : HttpMethod.Get, route.Pattern, route.Changes ? new FormUrlEncodedContent([]) : null)).Fingerprint.ShouldBe(nothing, route.Name);
            (await browser.Get("/console/sign-in")).Dom.QuerySelector("form[action$='/console/sessions']").ShouldBeNull();
            (await browser.Get("/console/journal")).Status.ShouldBe(303);
        }
        finally { folder.Delete(recursive: true); }
    }
}
