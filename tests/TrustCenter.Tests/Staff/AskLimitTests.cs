using System.Net;
using Microsoft.AspNetCore.Http;
using TrustCenter.Host;
using TrustCenter.Links;
using TrustCenter.Mail;
using TrustCenter.Prospects;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Tests.Staff;

/// <summary>How often codes may be asked for, and by whom it is counted.</summary>
[Trait("Case", "T-012")]
public sealed class AskLimitTests
{
    [Fact]
    public async Task A_network_that_asks_too_often_is_told_so_and_others_go_on()
    {
        await using var app = await RealApp.Start(o => (o.MostCodesPerNetwork, o.Demo) = (6, true));
        var house = await Behind(app);
        var (link, _) = await house.Share(await house.SignIn(Role.Rep), ("domains", "acme.com"));
        for (var n = 0; n < 6; n++) (await Ask(house, link, $"p{n}@acme.com", "203.0.113.9")).Status.ShouldBe(303);
        foreach (var email in new[] { "new@acme.com", "new@elsewhere.example", "p0@acme.com" }) // on the list, not on it, asked before
        {
            var refused = await Ask(house, link, email, "203.0.113.9");
            refused.Status.ShouldBe(429);
            refused.Text.ShouldContain("Wait a quarter of an hour");
        }
        (await house.Code("new@acme.com")).ShouldBeNull();
        (await Ask(house, link, "new@acme.com", "203.0.113.10")).Status.ShouldBe(303);
        (await house.Code("new@acme.com")).ShouldNotBeNull();
        app.Clock.Advance(AskLimits.Window + TimeSpan.FromSeconds(1));
        (await Ask(house, link, "new@acme.com", "203.0.113.9")).Status.ShouldBe(303);
    }

