using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Staff;
using Claim = TrustCenter.Claims.Claim;

namespace TrustCenter.Tests.Claims;

/// <summary>Acts on several claims: seen before, said after, claim by claim, and never twice.</summary>
public sealed class BatchTests(ConsoleApp app) : IClassFixture<ConsoleApp>
{
    [Fact]
    public async Task Several_claims_are_published_and_each_says_what_happened()
    {
        var (editor, approver) = (await app.As(Role.Editor), await app.As(ConsoleApp.Both));
        var claims = new List<Guid>();
        foreach (var text in new[] { "First of three.", "Second of three.", "Third of three." })
        {
            claims.Add(await editor.Write(text));
            await editor.AskApproval(claims[^1]);
        }
        var own = await approver.Write("Her own claim.");
        await approver.AskApproval(own);
        var draft = await editor.Write("Only a draft.");
        var chosen = string.Join('&', claims.Append(own).Append(draft).Append(Guid.NewGuid()).Select(c => $"claim={c}"));

        var preview = await approver.Read($"/console/claims/publications/new?{chosen}");
        var words = Page.Words(preview);
        words.ShouldContain("Publish 3 claims");
        words.ShouldContain("3 claims take no part");
        words.ShouldContain("You wrote it.");
        words.ShouldContain("its author did not ask for approval");
        words.ShouldContain("Nothing is there.");
        foreach (var claim in claims) (await app.Claim(claim)).Published.ShouldBeEmpty();

        // Between the look and the click one of them is changed.
        await editor.Post($"/console/claims/{claims[1]}", ClaimDesk.Fields("Second, changed.", ("edit", "1")));
        await editor.AskApproval(claims[1]);
        var (form, command) = (Hidden(preview), ("command", Page.Value(preview, "command")));
        var done = await approver.Post("/console/claims/publications", [.. form, command]);
        done.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var result = Page.Words(await approver.Read(done.Headers.Location!.OriginalString));
        result.ShouldContain("2 of 3 claims done.");
        result.ShouldContain("It was changed meanwhile.");
        (await app.Claim(claims[0])).Published.ShouldHaveSingleItem();
        (await app.Claim(claims[1])).Published.ShouldBeEmpty();
        (await app.Claim(claims[2])).Published.ShouldHaveSingleItem();

        var again = await approver.Post("/console/claims/publications", [.. form, command]);
        again.Headers.Location.ShouldBe(done.Headers.Location);
        Page.Words(await approver.Read(again.Headers.Location!.OriginalString)).ShouldContain("2 of 3 claims done.");
        (await app.Claim(claims[0])).Published.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_review_date_is_moved_for_several_and_waits_for_an_approver()
    {
        var (first, second) = (await app.Publish("Looked at, first.", ("reviewBy", "2026-10-01")), await app.Publish("Looked at, second.", ("reviewBy", "2026-10-02")));
        var (editor, approver) = (await app.As(Role.Editor), await app.As(Role.Approver));
        Page.Words(await editor.Read("/console/claims?review=due")).ShouldContain("Looked at, first.");
        var preview = await editor.Read($"/console/claims/checks/new?claim={first}&claim={second}");
        Page.Words(preview).ShouldContain("Move the review date of 2 claims");
        var form = Hidden(preview);
        var wrong = await editor.Post("/console/claims/checks", [.. form, ("checked", "2026-11-22"), ("reviewBy", "2026-11-01"), ("note", "Kept when refused.")]);
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ConsoleVisitor.Text(wrong)).ShouldContain("Kept when refused.");
        var done = await editor.Post("/console/claims/checks", [.. form, ("checked", "2026-11-22"), ("reviewBy", "2027-05-22"), ("note", "Read with the owners.")]);
        Page.Words(await editor.Read(done.Headers.Location!.OriginalString)).ShouldContain("2 of 2 claims done.");
        var claim = await app.Claim(first);
        claim.Current!.Wording.ReviewBy.ShouldBe(new DateOnly(2026, 10, 1));
        claim.Proposal!.Wording.ReviewBy.ShouldBe(new DateOnly(2027, 5, 22));
        claim.Comments!.Single().Text.ShouldBe("Read with the owners.");

        var waiting = await approver.Read($"/console/claims/publications/new?claim={first}&claim={second}");
        var published = await approver.Post("/console/claims/publications", [.. Hidden(waiting)]);
        Page.Words(await approver.Read(published.Headers.Location!.OriginalString)).ShouldContain("2 of 2 claims done.");
        (await app.Claim(second)).Current!.Wording.ReviewBy.ShouldBe(new DateOnly(2027, 5, 22));
        Page.Words(await editor.Read($"/console/claims/checks/new?claim={first}")).ShouldContain("Move the review date of 1 claim");
    }

