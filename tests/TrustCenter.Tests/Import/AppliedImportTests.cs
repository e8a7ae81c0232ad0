using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Import;
using TrustCenter.Store;
using TrustCenter.Subprocessors;
using StoredRow = TrustCenter.Store.Row;
using TrustCenter.Tenants;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Import;

/// <summary>Folders that went through the decisions into the store; what lists and pages read is compared, not what was read from the files.</summary>
public sealed class AppliedImportTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_sales_export_of_8800_rows_has_the_reference_sums_in_the_store_and_twice_changes_nothing()
    {
        using var folder = RealFolders.Sales(output);
        if (folder is null) return;
        await using var app = await RealApp.Start();
        var tally = await Apply(app, folder);
        tally.Refusals.ShouldBeEmpty();
        var store = app.Services.GetRequiredService<IStore>();
        await Compare(store, "maven-stage", "select stage, count(*), sum(coalesce(amount_cents, 0)) / 100.0 from deal_rows group by stage", r => RealFolders.Row(r.Text(0), r.Number(1), r.Real(2)));
        await Compare(store, "maven-quarter", "select substr(closed, 1, 4) || '-' || cast(cast(substr(closed, 6, 2) as integer) as text) m, sum(outcome = 'Won'), sum(outcome = 'Lost'), sum(coalesce(amount_cents, 0)) / 100.0 from deal_rows where closed is not null group by m",
            r => RealFolders.Row(r.Text(0), r.Number(1), r.Number(2), r.Real(3)));
        await Compare(store, "maven-winrate-by-product", WinRate("product"), Rate);
        await Compare(store, "maven-winrate-by-manager", WinRate("manager"), Rate);
        await Compare(store, "maven-quality", "select sum(account = ''), sum(closed is null), sum(opened is null), sum(product = 'GTXPro'), count(distinct external_key), count(*) from deal_rows",
            r => RealFolders.Row(r.Number(0), r.Number(1), r.Number(2), r.Number(3), r.Number(4), r.Number(5)));
        (await Apply(app, folder)).Changes.ShouldBe(0);
    }

    [Fact]
    public async Task Forty_one_controls_stand_on_the_page_after_a_first_load()
    {
        using var folder = RealFolders.Controls(output);
        if (folder is null) return;
        await using var app = await RealApp.Start();
        (await Apply(app, folder, "Amir Haddad")).Refusals.ShouldBeEmpty();
        var scope = new Scope((await app.Services.GetRequiredService<TenantDirectory>().FindLabel("fimil", default))!.Value);
        await app.Compiled(scope);
        var page = await app.Client("fimil.localhost").GetStringAsync("/");
        page.ShouldContain("41");
        page.ShouldContain("Fernet");
        var subprocessors = await app.Client("fimil.localhost").GetStringAsync("/subprocessors");
        foreach (var name in new[] { "DigitalOcean", "GitHub", "Stripe", "Cloudflare", "Resend", "PostHog" }) subprocessors.ShouldContain(name);
        (await Apply(app, folder, "Amir Haddad")).Changes.ShouldBe(0);
    }

    [Fact]
    public async Task Dated_contracts_are_versions_of_one_document()
    {
        using var folder = RealFolders.Contracts(output);
        if (folder is null) return;
        await using var app = await RealApp.Start();
        (await Apply(app, folder, "Amir Haddad")).Refusals.ShouldBeEmpty();
        var scope = new Scope((await app.Services.GetRequiredService<TenantDirectory>().FindLabel("northwind", default))!.Value);
        var document = (await app.Engine.Read<EvidenceDocument>(scope.Id<EvidenceDocument>(ImportKeys.Of<EvidenceDocument>(scope, "dpa"))))!;
        document.Versions.Select(v => v.From!.Value.Year).ShouldBe([2018, 2020, 2020, 2021, 2022]);
        document.Versions.Select(v => v.File.Sha).Distinct().Count().ShouldBe(5);
        (await Apply(app, folder, "Amir Haddad")).Changes.ShouldBe(0);
    }

    [Theory]
    [InlineData("northwind", 60, 11, 200)]
    [InlineData("alder", 7, 2, 6)]
    public async Task The_sample_vendors_load_whole_and_twice_changes_nothing(string vendor, int claims, int versions, int deals)
    {
        await using var app = await RealApp.Start();
        var reading = ImportFolder.Read(SourceTree.Folder("samples", vendor));
        reading.ErrorCount.ShouldBe(0);
        reading.WarningCount.ShouldBe(0);
        var run = app.Services.GetRequiredService<ImportRun>();
        (await run.Apply(reading.Content, "Amir Haddad", default)).Refusals.ShouldBeEmpty();
        var store = app.Services.GetRequiredService<IStore>();
        (await store.Query(sql => sql.Number("select count(*) from claim_rows where stage = 'Published'"))).ShouldBe(claims);
        (await store.Query(sql => sql.Number("select sum(version) from evidence_rows"))).ShouldBe(versions);
        (await store.Query(sql => sql.Number("select count(*) from deal_rows"))).ShouldBe(deals);
        (await run.Apply(reading.Content, "Amir Haddad", default)).Changes.ShouldBe(0);
    }

    [Fact]
    public async Task What_an_import_brings_waits_for_approval_unless_an_approver_is_named()
    {
        using var folder = new ImportTestFolder().Write("claims.yaml", "- {key: mfa, statement: All staff sign in with a security key., topic: access, status: in place, owner: Head of IT}\n")
            .Write("subprocessors.csv", "name,purpose\nHost,keeps the servers\n");
        await using var app = await RealApp.Start();
        await Apply(app, folder);
        var scope = new Scope((await app.Services.GetRequiredService<TenantDirectory>().FindLabel("northwind", default))!.Value);
        var claim = (await app.Engine.Read<Claim>(scope.Id<Claim>(ImportKeys.Of<Claim>(scope, "mfa"))))!;
        claim.Current.ShouldBeNull();
        claim.Proposal!.Stage.ShouldBe(ProposalStage.Waiting);
        var list = (await app.Engine.Read<SubprocessorList>(scope.Id<SubprocessorList>(SubprocessorList.Only)))!;
        (list.Entries.Count, list.Proposal!.Entries.Single().Name).ShouldBe((0, "Host"));
        (await Apply(app, folder)).Changes.ShouldBe(0, "it waits already");

        (await Apply(app, folder, "Amir Haddad")).Refusals.ShouldBeEmpty();
        (await app.Engine.Read<SubprocessorList>(scope.Id<SubprocessorList>(SubprocessorList.Only)))!.Entries.Single().Name.ShouldBe("Host");
    }

    private static Task<ImportTally> Apply(RealApp app, ImportTestFolder folder, string? approver = null)
    {
        var reading = folder.Read();
        reading.ErrorCount.ShouldBe(0);
        return app.Services.GetRequiredService<ImportRun>().Apply(reading.Content, approver, default);
    }

    private static string WinRate(string column) => $"select {column}, sum(outcome = 'Won'), sum(outcome = 'Lost'), round(1.0 * sum(outcome = 'Won') / sum(outcome in ('Won', 'Lost')), 6), sum(case when outcome = 'Won' then amount_cents end) / 100.0 from deal_rows group by {column}";

    private static string Rate(StoredRow r) => RealFolders.Row(r.Text(0), r.Number(1), r.Number(2), r.Real(3), r.Real(4));

    private static async Task Compare(IStore store, string reference, string query, Func<StoredRow, string> map) => RealFolders.Compare(reference, await store.Query(sql => sql.Query(query, map)));
}
