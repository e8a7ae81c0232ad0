using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Links;
using TrustCenter.Staff;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Abuse;

/// <summary>Whoever leaves a link's list is out of the room, wherever in it he is (T-018); no way of making a link goes past the vendor's rules (T-026).</summary>
public sealed class ListTests : IAsyncLifetime
{
    private RealApp app = null!;
    private TestHouse house = null!;
    private Browser rep = null!, admin = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start(o => o.Demo = true);
        house = await TestHouse.Build(app, "north", "North Records");
        (rep, admin) = (await house.SignIn(Role.Rep), await house.SignIn(Role.Admin));
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact, Trait("Case", "T-018")]
    public async Task Taking_an_address_off_the_list_ends_its_session_on_this_link_at_once_and_no_other()
    {
        var (link, id) = await house.Share(rep);
        var (other, _) = await house.Share(rep);
        using var ana = house.Visitor();
        using var bo = house.Visitor();
        var (anas, bos) = (await house.Enter(ana, link), await house.Enter(bo, link, "bo@acme.com"));
        var elsewhere = await house.Enter(ana, other);
        var file = await TestHouse.Download(ana, anas, house.Report.ToString());
        using var waiting = house.Visitor();
        var asked = await TestHouse.Ask(waiting, link);
        var code = (await house.Code())!;

        await Change(id, ["bo@acme.com"]);

        foreach (var path in new[] { anas, file })
        {
            (await ana.Get(path)).Fingerprint.ShouldBe((await ana.Get("/never")).Fingerprint, path);
            (await ana.Get(path, ("Range", "bytes=0-9"))).Status.ShouldBe(404);
        }
        await waiting.Submit(await waiting.Get(asked), "/code-tries", ("code", code));
        (await waiting.Get(asked)).Status.ShouldBe(404, "a code that was under way opens nothing any more");
        (await bo.Get(bos)).Status.ShouldBe(200);
        (await ana.Get(elsewhere)).Status.ShouldBe(200);
        using var again = house.Visitor();
        await TestHouse.Ask(again, link);
        (await house.Code()).ShouldBe(code, "whoever is off the list gets no mail");
    }

    [Fact, Trait("Case", "T-018")]
    public async Task Taking_a_domain_off_the_list_ends_a_running_download_within_a_second()
    {
        var document = Guid.NewGuid();
        using var content = new MemoryStream(LargePdf.Of(10 * 1024 * 1024));
        var taken = (await app.Services.GetRequiredService<EvidenceIntake>().Take(house.Scope, new EvidenceDescription { Title = "Large", Kind = EvidenceKind.Other, Class = EvidenceClass.OnRequest }, content, "large.pdf", false, default)).ShouldBeOfType<IntakeResult.Taken>();
        await house.Decide(document, new UploadEvidence { Id = Guid.NewGuid(), Version = taken.Version, Files = taken.Files }, house.StaffId(Role.Editor));
        await house.Decide(document, new ApproveEvidence { Id = Guid.NewGuid(), Sha = taken.Version.File.Sha }, house.StaffId(Role.Approver));
        var (link, id) = await house.Share(rep, ("people", "bo@acme.com"), ("domains", "acme.com"), ("documents", document.ToString()), ("agreement", ""));
        using var ana = house.Visitor();
        var room = await house.Enter(ana, link);
        var file = await TestHouse.Download(ana, room, document.ToString());
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 32 * 1024 };
        await socket.ConnectAsync(IPAddress.Loopback, app.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(AbuseHouse.Request("GET", file, "north.localhost", $"Cookie: {string.Join("; ", ana.Cookies.Select(c => $"{c.Key}={c.Value}"))}\r\n")));
        var buffer = new byte[8 * 1024];
        for (var read = 0; read < 200 * 1024;) read += await Receive(socket, buffer);

        await Change(id, ["bo@acme.com"], domains: "");

        var after = 0L;
        for (int read; (read = await Receive(socket, buffer)) > 0;) after += read;
        after.ShouldBeLessThanOrEqualTo(1024 * 1024 + 512 * 1024); // what one question allows, and what the sockets held already
        (await ana.Get(room)).Status.ShouldBe(404);
        (await ana.Get(file)).Status.ShouldBe(404);
    }

    // A connection that is cut off ends too.
    private static async Task<int> Receive(Socket socket, byte[] buffer)
    {
        try { return await socket.ReceiveAsync(buffer); }
        catch (SocketException) { return 0; }
    }

    [Fact, Trait("Case", "T-018")]
    public async Task Changing_the_list_adds_people_and_keeps_the_rest_and_the_page_says_what_is_wrong()
    {
        var (link, id) = await house.Share(rep);
        var page = await rep.Get($"/console/links/{id}/people");
        page.Dom.QuerySelector("main")!.TextContent.ShouldContain("ana@acme.com");
        var refused = await rep.Submit(page, "/people", ("people", "nobody"), ("domains", "gmail.com"));
        refused.Status.ShouldBe(422);
        refused.Dom.QuerySelector("#f-people")!.TextContent.Trim().ShouldBe("nobody");
        refused.Dom.QuerySelectorAll(".errors li").Length.ShouldBe(2);
        await Change(id, ["ana@acme.com", "bo@acme.com"], add: "cy@acme.com\nana@acme.com");

        var stands = (await app.Engine.Read<ShareLink>(house.Scope.Id<ShareLink>(id)))!;
        stands.People.Count.ShouldBe(3);
        using var cy = house.Visitor();
        await house.Enter(cy, link, "cy@acme.com");
        (await rep.Submit(await rep.Get($"/console/links/{id}/people"), "/people", ("domains", ""), ("keep", ""))).Status.ShouldBe(422, "a link for nobody");
    }

    [Fact, Trait("Case", "T-026")]
    public async Task No_link_outlives_the_vendors_limit_nor_goes_without_the_agreement_that_he_demands()
    {
        await Set(("defaultDays", "7"), ("mostDays", "14"), ("agreement", "yes"));
        var form = await rep.Get("/console/links/new");
        form.Dom.QuerySelector("#f-expires")!.GetAttribute("value").ShouldBe(app.Clock.Today.AddDays(7).ToString("yyyy-MM-dd"));
        (string, string)[] good = [("account", "Acme"), ("people", "ana@acme.com"), ("documents", house.Policy.ToString()), ("summary", ""), ("agreement", "yes")];

        async Task<Answer> Make(params (string Name, string Value)[] other) => await rep.Submit(form, "/console/links", [("command", Guid.CreateVersion7().ToString()), .. good.Where(g => other.All(o => o.Name != g.Item1)), .. other]);

        (await Make(("expires", app.Clock.Today.AddDays(15).ToString("yyyy-MM-dd")))).Text.ShouldContain("A link lives at most 14 days here.");
        (await Make(("agreement", ""))).Text.ShouldContain("Every link needs the agreement here.");
        (await Make(("expires", app.Clock.Today.AddDays(14).ToString("yyyy-MM-dd")))).Status.ShouldBe(303);
        (await Make(("expires", ""))).Status.ShouldBe(303);
        // The decision itself refuses, whoever asks it.
        var rules = (await app.Engine.Settings(house.Scope)).Links;
        var link = new ShareLink { Account = "Acme", Domains = ["acme.com"], Expires = app.Clock.GetUtcNow().AddDays(15), Owner = house.StaffId(Role.Rep), Created = app.Clock.GetUtcNow(), TokenHash = ShareLink.HashOf("x") };
        new CreateLink { Id = Guid.NewGuid(), Link = link, People = [], Rules = rules }.Decide(null, Actor.Staff(link.Owner), app.Clock.GetUtcNow()).Fields().ShouldBe(["expires", "agreement"]);
    }

    [Fact, Trait("Case", "T-026")]
    public async Task Who_may_revoke_but_not_share_takes_people_off_and_adds_nobody()
    {
        var (_, id) = await house.Share(rep);
        var page = await admin.Get($"/console/links/{id}/people");
        foreach (var (field, value) in new[] { ("people", "cy@acme.com"), ("domains", "acme.com") }) (await admin.Submit(page, "/people", (field, value))).Status.ShouldBe(422, field);
        var keep = page.Dom.QuerySelector("input[name=keep]")!.GetAttribute("value")!;
        (await admin.Submit(page, "/people", ("keep", keep))).Status.ShouldBe(303);
        (await app.Engine.Read<ShareLink>(house.Scope.Id<ShareLink>(id)))!.People.Count.ShouldBe(1);
    }

    [Fact, Trait("Case", "T-026")]
    public async Task A_limit_beyond_the_houses_own_is_refused()
    {
        var page = await admin.Get("/console/settings/defaults");
        var answer = await admin.Submit(page, "/defaults", ("mostDays", "181"));
        answer.Status.ShouldBe(422);
        answer.Dom.QuerySelector("#f-mostDays")!.GetAttribute("value").ShouldBe("181");
    }

    private async Task Set(params (string, string)[] typed) => (await admin.Submit(await admin.Get("/console/settings/defaults"), "/defaults", typed)).Status.ShouldBe(303);

    private async Task Change(Guid link, string[] keep, string? domains = null, string add = "")
    {
        var page = await rep.Get($"/console/links/{link}/people");
        var kept = page.Dom.QuerySelectorAll("input[name=keep]").Where(i => keep.Contains(i.ParentElement!.TextContent.Trim())).Select(i => ("keep", i.GetAttribute("value")!));
        (string, string)[] typed = [.. kept, ("people", add), .. domains is null ? Array.Empty<(string, string)>() : [("domains", domains)]];
        (await rep.Submit(page, "/people", typed)).Status.ShouldBe(303);
    }
}
