using TrustCenter.Pages;

namespace TrustCenter.Import;

/// <summary>The console command <c>import &lt;folder&gt; [--publish-as &lt;approver&gt;] [--check]</c>. Exit code 0: done; 1: nothing done, see the report; 2: misused.</summary>
public sealed class ImportCommand(ImportRun run, PageCompiler pages)
{
    public const string Usage = """
        import <folder> [--publish-as <approver>] [--check]
          <folder>       vendor.yaml and the files beside it; src/TrustCenter/Import/FORMAT.md describes them
          --publish-as   approve what comes in, in this person's name; for a first load. Without it claims, documents and subprocessors
                         wait for approval; the vendor's own words, the agreement and deals stand at once
          --check        read and check everything, say what would change, and change nothing; also --dry-run
          The same command again goes on where a broken run ended, and changes nothing twice.
        """;

    public static (string Folder, string? Approver, bool CheckOnly)? Parse(string[] args)
    {
        string? folder = null, approver = null;
        var checkOnly = false;
        for (var i = 0; i < args.Length; i++)
            switch (args[i])
            {
                case "--publish-as" when i + 1 < args.Length: approver = args[++i]; break;
                case "--check" or "--dry-run": checkOnly = true; break;
                case var text when folder is null && !text.StartsWith('-'): folder = text; break;
                default: return null;
            }
        return folder is null ? null : (folder, approver, checkOnly);
    }

    public async Task<int> Run(string[] args, TextWriter output, TextWriter error, CancellationToken stop)
    {
        if (Parse(args) is not { } wish)
        {
            await error.WriteLineAsync(Usage);
            return 2;
        }
        var reading = ImportFolder.Read(wish.Folder, _ => { });
        ImportReport.Print(reading, output);
        if (!reading.MayApply) return 1;
        using var deals = await run.DealsOf(wish.Folder, reading, stop);
        ImportReport.PrintDeals(deals, output);
        if (deals.Counts.Wrong > 0) return 1;
        if (wish.CheckOnly) return 0;
        var tally = await run.Apply(reading.Content, wish.Approver, deals, (done, total) => Progress(output, done, total), stop);
        tally.Print(output);
        await pages.CompileAll(stop);
        await output.WriteLineAsync(tally.Changes == 0 ? "Nothing changed." : wish.Approver is null ? "Done. Claims, documents and subprocessors wait for approval in the console; the vendor's own words, the agreement and deals stand at once." : "Done, and published.");
        return tally.Refusals.Count == 0 ? 0 : 1;
    }

    private static void Progress(TextWriter output, int done, int total) => output.WriteLine($"Deals: {done:N0} of {total:N0}");
}
