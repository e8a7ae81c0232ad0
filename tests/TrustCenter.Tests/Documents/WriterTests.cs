using TrustCenter.Documents;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Documents;

public sealed class WriterTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Look()
    {
        foreach (var format in (PaperFormat[])[PaperFormat.A4, PaperFormat.Letter])
            File.WriteAllBytes($"/tmp/docs/{format}.pdf", await PdfWriter.Write(Summary.Of(format), Summary.Now));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var n = 0; n < 50; n++) await PdfWriter.Write(Summary.Of(), Summary.Now);
        output.WriteLine($"{watch.Elapsed.TotalMilliseconds / 50} ms each");
    }
}