    [Fact]
    public async Task A_batch_that_a_stop_interrupted_is_finished_without_doing_anything_twice()
    {
        var editor = await app.As(Role.Editor);
        var claims = new[] { await editor.Write("Stopped in the middle, one."), await editor.Write("Stopped in the middle, two.") };
        foreach (var claim in claims) await editor.AskApproval(claim);
        var approver = Actor.Staff(DemoStaff.IdOf(app.Vendor.Tenant, Role.Approver));
        var id = app.Vendor.Id<ClaimBatch>(Guid.CreateVersion7());
        await app.Engine.Decide(id, new StartClaimBatch { Id = id.Key, Act = BatchAct.Publish, Items = [.. claims.Select(c => new BatchItem(c, 1))] }, approver);
        var batch = (await app.Engine.Read<ClaimBatch>(id))!;
        await app.Engine.Decide(app.Vendor.Id<Claim>(claims[0]), batch.CommandFor(id.Key, batch.Items[0]), approver); // and here it stopped

        var clock = new TestClock();
        clock.Advance(TimeSpan.FromMinutes(2));
        await new BatchRun(app.Engine, app.Store, clock, NullLogger<BatchRun>.Instance).FinishLeftOver(default);

        (await app.Engine.Read<ClaimBatch>(id))!.Results!.ShouldAllBe(r => r.IsDone && r.Number == 1);
        foreach (var claim in claims) (await app.Claim(claim)).Published.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Whoever_lost_the_right_meanwhile_publishes_nothing_more()
    {
        var editor = await app.As(Role.Editor);
        var claim = await editor.Write("Nobody may publish this.");
        await editor.AskApproval(claim);
        var overKey = Actor.Program(Guid.CreateVersion7(), DemoStaff.IdOf(app.Vendor.Tenant, Role.Approver)); // no such key opens anything
        foreach (var by in new[] { Actor.Staff(Guid.CreateVersion7()), overKey })
        {
            var id = app.Vendor.Id<ClaimBatch>(Guid.CreateVersion7());
            await app.Engine.Decide(id, new StartClaimBatch { Id = id.Key, Act = BatchAct.Publish, Items = [new BatchItem(claim, 1)] }, by);
            await new BatchRun(app.Engine, app.Store, TimeProvider.System, NullLogger<BatchRun>.Instance).Finish(id, default);
            (await app.Engine.Read<ClaimBatch>(id))!.Results!.Single().IsDone.ShouldBeFalse();
        }
        (await app.Claim(claim)).Published.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_is_filtered_sorted_and_turned_by_its_address()
    {
        var editor = await app.As(Role.Editor);
        for (var n = 0; n < 60; n++) await editor.Write($"Row {n:00} of the long list.", ("topic", "access"), ("status", "Planned"));
        var first = await editor.Read("/console/claims?text=long+list&sort=statement&order=down");
        Statements(first).Take(2).ShouldBe(["Row 59 of the long list.", "Row 58 of the long list."]);
        Statements(first).Count.ShouldBe(50);
        Page.Words(first).ShouldContain("60 of ");
        Page.Words(first).ShouldContain("Page 1 of 2");
        var second = await editor.Read("/console/claims?text=long+list&sort=statement&order=down&page=2");
        Statements(second)[^1].ShouldBe("Row 00 of the long list.");
        Statements(await editor.Read("/console/claims?text=long+list&sort=nonsense&page=99")).Count.ShouldBe(10);
    }

    private static List<string> Statements(string html) => [.. Page.Dom(html).QuerySelectorAll("table.list tbody td:nth-child(2) a").Select(a => a.TextContent)];

    private static (string, string)[] Hidden(string html) => [.. Page.Dom(html).QuerySelectorAll("main input[name=claim][type=hidden]").Select(i => ("claim", i.GetAttribute("value")!))];
}
