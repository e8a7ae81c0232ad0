using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrustCenter.Import;
using TrustCenter.Store;

namespace TrustCenter.Tests.Import;

/// <summary>The console command, over a data folder that no host serves.</summary>
[Trait("Case", "T-105")]
public sealed class ImportCommandTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("trust-center-").FullName;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task It_counts_to_the_end_and_the_same_folder_again_changes_nothing()
    {
        using var folder = Folder(1_200);
        var first = await Run(folder);
        (first.Code, first.Said).ShouldBe((0, first.Said));
        foreach (var said in new[] { "Deals: 1,200 new, 0 changed, 0 as before, 0 wrong", "Deals: 500 of 1,200", "Deals: 1,000 of 1,200", "Deals: 1,200 of 1,200", "Deals: 1,200 added, 0 changed, 0 as before" }) first.Said.ShouldContain(said);
        var second = await Run(folder);
        second.Said.ShouldContain("Nothing changed.");
        second.Said.ShouldContain("Deals: 0 new, 0 changed, 1,200 as before, 0 wrong");
        (await Numbers()).ShouldBe((1_200, 1_200, 1));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_change_and_changes_nothing()
    {
        using var folder = Folder(700);
        foreach (var flag in new[] { "--dry-run", "--check" })
        {
            var (code, said) = await Run(folder, flag);
            code.ShouldBe(0);
            said.ShouldContain("Deals: 700 new, 0 changed, 0 as before, 0 wrong");
        }
        (await Numbers()).ShouldBe((0, 0, 0));
        await using var host = Host();
        (await host.Services.GetRequiredService<IStore>().Query(sql => sql.Number("select count(*) from states"))).ShouldBe(0);
    }

    [Fact]
    public async Task One_wrong_deal_and_nothing_of_the_folder_comes_in()
    {
        using var folder = Folder(700);
        File.AppendAllText(Path.Combine(folder.Root, "deals.csv"), "last,won,Acme,,\n");
        var (code, said) = await Run(folder);
        code.ShouldBe(1);
        said.ShouldContain("deals.csv, row 702, closed: A deal that was won or lost needs the day it closed.");
        await using var host = Host();
        (await host.Services.GetRequiredService<IStore>().Query(sql => sql.Number("select count(*) from states"))).ShouldBe(0);
    }

    [Fact]
    public async Task A_run_that_was_broken_off_goes_on_after_its_last_batch()
    {
        using var folder = Folder(1_700);
        using (var stop = new CancellationTokenSource())
        {
            using var said = new Watching(text => { if (text.Contains("500 of", StringComparison.Ordinal)) stop.Cancel(); });
            await using var host = Host();
            await Should.ThrowAsync<OperationCanceledException>(() => host.Services.GetRequiredService<ImportCommand>().Run([folder.Root], said, said, stop.Token));
        }
        (await Numbers()).ShouldBe((500, 500, 0));
        var again = await Run(folder);
        again.Said.ShouldNotContain("Deals: 500 of 1,700");
        again.Said.ShouldContain("Deals: 1,000 of 1,700");
        again.Said.ShouldContain("Deals: 1,700 added");
        (await Numbers()).ShouldBe((1_700, 1_700, 1));
    }

    private static ImportTestFolder Folder(int deals)
        => new ImportTestFolder().Write("deals.csv", "key,outcome,account,closed,owner\n" + string.Concat(Enumerable.Range(0, deals).Select(n => $"d{n},{(n % 2 == 0 ? "won" : "lost")},Customer {n},2026-05-01,Ada\n"))).Write("owners.csv", "owner,manager,region\nAda,Max,North\n");

    private async Task<(int Code, string Said)> Run(ImportTestFolder folder, params string[] flags)
    {
        await using var host = Host();
        using var said = new StringWriter();
        return (await host.Services.GetRequiredService<ImportCommand>().Run([folder.Root, .. flags], said, said, default), said.ToString());
    }

    private async Task<(long Deals, long Entries, long Ended)> Numbers()
    {
        await using var host = Host();
        return await host.Services.GetRequiredService<IStore>().Query(sql => (sql.Number("select count(*) from deal_rows"), sql.Number("select count(*) from entries where what in ('deal.recorded', 'deal.changed') and log = 'journal'"), sql.Number("select count(*) from entries where what = 'import.ended'")));
    }

    private WebApplication Host()
    {
        var builder = WebApplication.CreateSlimBuilder([]);
        builder.Logging.ClearProviders();
        builder.AddTrustCenter(o => o.DataFolder = data);
        return builder.Build();
    }

    private sealed class Watching(Action<string> seen) : StringWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            seen(value ?? "");
        }
    }
}
