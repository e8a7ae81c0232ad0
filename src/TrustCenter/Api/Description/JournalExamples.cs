using TrustCenter.Pages;

namespace TrustCenter.Api;

internal static class JournalExamples
{
    private const string Jws = "eyJhbGciOiJFUzI1NiJ9…";

    private static readonly ListShape<EntryShape> Entries = new([new(7, Example.Noon, $"key:{Example.NewKey} of staff:{Example.Editor:D}", "claim.redrafted", $"claim:{Example.Claim:D}", [new("edit", "3")], Example.Hash)], More: false, "Kq3…");
    private static readonly ListShape<CheckpointShape> Checkpoints = new([new(7, Example.Noon, Jws)], More: false, "Kq3…");

    public static readonly ApiOperation Journal = new("listJournal", "List the journal's entries, oldest first")
    {
        Description = "Personal values are commitments and do not stand here. Keep next to go on from it later.",
        IsPaged = true,
        Answer = Entries,
    };

    public static readonly ApiOperation Publications = new("listPublications", "List the entries of the public log, oldest first") { IsPaged = true, Answer = Entries };
    public static readonly ApiOperation JournalCheckpoints = new("listJournalCheckpoints", "List the journal's signed checkpoints") { IsPaged = true, Answer = Checkpoints };
    public static readonly ApiOperation PublicationCheckpoints = new("listPublicationCheckpoints", "List the public log's signed checkpoints") { IsPaged = true, Answer = Checkpoints };

    public static readonly ApiOperation Export = new("exportJournal", "Export both logs for the offline verifier")
    {
        Description = "The export is itself an entry. The answer is JSON lines that end with a signed seal.",
        Body = new ExportShape(WithPersonal: false),
        AnswerMedia = "application/jsonl",
    };
}

internal static class PageExamples
{
    public static readonly ApiOperation List = new("listPages", "List the compiled pages")
    {
        IsPaged = true,
        Answer = new ListShape<PageShape>([new(PageNames.Home, "https://northwind.example/", "text/html; charset=utf-8", "W/\"8f3a\"", Example.Hash, 28_113, Example.Noon)], More: false, "Kq3…"),
    };
}
