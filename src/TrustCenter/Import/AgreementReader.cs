namespace TrustCenter.Import;

/// <summary>Reads <c>agreement.md</c>: title and version between two lines of "---", then the text.</summary>
internal static class AgreementReader
{
    public const string File = "agreement.md";
    private const string Fence = "---\n";
    private const int BytesOfCharacter = 4; // at most, in UTF-8
    private static readonly string[] Columns = ["title", "version"];

    public static ImportAgreement? Read(Folder folder, FileProblems problems)
    {
        if (!folder.Has(File) || folder.Open(File, problems) is not { } path) return null;
        if (TextFile.Read(path, ImportLimits.Agreement * BytesOfCharacter, problems) is not { } raw) return null;
        var text = raw.ReplaceLineEndings("\n");
        var end = text.IndexOf("\n" + Fence, StringComparison.Ordinal);
        if (!text.StartsWith(Fence, StringComparison.Ordinal) || end < 0)
            return Refuse(1, null, "wrong shape", "Begin with three lines or more: ---, title: ..., version: ..., ---.", problems);
        if (YamlFile.Read(text[Fence.Length..Math.Max(Fence.Length, end)], problems, linesBefore: 1) is not { } front) return null;
        if (front is not MapNode map) return Refuse(2, null, "wrong shape", "Write title: and version: between the lines of ---.", problems);
        return Read(new Row(map, FileMap.None, problems), text[(end + 1 + Fence.Length)..].Trim(), problems);
    }

    private static ImportAgreement? Read(Row row, string body, FileProblems problems)
    {
        row.WarnUnknown(name => Columns.Contains(name, StringComparer.OrdinalIgnoreCase), []);
        var agreement = new ImportAgreement
        {
            Title = row.Need("title", row.Text("title")),
            Version = row.Need("version", row.Text("version", longest: 40)),
            Body = body,
        };
        if (body.Length == 0) return Refuse(null, "body", "missing value", "The agreement has no text. Write it below the second ---.", problems);
        if (body.Length > ImportLimits.Agreement)
            return Refuse(null, "body", "too long", $"{body.Length:N0} characters; at most {ImportLimits.Agreement:N0} are read. Shorten it.", problems);
        if (FieldText.HoldsControl(body, linesAllowed: true))
            return Refuse(null, "body", "control character", "The text holds a control character. Type that place again.", problems);
        return row.Failed ? null : agreement;
    }

    private static ImportAgreement? Refuse(int? row, string? column, string kind, string reason, FileProblems problems)
    {
        problems.Error(row, column, kind, reason);
        return null;
    }
}
