using System.Diagnostics;
using System.Text.Json;
using TrustCenter.Documents;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Documents;

public sealed class RealEvidenceTests(ITestOutputHelper output)
{
    [Fact, Trait("Case", "T-042")]
    public async Task Sweep()
    {
        foreach (var file in Directory.GetFiles(Samples.Evidence()!, "*.pdf").Order(StringComparer.Ordinal))
        {
            using var folder = new Folder();
            var watch = Stopwatch.StartNew();
            var result = await folder.Prepare(file, confirmed: false);
            if (result is MarkResult.Refused { Kind: RefusalKind.Restricted }) { output.WriteLine("  restricted"); result = await folder.Prepare(file, confirmed: true); }
            var text = result switch
            {
                MarkResult.Prepared p => $"ok {p.Pages}p {new FileInfo(file).Length}->{p.Bytes} {string.Join("|", p.Warnings)}",
                MarkResult.Refused r => $"{r.Kind} {r.Why}",
                _ => "?",
            };
            output.WriteLine($"{watch.ElapsedMilliseconds} ms {Path.GetFileName(file)}: {text}");
        }
    }
}
