using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Documents;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Import;
using TrustCenter.Tests;

namespace TrustCenter.Faults;

/// <summary>Files that are nearly right, given to what reads them: each is taken, or refused with a sentence, soon and in little memory.</summary>
public static class Mutants
{
    private const string MoreSeeds = "TRUSTCENTER_PDF_SEEDS"; // a folder of further PDFs, or nothing
    private const double MostMebibytes = 256;
    private const int Few = 200, Many = 10_000; // of each format
    private const int LargestSeed = 1 << 20; // bytes; time goes into many files, not into large ones
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private static readonly string[] PdfWords = ["/Filter", "/FlateDecode", "/Length 999999999", "obj", "endobj", "stream\n", "endstream", "<<", ">>", "[", "]", "1 0 R", "/Kids [1 0 R]", "/Parent 1 0 R", "/JavaScript", "/OpenAction", "/Encrypt", "xref", "trailer", "startxref", "%%EOF", "/Type /Page", "(", "\\", "/MediaBox [0 0 1e30 -1]"];
    private static readonly string[] TextWords = ["\"", "'", ",", ";", "\t", "\n", "\r", ": ", "- ", "{", "}", "[", "]", "&a", "*a", "!!python/object", "|", ">", "---\n", "#", "\0", "\ufeff", "\u202e", "\ud83d\ude00", "\\ud800", "null", "true", "~", "=cmd|' /C calc'!A0", "../../etc/passwd", "\u0085", "%"];

    public static Task<IReadOnlyList<Line>> Texts(Stage stage)
        => Task.FromResult<IReadOnlyList<Line>>([Of(stage, "YAML", "claims.yaml"), Of(stage, "CSV", "deals.csv"), Of(stage, "JSON", "claims.jsonl")]);

