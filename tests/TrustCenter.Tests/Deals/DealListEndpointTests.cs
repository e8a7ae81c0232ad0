using System.Diagnostics;
using System.Net;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Pages;
using TrustCenter.Staff;
using TrustCenter.Store;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Deals;

public sealed class DealListEndpointTests(DealsApp app, ITestOutputHelper output) : IClassFixture<DealsApp>
{
    private const string Deals = "/console/deals";

    [Fact]
    public async Task A_foreign_deal_answers_as_a_missing_one()
    {
        var rep = await app.As(Role.Rep);
        var foreign = await app.Deal(app.Contoso, new DealWords { Account = "Secret customer" });
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Post })
        {
            var (theirs, none) = (await Answer(rep, foreign, method), await Answer(rep, Guid.NewGuid(), method));
            theirs.ShouldBe(none);
            theirs.ShouldStartWith("NotFound");
        }
        (await app.Engine.Read<Deal>(app.Contoso.Id<Deal>(foreign)))!.Words.Account.ShouldBe("Secret customer");
        (await rep.Page(Deals)).DocumentElement.TextContent.ShouldNotContain("Secret customer");
    }

    private static async Task<string> Answer(StaffBrowser rep, Guid deal, HttpMethod method)
    {
        var answer = method == HttpMethod.Post
            ? await rep.Post($"{Deals}/{deal:D}", StaffBrowser.Fill(await rep.Page("/console/deals/new"), Deals, ("account", "Mine")))
            : await rep.Get($"{Deals}/{deal:D}", method);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key != "Date").OrderBy(h => h.Key, StringComparer.Ordinal);
        return $"{answer.StatusCode} {string.Join('|', headers.Select(h => h.Key + string.Join(',', h.Value)))} {await answer.Content.ReadAsStringAsync()}";
    }

    [Theory]
    [InlineData(Role.Editor), InlineData(Role.Approver), InlineData(Role.Admin)]
    public async Task An_editor_sees_no_deals(Role role)
    {
        var deal = await app.Deal(app.Northwind, new DealWords { Account = "Not for editors" });
        var editor = await app.As(role);
        foreach (var path in new[] { Deals, "/console/deals/new", $"{Deals}/{deal:D}" })
        {
            var answer = await editor.Get(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("Not for editors");
        }
        (await editor.Page(Deals)).QuerySelector("nav a[href='/console/deals']").ShouldBeNull();
        var stamp = StaffBrowser.Fill(await editor.Page(Deals), "/console/session-ends");
        (await editor.Post(Deals + "/exports", stamp)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_decision_maker_reads_and_does_not_write()
    {
        var deal = await app.Deal(app.Northwind, new DealWords { Account = "Read only Ltd" });
        var reader = await app.As(Role.DecisionMaker);
        var page = await reader.Page($"{Deals}/{deal:D}");
        page.QuerySelector("#f-account").ShouldBeNull();
        var form = StaffBrowser.Fill(page, "/console/session-ends", ("account", "Changed"), ("version", "1"));
        (await reader.Post($"{Deals}/{deal:D}", form)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await reader.Post(Deals, form)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_time_line_says_who_and_when_until_they_are_forgotten()
    {
        var deal = await app.Deal(app.Northwind, new DealWords { Account = "Traced Ltd" });
        var person = PersonalRecord.Of(app.Services.GetService(typeof(HostKeys)) as HostKeys ?? throw new InvalidOperationException(), app.Northwind.Tenant, PersonalRecord.Email, "ida@traced.example");
        var (link, at) = (Guid.CreateVersion7(), new DateTimeOffset(2026, 11, 20, 9, 14, 0, TimeSpan.Zero));
        await app.Store.Commit(new Commit
        {
            Tenant = app.Northwind.Tenant,
            Personal = [person],
            Rows =
            [
                new ViewRow("link_rows", link, ("token_hash", link.ToByteArray()), ("account", "Traced Ltd"), ("owner", Guid.NewGuid()), ("deal", deal), ("created", at), ("expires", at.AddYears(9)), ("revoked", null)),
                new ViewRow("touch_rows", Guid.CreateVersion7(), ("link", link), ("deal", deal), ("visit", null), ("person", person.Id), ("utc", at), ("what", "downloaded"), ("about", "SOC 2 report"), ("about_id", null)),
            ],
        }, CancellationToken.None);
        var rep = await app.As(Role.Rep);
        (await rep.Page($"{Deals}/{deal:D}")).QuerySelector(".timeline li")!.TextContent.ShouldBe("20 Nov 2026 09:14 UTCida@traced.example downloaded: SOC 2 report");
        (await rep.Page($"{Deals}/{deal:D}")).QuerySelector(".plain li")!.TextContent.ShouldContain("open until");
        await app.Store.Commit(new Commit { Tenant = app.Northwind.Tenant, Forget = [person.Id] }, CancellationToken.None);
        (await rep.Page($"{Deals}/{deal:D}")).QuerySelector(".timeline li")!.TextContent.ShouldContain("(forgotten) downloaded");
    }

    [Fact]
    public async Task A_list_of_8800_deals_reads_one_page_of_rows()
    {
        await app.Rows(app.Contoso, Enumerable.Range(0, 8_800).Select(Generated));
        var reader = await app.As(Role.DecisionMaker, app.Contoso);
        await reader.Page(Deals);
        foreach (var path in new[] { Deals, Deals + "?sort=amount&order=down&page=9999", Deals + "?outcome=Lost&factor=Any&text=no+pass&sort=account" })
        {
            var clock = Stopwatch.StartNew();
            var page = await reader.Page(path);
            output.WriteLine($"{path}: {clock.ElapsedMilliseconds} ms");
            page.QuerySelectorAll(".deals tbody tr").Length.ShouldBeInRange(1, DealFilter.PageSize);
            page.QuerySelector(".chart desc").ShouldNotBeNull();
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20)); // a machine full of other work; alone it is milliseconds
        }
        (await reader.Page(Deals + "?outcome=Lost&factor=Any")).QuerySelector(".count")!.TextContent.ShouldEndWith(" of 8,800");
    }

    [Fact]
    public async Task The_headline_leads_to_the_rows_it_counts()
    {
        var scope = app.Northwind;
        await app.Rows(scope, Enumerable.Range(0, 120).Select(Generated));
        var reader = await app.As(Role.DecisionMaker);
        var link = (await reader.Page(Deals)).QuerySelector(".headline a")!;
        (await reader.Page(link.GetAttribute("href")!)).QuerySelector(".count")!.TextContent.ShouldStartWith(link.TextContent + " of ");
    }

    [Fact]
    public async Task An_export_reads_back_and_calculates_nothing()
    {
        var words = new DealWords
        {
            ExternalKey = "=1+1", Account = "@Evil, \"Ltd\"", Product = "'=x", Amount = 1234.5m, Currency = "USD", Owner = "-Ann\nBob", Outcome = DealOutcome.NoDecision, Opened = new DateOnly(2026, 1, 2),
            Factor = new SecurityFactor { Kind = FactorKind.ReviewAsked, Reason = "+cmd|' /C calc'!A0", SaidBy = SaidBy.RepsJudgement, Requirement = " padded" },
        };
        await app.Deal(app.Northwind, words);
        var reader = await app.As(Role.DecisionMaker);
        var page = await reader.Page(Deals + "?text=evil");
        var answer = await reader.Post(Deals + "/exports", StaffBrowser.Fill(page, Deals + "/exports"));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var lines = PlainCsv.Read(await answer.Content.ReadAsStringAsync());
        lines.Count.ShouldBe(2);
        var row = lines[0].Zip(lines[1]).ToDictionary(c => c.First.TrimStart('\uFEFF'), c => c.Second);
        row.Values.ShouldAllBe(cell => !"=+-@".Contains(cell.PadRight(1)[0]));
        var read = row.ToDictionary(c => c.Key, c => CsvCell.Read(c.Value));
        (read["key"], read["account"], read["product"], read["amount"], read["currency"]).ShouldBe(("=1+1", "@Evil, \"Ltd\"", "'=x", "1234.50", "USD"));
        (read["owner"], read["outcome"], read["securityFactor"], read["reason"], read["saidBy"], read["requirement"]).ShouldBe(("-Ann\nBob", "no decision", "review asked", "+cmd|' /C calc'!A0", "rep's judgement", " padded"));
        (read["opened"], read["closed"]).ShouldBe(("2026-01-02", ""));
    }

    private static DealWords Generated(int n)
    {
        var outcome = (DealOutcome)(n % 4);
        return new DealWords
        {
            Account = $"Customer {n}", Amount = n * 10 + 0.5m, Currency = n % 5 == 0 ? "USD" : "EUR", Stage = "Closed", Owner = $"Owner {n % 30}", Outcome = outcome,
            Closed = outcome == DealOutcome.Open ? null : new DateOnly(2026, 1, 1).AddDays(n % 300),
            Factor = n % 3 == 0 ? new SecurityFactor() : new SecurityFactor { Kind = FactorKind.Slowed, Reason = "No passkeys yet", SaidBy = SaidBy.BuyersWords },
        };
    }
}
