namespace TrustCenter.Documents;

/// <summary>A policy or report from its Markdown source: a cover, then the text.</summary>
public static class DocumentFromMarkdown
{
    /// <summary>The date is printed on the cover and stands in the file's properties: the same source gives the same bytes.</summary>
    public static Task<byte[]> Write(string title, string vendor, DateOnly date, string markdown, string kind = "Document", CancellationToken cancel = default) =>
        PdfWriter.Write(Of(title, vendor, date, markdown, kind), new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero), cancel);

    /// <summary>A first heading that repeats the title is left out: the cover says it.</summary>
    public static PdfDocument Of(string title, string vendor, DateOnly date, string markdown, string kind = "Document")
    {
        var blocks = MarkdownBlocks.From(markdown);
        var repeated = blocks.FirstOrDefault() is Heading { Level: 1 } first && first.Text.Equals(title, StringComparison.OrdinalIgnoreCase);
        return new PdfDocument
        {
            Title = title,
            Author = vendor,
            Foot = new PdfFoot($"{vendor} · {title}", null),
            Blocks = [new Cover { Vendor = vendor, Kind = kind, Date = date }, .. repeated ? blocks.Skip(1) : blocks],
        };
    }
}