    [Fact]
    public async Task A_link_holder_cannot_use_up_another_persons_codes()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await Behind(app);
        var (link, _) = await house.Share(await house.SignIn(Role.Rep), ("domains", "acme.com"));
        for (var n = 0; n < AskLimits.MostPerAddressAndNetwork; n++) (await Ask(house, link, "ana@acme.com", "203.0.113.9")).Status.ShouldBe(303);
        var refused = await Ask(house, link, "ana@acme.com", "203.0.113.9");
        refused.Status.ShouldBe(429); // not in silence
        (await Ask(house, link, "ana@acme.com", "198.51.100.7")).Status.ShouldBe(303); // she asks from elsewhere
        // Addresses that get no mail take nothing from those that do.
        for (var n = 0; n < 60; n++) (await Ask(house, link, $"x{n}@elsewhere.example", $"203.0.113.{20 + n}")).Status.ShouldBe(303);
        (await Ask(house, link, "bo@acme.com", "198.51.100.8")).Status.ShouldBe(303);
        (await house.Code("bo@acme.com")).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_counters_survive_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("trust-center-");
        try
        {
            void Settings(TrustCenterOptions o) => (o.DataFolder, o.MostCodesPerNetwork) = (folder.FullName, 3);
            await using (var first = await RealApp.Start(Settings))
                for (var n = 0; n < 3; n++) (await StaffWalk.Ask(StaffWalk.Platform(first), $"p{n}@acme.com")).Status.ShouldBe(303);
            await using var second = await RealApp.Start(Settings);
            (await StaffWalk.Ask(StaffWalk.Platform(second), "p4@acme.com")).Status.ShouldBe(429);
        }
        finally { folder.Delete(recursive: true); }
    }

    [Fact]
    public async Task Two_hundred_wishes_at_once_are_counted_exactly()
    {
        await using var app = await RealApp.Start(o => o.MostCodesPerNetwork = 20);
        using var browser = StaffWalk.Platform(app);
        var (action, fields) = Browser.FormOf(await browser.Get("/console/sign-in"), "/console/sign-ins");
        var taken = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (n, _) =>
        {
            using var one = StaffWalk.Platform(app);
            if ((await one.Post(action, [.. fields.Where(f => f.Name is not ("email" or "command")), ("email", $"p{n}@acme.com"), ("command", Guid.NewGuid().ToString())])).Status == 303) Interlocked.Increment(ref taken);
        });
        taken.ShouldBe(20);
    }

    [Fact]
    public async Task Known_and_unknown_staff_are_limited_alike()
    {
        await using var app = await RealApp.Start();
        var ada = await StaffWalk.SetUp(app);
        foreach (var email in new[] { ada.Email, "no@northwind.example" })
        {
            for (var n = 0; n < AskLimits.MostPerAddressAndNetwork; n++) (await StaffWalk.Ask(StaffWalk.Platform(app), email)).Status.ShouldBe(303);
            (await StaffWalk.Ask(StaffWalk.Platform(app), email)).Status.ShouldBe(429);
        }
    }

    [Fact]
    public async Task A_flood_of_addresses_at_the_staffs_sign_in_closes_it_for_nobody_else()
    {
        await using var app = await RealApp.Start();
        var ada = await StaffWalk.SetUp(app);
        using var browser = StaffWalk.Platform(app);
        var (action, fields) = Browser.FormOf(await browser.Get("/console/sign-in"), "/console/sign-ins");
        for (var n = 0; n <= AskLimits.MostPerPlace; n++)
            (await browser.Post(action, [.. fields.Where(f => f.Name is not ("email" or "command")), ("email", $"p{n}@acme.com"), ("command", Guid.NewGuid().ToString())])).Status.ShouldBe(303);
        (await StaffWalk.Ask(StaffWalk.Platform(app), ada.Email)).Status.ShouldBe(303);
    }

    [Fact]
    public async Task An_office_behind_one_address_begins_single_sign_on_beside_its_mailed_codes()
    {
        await using var issuer = await Issuer.Start();
        await using var app = await WithProvider(issuer);
        for (var n = 0; n < 40; n++)
        {
            using var colleague = StaffWalk.Platform(app);
            (await ProviderWalk.Leave(colleague)).ShouldStartWith(issuer.Authority);
        }
        using var asking = StaffWalk.Platform(app);
        for (var n = 0; n < app.Options.MostCodesPerNetwork; n++) (await StaffWalk.Ask(asking, $"p{n}@acme.com")).Status.ShouldBe(303);
        (await StaffWalk.Ask(asking, "late@acme.com")).Status.ShouldBe(429);
        (await ProviderWalk.Leave(asking)).ShouldStartWith(issuer.Authority); // codes that are used up keep nobody from it
    }

    [Fact]
    public async Task A_flood_of_single_sign_ons_is_refused_and_others_go_on()
    {
        await using var issuer = await Issuer.Start();
        await using var app = await WithProvider(issuer);
        app.Options.TrustedProxies.Add("127.0.0.1");
        using var browser = StaffWalk.Platform(app);
        var (action, fields) = Browser.FormOf(await browser.Get("/console/sign-in"), "/sign-in/providers", ("provider", "Entra ID"));
        Task<Answer> Press(string from) => browser.Send(HttpMethod.Post, action, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), ("Origin", browser.Origin), ("X-Forwarded-For", from));
        for (var n = 0; n < AskFlood.MostSignIns; n++) (await Press("203.0.113.9")).Status.ShouldBe(200, $"number {n}");
        browser.Cookies.Clear();

        var refused = await Press("203.0.113.9");

        refused.Status.ShouldBe(429);
        refused.Text.ShouldContain("Too many sign-ins were begun");
        browser.Cookies.ShouldBeEmpty();
        (await Press("203.0.113.10")).Status.ShouldBe(200);
        app.Clock.Advance(AskLimits.Window + TimeSpan.FromSeconds(1));
        (await Press("203.0.113.9")).Status.ShouldBe(200);
    }

    private static Task<RealApp> WithProvider(Issuer issuer)
        => RealApp.Start((options, prepare) => Serving.Build(issuer.Settings("northwind"), options, prepare), o => o.MostCodesPerNetwork = new TrustCenterOptions().MostCodesPerNetwork);

    [Theory]
    [InlineData("10.0.0.1", "", "203.0.113.9", "10.0.0.1")] // nobody is trusted: the header is a rumour
    [InlineData("10.0.0.1", "10.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.1", "10.0.0.0/24", "1.2.3.4, 203.0.113.9", "203.0.113.9")] // what the client wrote itself stands further left
    [InlineData("10.0.0.1", "10.0.0.0/24", "1.2.3.4, 203.0.113.9, 10.0.0.7", "203.0.113.9")] // two proxies
    [InlineData("10.0.0.1", "10.0.0.0/24", "203.0.113.9:4711", "203.0.113.9")]
    [InlineData("10.0.0.1", "10.0.0.0/24", "[2001:db8::7]:4711", "2001:db8::7")]
    [InlineData("10.0.0.1", "10.0.0.0/24", "unknown", "10.0.0.1")]
    [InlineData("10.0.0.1", "10.0.0.0/24", "", "10.0.0.1")]
    [InlineData("203.0.113.5", "10.0.0.0/24", "10.0.0.1", "203.0.113.5")] // who is no proxy forwards nothing
    [InlineData("::ffff:10.0.0.1", "10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9")]
    public void The_true_peer_is_the_last_whom_a_proxy_of_ours_saw(string from, string trusted, string header, string peer)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(from);
        if (header.Length > 0) context.Request.Headers["X-Forwarded-For"] = header;
        var options = new TrustCenterOptions();
        if (trusted.Length > 0) options.TrustedProxies.Add(trusted);
        Peer.Of(context, options).ToString().ShouldBe(peer);
    }

    [Fact]
    public void One_subscriber_of_IPv6_is_one_network()
    {
        Peer.NetworkOf(IPAddress.Parse("2001:db8:1:2::1")).ShouldBe(Peer.NetworkOf(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Peer.NetworkOf(IPAddress.Parse("2001:db8:1:3::1")).ShouldNotBe(Peer.NetworkOf(IPAddress.Parse("2001:db8:1:2::1")));
        Peer.NetworkOf(IPAddress.Parse("203.0.113.9")).ShouldNotBe(Peer.NetworkOf(IPAddress.Parse("203.0.113.10")));
    }

    [Fact]
    public async Task A_forged_header_changes_no_count()
    {
        await using var app = await RealApp.Start(o => o.MostCodesPerNetwork = 3);
        using var browser = StaffWalk.Platform(app);
        var (action, fields) = Browser.FormOf(await browser.Get("/console/sign-in"), "/console/sign-ins");
        for (var n = 0; n < 5; n++)
        {
            var body = new FormUrlEncodedContent(fields.Where(f => f.Name is not ("email" or "command")).Append(("email", $"p{n}@acme.com")).Append(("command", Guid.NewGuid().ToString())).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
            (await browser.Send(HttpMethod.Post, action, body, ("Origin", browser.Origin), ("X-Forwarded-For", $"203.0.113.{n}"), ("X-Real-IP", $"203.0.113.{n}"), ("Forwarded", $"for=203.0.113.{n}"))).Status.ShouldBe(n < 3 ? 303 : 429);
        }
    }

    // Loopback is the proxy, so that a test can come from many networks. Personas are refused behind one: they only make the link.
    private static async Task<TestHouse> Behind(RealApp app)
    {
        app.Options.TrustedProxies.Add("127.0.0.1");
        return await TestHouse.Build(app, "alpha", "Alpha Records");
    }

    private static async Task<Answer> Ask(TestHouse house, string link, string email, string from)
    {
        using var browser = house.Visitor();
        var (action, fields) = Browser.FormOf(await browser.Get(link), link, ("email", email));
        return await browser.Send(HttpMethod.Post, action, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), ("Origin", browser.Origin), ("X-Forwarded-For", from));
    }
}
