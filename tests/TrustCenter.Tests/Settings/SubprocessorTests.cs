using TrustCenter.Staff;
using TrustCenter.Subprocessors;

namespace TrustCenter.Tests.Settings;

/// <summary>The list of subprocessors: proposed by one, approved by another, announced before it holds.</summary>
public sealed class SubprocessorTests : IAsyncLifetime
{
    private RealApp app = null!;
    private TestHouse house = null!;
    private Browser editor = null!, approver = null!, visitor = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start(o => o.Demo = true);
        app.Clock.Set(new DateTimeOffset(2027, 2, 1, 9, 0, 0, TimeSpan.Zero));
        house = await TestHouse.Build(app, "alpha", "Alpha Records");
        (editor, approver, visitor) = (await house.SignIn(Role.Editor), await house.SignIn(Role.Approver), house.Visitor());
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_new_subprocessor_is_announced_with_its_day_and_begins_on_it()
    {
        (await editor.Get("/console/subprocessors/new")).Dom.QuerySelector("#f-since")!.GetAttribute("value").ShouldBe("2027-03-03", "thirty days from today");
        await Propose(("name", "Alder Hosting"), ("purpose", "Hosts backups"), ("location", "Germany"), ("since", "2027-03-01"));
        (await visitor.Get("/subprocessors")).Text.ShouldNotContain("Alder", Case.Insensitive, "a proposal is no public word");

        (await Approve()).Status.ShouldBe(303);

        var page = Text(await visitor.Get("/subprocessors"));
        page.ShouldContain("from 1 March 2027");
        page.ShouldContain("announced 1 February 2027");
        var json = (await visitor.Get("/trust.json")).Text;
        json.ShouldContain("\"since\": \"2027-03-01\"");
        json.ShouldContain("\"announced\": \"2027-02-01\"");
        app.Clock.Set(new DateTimeOffset(2027, 3, 1, 9, 0, 0, TimeSpan.Zero));
        await app.Compiled(house.Scope);
        Text(await visitor.Get("/subprocessors")).ShouldNotContain("from 1 March 2027");
    }

    [Fact]
    public async Task Who_leaves_has_a_last_day_and_stays_on_the_page_as_a_former_one()
    {
        var id = await Propose(("name", "Birch Mail"), ("purpose", "Sends mail"), ("since", "2026-01-01"));
        await Approve();
        await Propose($"/console/subprocessors/{id}", ("until", "2027-02-28"));
        await Approve();
        Text(await visitor.Get("/subprocessors")).ShouldContain("until 28 February 2027");
        app.Clock.Set(new DateTimeOffset(2027, 3, 1, 9, 0, 0, TimeSpan.Zero));
        await app.Compiled(house.Scope);
        var page = await visitor.Get("/subprocessors");
        page.Dom.QuerySelector("table").ShouldBeNull();
        page.Dom.QuerySelector("details.many")!.TextContent.ShouldContain("Birch Mail");
        var list = (await app.Engine.Read<SubprocessorList>(house.Scope.Id<SubprocessorList>(SubprocessorList.Only)))!;
        list.Versions!.Count.ShouldBe(2);
        list.Versions[0].Changed.Single().Until.ShouldBeNull("what was published stays");
    }

    [Fact]
    public async Task Nobody_approves_what_he_worked_on_nor_what_he_did_not_read()
    {
        await Propose(("name", "Alder Hosting"), ("purpose", "Hosts backups"), ("since", "2027-03-01"));
        await house.Decide(house.StaffId(Role.Legal), new SetStaffMember { Id = Guid.NewGuid(), Name = "Bea Both", Roles = [Role.Editor, Role.Approver] });
        var both = await house.SignIn(Role.Legal);
        var read = await approver.Get("/console/subprocessors");
        Text(await approver.Get("/console")).ShouldContain("The list of subprocessorswaits for your approval");
        await Propose(both, "/console/subprocessors/new", ("name", "Birch Mail"), ("purpose", "Sends mail"), ("since", "2027-03-01"));

        (await both.Post("/console/subprocessors/publications", ("stamp", await Stamp(both)), ("edit", "2"))).Text.ShouldContain("The approver must be someone other than the author.");
        (await approver.Submit(read, "/publications")).Status.ShouldBe(409);
        (await visitor.Get("/subprocessors")).Text.ShouldNotContain("Alder Hosting");
        (await approver.Submit(await approver.Get("/console/subprocessors"), "/returns", ("comment", "Say where."))).Status.ShouldBe(303);
        (await editor.Get("/console/subprocessors")).Text.ShouldContain("Say where.");
        (await approver.Post("/console/subprocessors/publications", ("stamp", await Stamp(approver)), ("edit", "2"))).Status.ShouldBe(422);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_kept_as_typed()
    {
        var page = await editor.Get("/console/subprocessors/new");
        var refused = await editor.Submit(page, "/console/subprocessors", ("name", ""), ("purpose", ""), ("website", "javascript:alert(1)"), ("since", "2027-03-01"), ("until", "2027-02-01"));
        refused.Status.ShouldBe(422);
        refused.Dom.QuerySelectorAll(".errors a").Select(a => a.GetAttribute("href")).ShouldBe(["#f-name", "#f-purpose", "#f-website", "#f-until"]);
        refused.Dom.QuerySelector("#f-website")!.GetAttribute("value").ShouldBe("javascript:alert(1)");
    }

    [Fact, Trait("Case", "T-105")]
    public async Task An_import_of_the_same_list_changes_nothing_and_keeps_what_was_announced()
    {
        var entry = new Subprocessor(Guid.NewGuid(), "Alder Hosting", "Hosting", "Germany", "", [], new DateOnly(2027, 5, 1));
        for (var times = 0; times < 2; times++) await house.Decide(SubprocessorList.Only, new PublishSubprocessors { Id = Guid.NewGuid(), Entries = [entry] });
        var list = (await app.Engine.Read<SubprocessorList>(house.Scope.Id<SubprocessorList>(SubprocessorList.Only)))!;
        list.Version.ShouldBe(1);
        list.Entries[0].Announced.ShouldBe(new DateOnly(2027, 2, 1));
    }

    private Task<Guid> Propose(params (string, string)[] typed) => Propose(editor, "/console/subprocessors/new", typed);

    private Task<Guid> Propose(string path, params (string, string)[] typed) => Propose(editor, path, typed);

    private async Task<Guid> Propose(Browser by, string path, params (string, string)[] typed)
    {
        var answer = await by.Submit(await by.Get(path), path.Replace("/new", "", StringComparison.Ordinal), typed);
        answer.Status.ShouldBe(303, answer.Text);
        return (await app.Engine.Read<SubprocessorList>(house.Scope.Id<SubprocessorList>(SubprocessorList.Only)))!.Working[^1].Id;
    }

    private async Task<Answer> Approve() => await approver.Submit(await approver.Get("/console/subprocessors"), "/publications");

    private static async Task<string> Stamp(Browser staff) => (await staff.Get("/console")).Dom.QuerySelector("input[name=stamp]")!.GetAttribute("value")!;

    private static string Text(Answer page) => string.Join(' ', page.Dom.QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
