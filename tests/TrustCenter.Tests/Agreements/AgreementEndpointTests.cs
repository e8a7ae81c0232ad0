using TrustCenter.Staff;

namespace TrustCenter.Tests.Agreements;

public sealed class AgreementEndpointTests : IAsyncLifetime
{
    private RealApp app = null!;
    private TestHouse house = null!;
    private Browser legal = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start(o => o.Demo = true);
        house = await TestHouse.Build(app, "alpha", "Alpha Records");
        await house.Decide(house.StaffId(Role.Legal), new SetStaffMember { Id = Guid.NewGuid(), Name = "Lea Gall", Roles = [Role.Legal] });
        legal = await house.SignIn(Role.Legal);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact, Trait("Case", "T-033")]
    public async Task A_version_published_in_the_console_closes_open_rooms_until_it_is_accepted()
    {
        var (link, _) = await house.Share(await house.SignIn(Role.Rep));
        using var prospect = house.Visitor();
        var room = await house.Enter(prospect, link);

        var answer = await legal.Submit(await legal.Get("/console/agreement"), "/console/agreement/versions", ("body", "A *stricter* text."));

        answer.Location.ShouldBe("/console/agreement");
        (await prospect.Get(room)).Dom.QuerySelector(".agreement")!.TextContent.ShouldContain("A stricter text.");
        (await legal.Get("/console/agreement/versions/1")).Text.ShouldContain(TestHouse.AgreementBody);
        (await legal.Get("/console/agreement")).Dom.QuerySelector("main")!.TextContent.ShouldContain("1 visit has accepted a version so far");
    }

    [Fact]
    public async Task A_look_before_publishing_changes_nothing_and_keeps_what_was_typed()
    {
        var shown = await legal.Submit(await legal.Get("/console/agreement"), "/console/agreement/versions", ("body", "# One\n\nA <b>look</b>."));
        shown.Status.ShouldBe(303);
        var (_, fields) = Browser.FormOf(await legal.Get("/console/agreement"), "/console/agreement/versions", ("body", "# Two\n\nA <b>look</b>."));

        var preview = await legal.Post("/console/agreement/previews", [.. fields]);

        preview.Dom.QuerySelector(".preview .agreement")!.TextContent.ShouldContain("A <b>look</b>.");
        preview.Dom.QuerySelector("textarea[name=body]")!.TextContent.ShouldContain("# Two");
        (await legal.Get("/console/agreement")).Dom.QuerySelector(".agreement")!.TextContent.ShouldContain("One");
    }

    [Fact]
    public async Task Two_writers_from_one_version_get_one_version_and_one_conflict_with_both_texts()
    {
        var (first, second) = (await legal.Get("/console/agreement"), await legal.Get("/console/agreement"));
        (await legal.Submit(first, "/console/agreement/versions", ("body", "What the first wrote."))).Status.ShouldBe(303);

        var conflict = await legal.Submit(second, "/console/agreement/versions", ("body", "What the second wrote."));

        conflict.Status.ShouldBe(409);
        conflict.Dom.QuerySelector("textarea[name=body]")!.TextContent.ShouldContain("What the second wrote.");
        conflict.Dom.QuerySelector(".errors a")!.GetAttribute("href").ShouldBe("/console/agreement/versions/2");
    }

    [Fact]
    public async Task A_rep_reads_the_agreement_and_cannot_change_it()
    {
        var rep = await house.SignIn(Role.Rep);

        var page = await rep.Get("/console/agreement");

        page.Text.ShouldContain(TestHouse.AgreementBody);
        page.Dom.QuerySelector("form[action$='/versions']").ShouldBeNull();
        (await rep.Get("/console/links")).Dom.QuerySelector("a[href='/console/agreement']").ShouldNotBeNull();
    }
}
