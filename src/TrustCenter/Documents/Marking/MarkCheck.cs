namespace TrustCenter.Documents;

/// <summary>What a reader sees: a refusal, or the first page without the mark (0 when every page has it).</summary>
internal readonly record struct Sight(MarkResult.Refused? Refusal, int PageWithout)
{
    public bool Clear => Refusal is null && PageWithout == 0;
}

/// <summary>Looks at a template as two other readers see it: is it whole, and does every page show the mark?</summary>
internal sealed class MarkCheck(PdfTools tools, string template, string folder, CancellationToken cancel)
{
    private const int Failed = 2; // exit code of qpdf for errors; 3 means warnings
    private const int MostWarnings = 5;

    public async Task<Sight> Check(string probe, int pages, List<string> warnings)
    {
        var check = await tools.RunQpdf(["--check", template], cancel);
        if (RefusalOf(check, "qpdf") is { } refusal) return new Sight(refusal, 0);
        if (check.ExitCode == Failed)
            return new Sight(new(RefusalKind.Broken, "The file is damaged in a way that marking cannot repair. Print or export it to PDF once more and upload the new file."), 0);
        warnings.AddRange(WarningsIn(check.Errors, template).Except(warnings).ToList());
        return await LookAtPages(probe, pages, warnings);
    }

    /// <summary>The refusal for a run that did not end by itself.</summary>
    public static MarkResult.Refused? RefusalOf(ToolRun run, string tool) => run.End switch
    {
        ToolEnd.Ran => null,
        ToolEnd.Missing => new(RefusalKind.ToolMissing, $"The program {tool}, which reads PDF files, is not installed on this server. Ask its operator to install the package {tool}; until then no file can be marked."),
        ToolEnd.TooSlow => new(RefusalKind.TooSlow, "The file takes too much time to read. Print or export it to PDF once more, or split it, and upload that."),
        ToolEnd.TooBig => new(RefusalKind.TooBig, "The file takes too much memory to read. Split it or save it with smaller pictures, and upload that."),
        _ => new(RefusalKind.Broken, "The file makes our PDF reader stop. Print or export it to PDF once more and upload the new file."),
    };

    private async Task<Sight> LookAtPages(string probe, int pages, List<string> warnings)
    {
        var text = Path.Combine(folder, "text.txt");
        var run = await tools.Text(template, text, cancel);
        if (run.End == ToolEnd.Missing)
        {
            warnings.Add("The mark was not looked for page by page: the package poppler-utils is not installed on this server.");
            return default;
        }

        if (RefusalOf(run, "pdftotext") is { } refusal) return new Sight(refusal, 0);
        var shown = run.ExitCode == 0 ? (await File.ReadAllTextAsync(text, cancel)).Split('\f') : [];
        if (shown.Length - 1 != pages) // a form feed ends each page
            return new Sight(new(RefusalKind.Broken, "Two PDF readers do not agree on this file's pages. Print or export it to PDF once more and upload the new file."), 0);
        for (var page = 0; page < pages; page++)
            if (!shown[page].Contains(probe, StringComparison.Ordinal)) return new Sight(null, page + 1);
        return default;
    }

    /// <summary>qpdf's own words, without the file's name and position: an editor has no use for a path of the server.</summary>
    public static IEnumerable<string> WarningsIn(string errors, string path) => errors.Replace(path + ": ", "").Replace(path, "the file").Split('\n')
        .Where(line => line.StartsWith("WARNING: ", StringComparison.Ordinal))
        .Select(line => "The file was repaired: " + line[(line.LastIndexOf("): ", StringComparison.Ordinal) is var at and > 0 ? at + 3 : 9)..])
        .Distinct().Take(MostWarnings);
}
