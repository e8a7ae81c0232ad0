namespace TrustCenter.Documents;

/// <summary>The outside programs and what each of their runs may use.</summary>
internal sealed record PdfTools
{
    public string Qpdf { get; init; } = "qpdf";
    public string PdfToText { get; init; } = "pdftotext";
    public ToolLimits Limits { get; init; } = new();
    public long LargestUpload { get; init; } = 128L << 20; // bytes
    public long LargestListing { get; init; } = 64L << 20; // bytes of JSON; a tagged report of 500 pages has about 20 MiB

    public Task<ToolRun> RunQpdf(IEnumerable<string> arguments, CancellationToken cancel) => BoundedTool.Run(Qpdf, arguments, Limits, cancel);

    /// <summary>Writes a listing of every object.</summary>
    public Task<ToolRun> List(string pdf, string listing, CancellationToken cancel) =>
        BoundedTool.Run(Qpdf, ["--json=2", "--json-key=qpdf", "--json-key=pages", pdf, listing], Limits with { LargestFile = LargestListing }, cancel);

    /// <summary>Writes the content of one stream to the file <paramref name="prefix"/>-number.</summary>
    public Task<ToolRun> Content(string pdf, string listing, int number, string prefix, CancellationToken cancel) =>
        BoundedTool.Run(Qpdf, ["--json=2", "--json-key=qpdf", $"--json-object={number}", "--json-stream-data=file", $"--json-stream-prefix={prefix}", "--decode-level=generalized", pdf, listing],
            Limits with { LargestFile = LargestListing }, cancel);

    /// <summary>Prints each page's text, form feeds between them.</summary>
    public Task<ToolRun> Text(string pdf, string text, CancellationToken cancel) =>
        BoundedTool.Run(PdfToText, ["-enc", "UTF-8", pdf, text], Limits with { CpuSeconds = 3 * Limits.CpuSeconds }, cancel);
}