    // As a folder is imported, and a table as it is uploaded too.
    private static Line Of(Stage stage, string format, string name)
    {
        var count = stage.Times(Few, Many);
        var folder = Sample(stage, format, name);
        var file = Path.Combine(folder, name);
        var (seed, mutator, seen) = (File.ReadAllBytes(file), new Mutator(stage.Random, TextWords), new Seen());
        for (var n = -1; n < count; n++)
        {
            File.WriteAllBytes(file, n < 0 ? seed : mutator.Of(seed)); // unbroken first: what is measured is not the first use of the code
            var (clock, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
            try
            {
                var reading = ImportFolder.Read(folder);
                var (may, words) = (reading.MayApply, reading.Errors.Select(e => e.Reason).ToList());
                if (name.EndsWith(".csv", StringComparison.Ordinal))
                {
                    var log = new ProblemLog();
                    var head = TableHead.Read(file, log.In(name));
                    words.AddRange(log.Reading(new ImportContent()).Errors.Select(e => e.Reason));
                    may &= head is not null;
                }
                if (n >= 0) seen.Add(may, words, clock.Elapsed, (GC.GetAllocatedBytesForCurrentThread() - before) / 1048576d);
                else if (!may) throw new InvalidOperationException($"The sample itself is refused: {string.Join(' ', words)}");
            }
            catch (Exception broken) when (n >= 0) { seen.Broke(broken, File.ReadAllBytes(file)); }
        }
        return seen.Line($"{count:N0} mutants of {format}, imported", "allocated");
    }

    private static string Sample(Stage stage, string format, string name)
    {
        var folder = stage.NewFolder(format);
        var from = SourceTree.Folder("samples", "alder");
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(folder, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(path, to);
        }
        if (name != "claims.jsonl") return folder;
        foreach (var leftOut in new[] { "claims.yaml", "deals.csv" }) File.Delete(Path.Combine(folder, leftOut));
        File.WriteAllLines(Path.Combine(folder, name), Enumerable.Range(1, 12).Select(n =>
            $$"""{"key":"claim-{{n}}","statement":"All records are encrypted at rest, in part {{n}}.","topic":"patient-data","status":"in place","owner":"Alder Privacy Officer","checked":"2026-10-{{n:00}}","visibility":"public","evidence":[]}"""));
        return folder;
    }

    public static async Task<IReadOnlyList<Line>> Pdfs(Stage stage)
    {
        var count = stage.Times(Few, Many);
        await using var app = await RealApp.Start();
        var (intake, files, scope) = (app.Services.GetRequiredService<EvidenceIntake>(), app.Services.GetRequiredService<FileStore>(), new Scope(Guid.CreateVersion7()));
        var (seeds, mutator, seen) = (await Seeds(), new Mutator(stage.Random, PdfWords), new Seen());
        var description = new EvidenceDescription { Title = "Report", Kind = EvidenceKind.Other, Class = EvidenceClass.OnRequest };
        foreach (var seed in seeds) await intake.Take(scope, description, new MemoryStream(seed), "report.pdf", false, default);
        Memory.Forget(Environment.ProcessId);
        var before = Memory.Resident(Environment.ProcessId);
        var mutants = Enumerable.Range(0, count).Select(n => mutator.Of(seeds[n % seeds.Count]));
        await Parallel.ForEachAsync(mutants, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (mutant, stop) =>
        {
            var clock = Stopwatch.StartNew();
            try
            {
                switch (await intake.Take(scope, description, new MemoryStream(mutant), "report.pdf", false, stop))
                {
                    case IntakeResult.Taken taken:
                        seen.Add(true, [], clock.Elapsed, 0);
                        await files.Drop(scope, taken.Files.Select(f => f.Upload));
                        break;
                    case IntakeResult.Refused refused: seen.Add(false, [.. refused.Problems.Select(p => p.Rule)], clock.Elapsed, 0); break;
                    default: throw new InvalidOperationException("It is neither taken nor refused.");
                }
            }
            catch (Exception broken) { seen.Broke(broken, mutant); }
        });
        var (grown, tools) = (Memory.Peak(Environment.ProcessId) - before, Memory.PeakOfChildren());
        return
        [
            seen.Line($"{count:N0} mutants of {seeds.Count} PDFs, uploaded, two at a time", "counted below"),
            new("Memory in that time", $"The app's peak grows by at most {MostMebibytes} MiB, no tool has more (each has 1 GiB of address space)",
                string.Create(CultureInfo.InvariantCulture, $"{grown:F0} MiB, and {tools:F0} MiB for the largest tool"), grown <= MostMebibytes && tools <= MostMebibytes),
        ];
    }

    private static async Task<List<byte[]>> Seeds()
    {
        List<byte[]> seeds = [];
        foreach (var path in Directory.EnumerateFiles(SourceTree.Folder("samples", "alder", "files")).Order(StringComparer.Ordinal))
            seeds.Add(await DocumentFromMarkdown.Write(Path.GetFileNameWithoutExtension(path), "Alder", new DateOnly(2026, 11, 1), await File.ReadAllTextAsync(path)));
        if (Environment.GetEnvironmentVariable(MoreSeeds) is { Length: > 0 } more)
            foreach (var path in Directory.EnumerateFiles(more, "*.pdf").Order(StringComparer.Ordinal).Where(p => new FileInfo(p).Length <= LargestSeed)) seeds.Add(await File.ReadAllBytesAsync(path));
        return seeds;
    }

    private sealed class Seen
    {
        private readonly ConcurrentQueue<(TimeSpan Time, double Mebibytes)> costs = [];
        private readonly ConcurrentQueue<string> wrong = [];
        private int taken, refused;

        public void Add(bool isTaken, List<string> words, TimeSpan time, double mebibytes)
        {
            Interlocked.Increment(ref isTaken ? ref taken : ref refused);
            costs.Enqueue((time, mebibytes));
            if (!isTaken && (words.Count == 0 || words.Exists(w => !IsSentence(w)))) wrong.Enqueue($"no sentence: “{words.Find(w => !IsSentence(w))}”");
        }

        /// <summary>The file is kept for whoever mends it.</summary>
        public void Broke(Exception broken, byte[] mutant)
        {
            var kept = Path.Combine(Path.GetTempPath(), $"mutant-{Guid.NewGuid():N}");
            File.WriteAllBytes(kept, mutant);
            wrong.Enqueue($"{broken.GetType().Name}: {broken.Message.ReplaceLineEndings(" ")} ({kept})");
        }

        public Line Line(string what, string memory)
        {
            var (longest, most, late) = (costs.Max(c => c.Time), costs.Max(c => c.Mebibytes), costs.Count(c => c.Time > Longest));
            var words = string.Create(CultureInfo.InvariantCulture, $"{taken:N0} taken, {refused:N0} refused, {wrong.Count} wrong, {late} too late, the longest {longest.TotalMilliseconds:F0} ms{(most > 0 ? $", at most {most:F0} MiB {memory}" : "")}");
            return new(what, $"Taken or refused with a sentence, within {Longest.TotalSeconds} s{(most > 0 ? $" and {MostMebibytes} MiB" : "")}", wrong.TryPeek(out var first) ? $"{words}; {first}" : words,
                wrong.IsEmpty && late == 0 && most <= MostMebibytes && taken > 0 && refused > 0);
        }

        private static bool IsSentence(string words) => words.Length > 10 && words.Contains(' ') && words[^1] is '.' or '"' or '”' or ')';
    }
}
