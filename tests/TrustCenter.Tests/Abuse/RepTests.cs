using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Deals;
using TrustCenter.Evidence;
using TrustCenter.Links;
using TrustCenter.Staff;
using TrustCenter.Tests.Documents;

namespace TrustCenter.Tests.Abuse;

/// <summary>What a rep may not share, and what of a deal stays in the house.</summary>
[Collection(AbuseCases.Name)]
public sealed class RepTests(AbuseHouse house)
{
    [Fact, Trait("Case", "T-026")]
    public async Task A_rep_shares_nothing_that_is_not_published_here_nor_for_too_long()
    {
        var draft = Guid.NewGuid();
        using var content = new MemoryStream(Samples.OnePage());
        var taken = (await house.App.Services.GetRequiredService<EvidenceIntake>().Take(house.North.Scope, new EvidenceDescription { Title = "North draft", Kind = EvidenceKind.Other, Class = EvidenceClass.OnRequest }, content, "draft.pdf", false, default)).ShouldBeOfType<IntakeResult.Taken>();
        await house.North.Decide(draft, new UploadEvidence { Id = Guid.NewGuid(), Version = taken.Version, Files = taken.Files }, house.North.StaffId(Role.Editor));
        var links = await house.Count("select count(*) from link_rows");
        var today = house.App.Clock.Today;
        foreach (var (field, value) in new[] { ("documents", draft.ToString()), ("documents", house.South.Report.ToString()), ("documents", Guid.NewGuid().ToString()), ("documents", "x"), ("expires", today.AddDays(181).ToString("yyyy-MM-dd")), ("expires", "9999-12-31"), ("expires", today.AddDays(-1).ToString("yyyy-MM-dd")), ("deal", Guid.NewGuid().ToString()), ("nextStepAddress", "javascript:alert(1)"), ("nextStepAddress", "http://plain.example/") })
            (await Send((field, value))).Status.ShouldBe(422, $"{field}={value}");
        (await house.Count("select count(*) from link_rows")).ShouldBe(links);
    }

    [Fact, Trait("Case", "T-026")]
    public async Task A_document_under_agreement_asks_for_it_whatever_the_form_says()
    {
        foreach (var agreement in new[] { "", "no", "false" })
        {
            var made = await Send(("documents", house.North.Report.ToString()), ("agreement", agreement));
            made.Status.ShouldBe(303, made.Text);
            var link = (await house.App.Engine.Read<ShareLink>(house.North.Scope.Id<ShareLink>(Guid.Parse(made.Location!.Split('/')[^1]))))!;
            link.NeedsAgreement.ShouldBeTrue();
            (link.Owner, link.Generation, link.Revoked).ShouldBe((house.North.StaffId(Role.Rep), 1, null)); // the form's own words for these are no fields
        }
        // Not under agreement when it was shared, and then it was: nothing of it opens without one.
        var document = Guid.NewGuid();
        await house.North.Document(document, "North changing report", EvidenceClass.OnRequest);
        var guest = await house.Enter((await house.Share(("documents", document.ToString()), ("agreement", ""))).Path);
        var file = await TestHouse.Download(guest.Browser, guest.Room, document.ToString());
        await house.North.Document(document, "North changing report", EvidenceClass.UnderAgreement);
        (await guest.Browser.Get(file)).Status.ShouldBe(404);
        (await guest.Browser.Get(guest.Room)).Text.ShouldNotContain("North changing report");
    }

    [Fact, Trait("Case", "T-026"), Trait("Case", "T-027")]
    public async Task Anothers_link_is_nothing_to_a_rep()
    {
        var (_, id) = await house.Share(("summary", "yes"));
        var later = house.App.Clock.Today.AddDays(90).ToString("yyyy-MM-dd");
        await house.North.Decide(house.North.StaffId(Role.Marketing), new SetStaffMember { Id = Guid.NewGuid(), Name = "Second Rep", Roles = [Role.Rep] });
        using var other = await house.North.SignIn(Role.Marketing);
        using var south = await house.South.SignIn(Role.Rep);
        (await house.Rep.Get($"/console/links/{id}/summary")).Status.ShouldBe(200);
        foreach (var rep in new[] { other, south })
        {
            foreach (var end in new[] { "", "/summary" }) (await rep.Get($"/console/links/{id}{end}")).Fingerprint.ShouldBe((await rep.Get($"/console/links/{Guid.NewGuid()}{end}")).Fingerprint);
            var (_, fields) = Browser.FormOf(await rep.Get("/console/links/new"), "/console/links");
            foreach (var act in new[] { "revocations", "prolongations" }) (await rep.Post($"/console/links/{id}/{act}", [.. fields.Where(f => f.Name != "expires"), ("expires", later)])).Status.ShouldBe(404, act);
            (await rep.Get("/console/links")).Text.ShouldNotContain(id.ToString());
        }
        var link = (await house.App.Engine.Read<ShareLink>(house.North.Scope.Id<ShareLink>(id)))!;
        (link.Revoked, link.Expires < house.App.Clock.GetUtcNow().AddDays(31)).ShouldBe((null, true));
    }

