using TrustCenter.Import;

namespace TrustCenter.Api;

internal static class ImportExamples
{
    private static readonly Dictionary<string, string> Checked = Example.Path("import", Example.Import);
    private static readonly string[] Header = ["key", "account", "currency", "outcome"];

    private static readonly ImportMappingShape Mapping = new(Header.ToDictionary(c => c), new Dictionary<string, IReadOnlyDictionary<string, string>> { ["outcome"] = new Dictionary<string, string> { ["Closed Won"] = "won" } });

    public static readonly ApiOperation List = new("listImports", "List imports of deals")
    {
        IsPaged = true,
        Answer = new ListShape<ImportLineShape>([new(Example.Import, "deals.csv", ImportStage.Checked, 1, 0, Example.Noon)], More: false, "Kq3…"),
    };

    public static readonly ApiOperation Create = new("createImport", "Upload a table of deals and have it checked")
    {
        Description = "The body is the CSV file, at most 64 MiB and 100,000 rows. Its columns are read as they were for the last table with the same columns, else as they are guessed; mapImport says otherwise. Nothing changes before the import is begun: read it until its stage is checked.",
        Query = [new("fileName", "As the list of imports names it.", "deals.csv")],
        TakesAFile = true,
        FileExample = Example.Table,
        Creates = true,
        Status = StatusCodes.Status201Created,
        Answer = new MadeShape(Guid.Parse(Example.NewKey)),
    };

    public static readonly ApiOperation Show = new("readImport", "Read how far an import is and what it found")
    {
        Path = Checked,
        Answer = new ImportShape(Example.Import, "deals.csv", Example.ShaOf(Example.Table), ImportStage.Checked, 1, 0, Example.Noon, new(1, 0, 0, 0), new(0, 0, 0, 0), [new("This is not a day. Write year, month and day: 2026-12-31.", 2, "closed")], Header, Mapping),
    };

    public static readonly ApiOperation Report = new("readImportReport", "Read what became of each row, or what is wrong with it")
    {
        Path = Checked,
        AnswerMedia = "text/csv",
    };

    public static readonly ApiOperation Map = new("mapImport", "Say how the columns of a table are read, and have it checked again")
    {
        Description = "Only before it is begun. The next table with the same columns is read so, once this one was begun.",
        Path = Checked,
        Body = Mapping,
        Answer = new MadeShape(Example.Import),
    };

    public static readonly ApiOperation Begin = new("beginImport", "Let a checked table in")
    {
        Description = "It runs on in the background and goes on after a crash; its stage is importing until the last row is durable.",
        Path = Checked,
        Body = new NothingShape(),
        Answer = new MadeShape(Example.Import),
    };

    public static readonly ApiOperation Withdraw = new("withdrawImport", "Decide against a table before it is begun")
    {
        Path = Checked,
        Body = new NothingShape(),
        Answer = new MadeShape(Example.Import),
    };
}
