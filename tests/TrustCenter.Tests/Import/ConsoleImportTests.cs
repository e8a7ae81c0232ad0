using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Import;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Tests.Import;

/// <summary>Tables of deals through the console, from the upload to the report.</summary>
[Trait("Case", "T-105")]
public sealed class ConsoleImportTests : IAsyncLifetime
{
    private RealApp app = null!;
    private TestHouse house = null!;
    private Browser rep = null!;

    private IStore Store => app.Services.GetRequiredService<IStore>();

    public async Task InitializeAsync()
    {
        app = await RealApp.Start(o => o.Demo = true);
        house = await TestHouse.Build(app, "alpha", "Alpha Records");
        rep = await house.SignIn(Role.Rep);
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_table_of_a_customer_system_comes_in_as_guessed_and_twice_changes_nothing()
    {
        var import = await rep.Bring(ImportDesk.Table(1_203));
        var page = await rep.Get($"/console/imports/{import}");
        string Chosen(string column) => page.Dom.QuerySelector($"#f-column-{column} option[selected]")!.GetAttribute("value")!;
        (Chosen("key"), Chosen("account"), Chosen("outcome"), Chosen("stage"), Chosen("closed"), Chosen("opened")).ShouldBe(("Opportunity ID", "Account Name", "Stage", "Stage", "Close Date", "Created Date"));

        (await rep.Check(house, import)).Checked.ShouldBe(new ImportCounts(1_203, 0, 0, 0));
        (await Deals()).ShouldBe(0);
        var found = await rep.Get($"/console/imports/{import}");
        found.Dom.QuerySelectorAll("table.deals tbody tr").Length.ShouldBe(ImportLimits.Preview);
        found.Dom.QuerySelector("form[action$='/runs'] button")!.TextContent.ShouldBe("Import 1,203 deals");

        var job = await rep.Run(house, import);
        (job.Counts, job.Done, job.Total).ShouldBe((new ImportCounts(1_203, 0, 0, 0), 1_203, 1_203));
        (await Deals()).ShouldBe(1_203);
        (await Entries("deal.recorded")).ShouldBe(1_203);
        (await Entries("import.begun"), await Entries("import.ended")).ShouldBe((1, 1));

        var again = await rep.Import(house, ImportDesk.Table(1_203));
        again.Counts.ShouldBe(new ImportCounts(0, 0, 1_203, 0));
        (await Entries("deal.recorded") + await Entries("deal.changed")).ShouldBe(1_203);
    }

    [Fact]
    public async Task A_table_with_one_wrong_row_imports_nothing_and_names_row_column_and_reason()
    {
        var table = ImportDesk.Table(600).Split('\n');
        table[551] = table[551].Replace("2026-06-", "2025-06-", StringComparison.Ordinal);
        var import = await rep.Bring(string.Join('\n', table));
        var job = await rep.Check(house, import);
        job.Checked.Wrong.ShouldBe(1);
        var page = await rep.Get($"/console/imports/{import}");
        page.Dom.QuerySelector(".errors li")!.TextContent.ShouldBe("Row 552, closed: The deal was closed before it was opened. Correct one of the dates.");
        page.Dom.QuerySelector("form[action$='/runs']").ShouldBeNull();
        (await rep.Post($"/console/imports/{import}/runs", ("stamp", Stamp(page)), ("command", Guid.NewGuid().ToString()))).Status.ShouldBe(422);
        (await Deals()).ShouldBe(0);
        (await rep.Get($"/console/imports/{import}/report")).Text.ShouldContain("552,,wrong,closed: The deal was closed before it was opened");
    }

    [Theory]
    [InlineData("key,outcome,closed\nd1,won,\n", 2, "closed", "needs the day it closed")]
    [InlineData("key,outcome,securityFactor,saidBy\nd1,open,blocked,buyer's words\n", 2, "reason", "Say why")]
    [InlineData("key,outcome,currency\nd1,open,XXQ\n", 2, "currency", "not a currency code")]
    [InlineData("key,outcome,claim\nd1,open,never-was\n", 2, "claim", "not the key of a claim")]
    [InlineData("key,outcome\nd1,open\nd1,open\n", 3, "key", "appears in row 2 and again in row 3")]
    [InlineData("key,outcome,account\nd1,open,{121}\n", 2, "account", "at most 120")]
    [InlineData("key,outcome,reason\nd1,open,{501}\n", 2, "reason", "at most 500")]
    [InlineData("key,outcome,amount\nd1,open,1.234\n", 2, "amount", "at most 12 before the point and 2 after it")]
    public async Task An_import_takes_what_a_deal_takes_and_nothing_else(string table, int row, string column, string reason)
    {
        foreach (var length in new[] { 121, 501 }) table = table.Replace($"{{{length}}}", new string('a', length), StringComparison.Ordinal);
        var import = await rep.Bring(table);
        (await rep.Check(house, import)).Checked.Wrong.ShouldBe(1);
        var error = (await Store.Query(sql => ImportParts.ReadPreview(sql, house.Scope, import))).Errors.ShouldHaveSingleItem();
        (error.Row, error.Column).ShouldBe((row, column));
        error.Reason.ShouldContain(reason);
    }

    [Fact]
    public async Task Words_of_another_system_are_asked_for_and_remembered_with_the_columns()
    {
        const string table = "Deal ID,Deal Status,Customer\n1,Gewonnen,Acme\n2,Offen,Beta\n";
        var import = await rep.Bring(table);
        (await rep.Check(house, import)).Checked.Wrong.ShouldBe(2);
        var page = await rep.Get($"/console/imports/{import}");
        page.Dom.QuerySelector("label[for=f-ours-outcome-0]")!.TextContent.ShouldBe("“Gewonnen” means");
        (await rep.Check(house, import, ("ours-outcome-0", "no decision"), ("ours-outcome-1", "open"))).Checked.ShouldBe(new ImportCounts(2, 0, 0, 0));
        await rep.Run(house, import);

        // The same columns in another order: nothing is asked again.
        var next = await rep.Bring("Customer,Deal ID,Deal Status\nCeta,3,Gewonnen\n");
        (await rep.Check(house, next)).Checked.ShouldBe(new ImportCounts(1, 0, 0, 0));
    }

    [Fact]
    public async Task What_a_rep_wrote_into_fields_that_the_table_lacks_stays()
    {
        await rep.Import(house, "key,outcome,account,closed\nd1,lost,Acme,2026-05-01\n");
        var deal = await Only();
        var words = deal.Words with { Factor = new SecurityFactor { Kind = FactorKind.Blocked, Reason = "data location", SaidBy = SaidBy.BuyersWords, Claim = house.PublicClaim } };
        (await app.Engine.Decide(house.Scope.Id<Deal>(deal.Id), new SetDeal { Id = Guid.NewGuid(), Words = words, BasedOn = 1 }, Actor.Staff(house.StaffId(Role.Rep)))).ShouldBeOfType<Outcome.Done>();
        var job = await rep.Import(house, "key,outcome,account,closed\nd1,lost,Acme Group,2026-05-01\n");
        job.Counts.ShouldBe(new ImportCounts(0, 1, 0, 0));
        (await Only()).Words.ShouldBe(words with { Account = "Acme Group" });
    }

    [Fact, Trait("Case", "T-100")]
    public async Task An_export_imports_again_without_a_change()
    {
        var recorded = await Record(new DealWords { Account = "=1+1, \"Ltd\"", Stage = "'quoted", Owner = "@Ann", Amount = 1234.5m, Currency = "CHF", Factor = new SecurityFactor { Kind = FactorKind.Blocked, Reason = "-5 %\nand more", SaidBy = SaidBy.RepsJudgement, Claim = house.RoomClaim, Requirement = "+SCIM" } });
        await rep.Import(house, ImportDesk.Table(700));
        var before = await Everything();
        var page = await rep.Get("/console/deals");
        var export = await rep.Submit(page, "/exports");
        export.Status.ShouldBe(200);
        var job = await rep.Import(house, export.Text);
        job.Counts.ShouldBe(new ImportCounts(0, 0, 701, 0));
        (await Everything()).ShouldBe(before);
        (await app.Engine.Read<Deal>(house.Scope.Id<Deal>(recorded)))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task An_import_under_way_shows_its_count_reloads_itself_and_leaves_a_report()
    {
        var import = await rep.Bring(ImportDesk.Table(3_000));
        await rep.Check(house, import);
        await rep.Submit(await rep.Get($"/console/imports/{import}"), "/runs");
        var seen = new HashSet<string>();
        for (var until = DateTime.UtcNow.AddSeconds(120); DateTime.UtcNow < until;)
        {
            var page = await rep.Get($"/console/imports/{import}");
            if (page.Dom.QuerySelector("progress") is not { } progress) break;
            page.Headers["Refresh"].ShouldBe("2");
            if (seen.Count == 0) (await rep.Get($"/console/imports/{import}?still=yes")).Headers.Keys.ShouldNotContain("Refresh");
            progress.GetAttribute("max").ShouldBe("3000");
            seen.Add(progress.GetAttribute("value")!);
        }
        (await rep.Get($"/console/imports/{import}")).Headers.Keys.ShouldNotContain("Refresh");
        seen.ShouldNotBeEmpty();
        seen.ShouldAllBe(value => int.Parse(value) % ImportLimits.Batch == 0);
        await house.Reaches(import, ImportStage.Done);
        var report = await rep.Get($"/console/imports/{import}/report");
        report.Headers["Content-Disposition"].ShouldBe("attachment; filename=report-deals.csv; filename*=UTF-8''report-deals.csv");
        var lines = report.Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3_001);
        (lines[0], lines[1], lines[^1]).ShouldBe(("row,key,result,reason", "2,006A00000000,new,", "3001,006A00002999,new,"));
    }

    [Theory]
    [InlineData("PK\u0003\u0004whatever", "spreadsheet or an archive")]
    [InlineData("key,outcome\n", "no row below")]
    [InlineData("key,outcome\nd1,\"open\n", "A quote is not closed")]
    [InlineData("key,key\nd1,open\n", "Two columns are named")]
    [InlineData("key,outcome\nd1,op\0en\n", "NUL")]
    [InlineData("", "empty, or none was chosen")]
    public async Task A_file_that_is_no_table_is_refused_in_words_and_leaves_nothing(string content, string says)
    {
        var answer = await rep.Upload(Encoding.UTF8.GetBytes(content));
        answer.Status.ShouldBe(422);
        answer.Dom.QuerySelector(".errors a[href='#f-file']")!.TextContent.ShouldContain(says);
        (await Store.Query(sql => sql.Number("select count(*) from import_rows"))).ShouldBe(0);
    }

    [Fact]
    public async Task The_same_upload_posted_twice_is_one_import_and_only_so_many_wait()
    {
        var command = Guid.CreateVersion7();
        foreach (var _ in new[] { 1, 2 }) (await rep.Upload("key,outcome\nd1,open\n"u8.ToArray(), command: command)).Location.ShouldBe($"/console/imports/{command}");
        for (var n = 1; n < ImportLimits.WaitingImports; n++) await rep.Bring("key,outcome\nd1,open\n");
        (await rep.Upload("key,outcome\nd1,open\n"u8.ToArray())).Status.ShouldBe(422);
        (await rep.Submit(await rep.Get($"/console/imports/{command}"), "/withdrawals")).Status.ShouldBe(303);
        (await rep.Get($"/console/imports/{command}")).Text.ShouldContain("Nothing was changed");
        await rep.Bring("key,outcome\nd1,open\n");
    }

    [Fact]
    public async Task A_batch_of_500_is_a_few_transactions()
    {
        var import = await rep.Bring(ImportDesk.Table(2_000));
        await rep.Check(house, import);
        var store = (SqliteStore)Store;
        var before = store.Batches;
        await rep.Run(house, import);
        (store.Batches - before).ShouldBeLessThan(4 * 40); // alone they would be 2,000
    }

    [Fact, Trait("Case", "T-078"), Trait("Case", "T-082")]
    public async Task An_import_waits_while_the_vendor_is_suspended_and_fails_when_its_beginner_may_not_any_more()
    {
        var (first, second) = (await rep.Bring("key,outcome\nd1,open\n"), await rep.Bring("key,outcome\nd2,open\n"));
        foreach (var import in new[] { first, second }) await rep.Check(house, import);
        var standings = app.Services.GetRequiredService<TrustCenter.Tenants.TenantStandings>();
        await standings.Decide(house.Scope.Tenant, new TrustCenter.Tenants.SuspendTenant { Id = Guid.NewGuid(), Name = "Alpha", Host = "alpha" }, Actor.System, default);
        await house.Decide(first, new BeginImport { Id = Guid.NewGuid() }, house.StaffId(Role.Rep));
        await app.Services.GetRequiredService<ImportRunner>().Import(house.Scope, first, null, default);
        await Task.Delay(1_200); // two looks of the worker
        (await Deals()).ShouldBe(0);
        await standings.Decide(house.Scope.Tenant, new TrustCenter.Tenants.ResumeTenant { Id = Guid.NewGuid(), Name = "Alpha", Host = "alpha" }, Actor.System, default);
        await house.Reaches(first, ImportStage.Done);

        await Api.Program.Set(app, house.Scope, house.StaffId(Role.Rep), active: true, Role.Editor);
        await house.Decide(second, new BeginImport { Id = Guid.NewGuid() }, house.StaffId(Role.Rep));
        (await Should.ThrowAsync<InvalidOperationException>(() => house.Reaches(second, ImportStage.Done))).Message.ShouldContain("may not import deals any more");
        (await Deals()).ShouldBe(1);
    }

    private Task<long> Deals() => Store.Query(sql => sql.Number("select count(*) from deal_rows where tenant = @tenant", ("@tenant", house.Scope.Tenant)));

    private Task<long> Entries(string what) => Store.Query(sql => sql.Number("select count(*) from entries where tenant = @tenant and log = 'journal' and what = @what", ("@tenant", house.Scope.Tenant), ("@what", what)));

    private Task<List<StoredDeal>> Everything() => Store.Query(sql => sql.Query($"select {StoredDeal.Columns} from deal_rows where tenant = @tenant order by id", StoredDeal.From, ("@tenant", house.Scope.Tenant)));

    private async Task<StoredDeal> Only() => (await Everything()).ShouldHaveSingleItem();

    private async Task<Guid> Record(DealWords words)
    {
        var id = Guid.CreateVersion7();
        await house.Decide(id, new SetDeal { Id = Guid.NewGuid(), Words = words, BasedOn = 0 }, house.StaffId(Role.Rep));
        return id;
    }

    private static string Stamp(Answer page) => page.Dom.QuerySelector("input[name=stamp]")!.GetAttribute("value")!;
}
