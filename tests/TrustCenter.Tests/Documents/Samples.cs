using System.Diagnostics;
using System.Text;
using TrustCenter.Documents;

namespace TrustCenter.Tests.Documents;

/// <summary>Files to mark: real ones when they lie beside the checkout, small ones written here.</summary>
internal static class Samples
{
    /// <summary>The folder of real evidence files; null when it is absent.</summary>
    public static string? Evidence()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var evidence = Path.Combine(folder.FullName, "..", "shared", "data", "evidence");
            if (Directory.Exists(evidence)) return Path.GetFullPath(evidence);
        }

        return null;
    }

    public static bool Has(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, tool)));

    public static (int ExitCode, string Output) Run(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    public static string[] PageTexts(string pdf) => Run("pdftotext", pdf, "-").Output.Split('\f');

    /// <summary>A PDF from its objects' bodies, 1 being the catalog, with an exact cross-reference table.</summary>
    public static byte[] Pdf(params string[] objects)
    {
        var text = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(text.Length);
            text.Append($"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        return Finish(text, offsets, "");
    }

    /// <summary>One page whose properties name people and programs, in the document information and in XMP.</summary>
    public static byte[] WithMetadata()
    {
        const string xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmp:CreatorTool='Draft Studio 7'><dc:creator><rdf:Seq><rdf:li>Ida Geheim</rdf:li><rdf:li>Bo Stille</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            Stream("BT /F1 24 Tf 72 700 Td (Hello) Tj ET"), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            Stream(xmp, "/Type /Metadata /Subtype /XML"), "<< /Author (Ida Geheim) /Title (draft v7 FINAL) /Producer (Draft Studio 7) /Creator (C:/Users/ida/secret.docx) >>",
        ];
        var text = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(text.Length);
            text.Append($"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        return Finish(text, offsets, "/Info 7 0 R");
    }

    private static byte[] Finish(StringBuilder text, List<int> offsets, string trailer)
    {
        var start = text.Length;
        text.Append($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) text.Append($"{offset:D10} 00000 n \n");
        text.Append($"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    public static string Stream(string content, string dictionary = "") => $"<< /Length {content.Length} {dictionary} >>\nstream\n{content}\nendstream";

    /// <summary>One page that says hello; <paramref name="catalog"/> and <paramref name="page"/> are added to those dictionaries.</summary>
    public static byte[] OnePage(string catalog = "", string page = "", params string[] more) => Pdf([
        $"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        $"<< /Type /Page /Parent 2 0 R {(page.Contains("/MediaBox") ? "" : "/MediaBox [0 0 595 842]")} /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> {page} >>",
        Stream("BT /F1 24 Tf 72 700 Td (Hello) Tj ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        .. more]);
}

/// <summary>A folder that goes away with the test.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("documents-");

    public string this[string name] => Path.Combine(folder.FullName, name);

    public int Files => folder.GetFiles().Length;

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public Task<MarkResult> Prepare(string path, bool confirmed = false) => PdfMarker.Prepare(path, this["template.pdf"], confirmed, default);

    public Task<MarkResult> Prepare(byte[] pdf, bool confirmed = false) => Prepare(Write("in.pdf", pdf), confirmed);

    /// <summary>The template with a viewer's mark, written as "marked.pdf".</summary>
    public string Patch(MarkSlot slot, byte[] mark)
    {
        var bytes = File.ReadAllBytes(this["template.pdf"]);
        slot.Patch(0, bytes, mark);
        return Write("marked.pdf", bytes);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
