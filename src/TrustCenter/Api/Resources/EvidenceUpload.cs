using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>What the address of an upload says about the file: the fields of the console's form, read by its rules.</summary>
internal sealed record EvidenceUpload(EvidenceDescription Description, string FileName, bool RightToDecrypt)
{
    private const string FileNameField = "fileName", RightField = "rightToDecrypt";
    private static readonly string[] Known = ["title", "kind", "class", "from", "to", "validUntil", FileNameField, RightField];

    public static IReadOnlyList<ApiQuery> Query(bool isNew) =>
    [
        new("title", isNew ? "As readers should see it." : "As readers should see it; absent: as before.", isNew ? "SOC 2 Type II report 2026" : null, IsRequired: isNew),
        new("kind", isNew ? "What it is." : "Absent: as before.", isNew ? "soc2Report" : null, Words: ApiWord.All<EvidenceKind>(), IsRequired: isNew),
        new("class", isNew ? "Who may read it." : "Who may read it; absent: as before.", isNew ? "underAgreement" : null, Words: ApiWord.All<EvidenceClass>(), IsRequired: isNew),
        new("from", "First day of the period that it speaks about.", "2025-05-01", "date"),
        new("to", "Last day of that period.", "2026-04-30", "date"),
        new("validUntil", "The last day on which it counts.", "2027-04-30", "date"),
        new(FileNameField, "The name for the reader's disk.", "soc2-2026.bin"),
        new(RightField, "Say true when you have the right to lift the file's restrictions.", Words: ["true", "false"]),
    ];

    public static (EvidenceUpload? Upload, IResult? Refusal) Read(HttpRequest request, EvidenceVersion? standing)
    {
        foreach (var (name, values) in request.Query)
            if (!Known.Contains(name) || values.Count != 1) return (null, ApiAnswer.Bad(name, Known.Contains(name) ? "This appears twice." : "There is no such parameter. The OpenAPI document names all of them."));
        string Said(string name) => request.Query[name].ToString();
        var (kind, access) = (Word<EvidenceKind>(Said("kind"), standing?.Kind), Word<EvidenceClass>(Said("class"), standing?.Class));
        var form = FormOf.Fields(
        [
            ("title", [Said("title") is { Length: > 0 } title ? title : standing?.Title ?? ""]), ("kind", [kind]), ("class", [access]),
            ("from", [Said("from")]), ("to", [Said("to")]), ("validUntil", [Said("validUntil")]),
        ]);
        if (EvidenceUploads.Description(form) is not { } description) return (null, ApiAnswer.Wrong(form.Problems));
        var fileName = Said(FileNameField) is { Length: > 0 } named ? named : NameBefore(standing);
        return (new EvidenceUpload(description, fileName, Said(RightField) == "true"), null);
    }

    /// <summary>How this request calls what the form calls otherwise.</summary>
    public static string Name(string field) => field switch
    {
        EvidenceIntake.RightField => RightField,
        EvidenceIntake.FileField => "body",
        "unmarked" => "mayGoUnmarked",
        _ => field,
    };

    // A PDF gets its ending from what its bytes say.
    private static string NameBefore(EvidenceVersion? standing)
        => standing?.File.Name is not { } name ? "document" : name.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase) ? name[..^".pdf".Length] : name;

    // As the form spells it; what is no word stays what it is, and the form's rule says so.
    private static string Word<T>(string said, T? standing) where T : struct, Enum
        => said.Length == 0 ? standing?.ToString() ?? "" : ApiWord.TryParse(said, out T word) ? word.ToString() : "?";
}