    [Fact, Trait("Case", "T-027")]
    public async Task Every_open_link_is_listed_for_its_owner_and_can_be_revoked()
    {
        using var rep = await house.South.SignIn(Role.Rep);
        var end = house.App.Clock.GetUtcNow().AddDays(1);
        var made = new System.Collections.Concurrent.ConcurrentBag<(string Path, Guid Id)>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 510), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) => made.Add(await AbuseHouse.ShareUntil(house.App, house.South, end, house.South.Architecture)));
        var listed = new System.Text.StringBuilder();
        for (string? path = "/console/links"; path is not null;)
        {
            var page = await rep.Get(path);
            listed.Append(page.Text);
            path = page.Dom.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }
        var all = listed.ToString();
        made.Count(link => !all.Contains(link.Id.ToString(), StringComparison.Ordinal)).ShouldBe(0);

        using var visitor = house.South.Visitor();
        foreach (var (path, id) in made.Take(5))
        {
            var page = await rep.Get($"/console/links/{id}");
            page.Dom.QuerySelector("#f-address")!.GetAttribute("value").ShouldEndWith(path);
            (await visitor.Get(path)).Status.ShouldBe(200);
            (await rep.Submit(page, "/revocations")).Status.ShouldBe(303);
            (await visitor.Get(path)).Status.ShouldBe(404);
        }
    }

    [Fact, Trait("Case", "T-106"), Trait("Case", "T-107")]
    public async Task Amounts_deals_and_room_claims_are_on_no_prospects_page_and_in_no_summary()
    {
        var deal = Guid.NewGuid();
        await house.North.Decide(deal, new SetDeal { Id = Guid.NewGuid(), BasedOn = 0, Words = new DealWords { Account = "Acme Zarquon Account", Domain = "acme.com", Product = "Ledger", Amount = 987_654.32m, Stage = "Negotiating hard", Owner = "Owner Zarquon", Manager = "Manager Zarquon", Region = "Region Zarquon", Factor = new SecurityFactor { Kind = FactorKind.Blocked, Reason = "Reason Zarquon", SaidBy = SaidBy.BuyersWords, Requirement = "Requirement Zarquon" } } }, house.North.StaffId(Role.Rep));
        var (link, id) = await house.Share(("deal", deal.ToString()), ("summary", "yes"));
        var guest = await house.Enter(link);
        var file = await TestHouse.Download(guest.Browser, guest.Room, "summary");
        var pdf = (await guest.Browser.Get(file)).Bytes;
        using var folder = new Folder();
        var summary = folder.Write("summary.pdf", pdf);
        Samples.Run("qpdf", "--stream-data=uncompress", "--object-streams=disable", summary, folder["plain.pdf"]).ExitCode.ShouldBe(0);
        using var visitor = house.North.Visitor();
        var texts = new Dictionary<string, string>
        {
            ["summary"] = Samples.Run("pdftotext", summary, "-").Output, ["summary, every object"] = File.ReadAllText(folder["plain.pdf"], System.Text.Encoding.Latin1), ["summary's facts"] = Samples.Run("pdfinfo", summary).Output,
            ["link"] = (await visitor.Get(link)).Text, ["room"] = (await guest.Browser.Get(guest.Room)).Text, ["home"] = (await visitor.Get("/")).Text, ["trust.json"] = (await visitor.Get("/trust.json")).Text, ["publications"] = (await visitor.Get("/publications.jsonl")).Text,
        };
        texts["summary"].ShouldContain("encrypts all records at rest");
        texts["room"].ShouldContain("two vaults");
        string[] hidden = ["987654", "987,654", "987.654", "654.32", "Zarquon", "Negotiating", deal.ToString(), deal.ToString("N"), id.ToString(), "guest"];
        foreach (var (place, text) in texts)
        {
            if (place != "room") text.ShouldNotContain("two vaults", Case.Insensitive, place);
            foreach (var secret in place is "summary, every object" or "publications" or "trust.json" ? hidden[2..] : place == "room" ? hidden[1..^1] : hidden)
                text.ShouldNotContain(secret, Case.Insensitive, place);
        }
    }

    private async Task<Answer> Send(params (string Name, string Value)[] more)
    {
        var page = await house.Rep.Get("/console/links/new");
        (string, string)[] standing = [("account", "Acme"), ("people", ""), ("domains", "acme.com"), ("documents", house.North.Architecture.ToString()), ("summary", ""), ("nextStepLabel", "Book"), ("nextStepAddress", "https://calendar.example/"), ("owner", Guid.NewGuid().ToString()), ("tenant", house.South.Scope.Tenant.ToString()), ("generation", "7"), ("revoked", "")];
        return await house.Rep.Submit(page, "/console/links", [.. standing.Where(s => more.All(m => m.Name != s.Item1)), .. more]);
    }
}
