namespace TrustCenter.Api;

internal static class TranslationExamples
{
    private const string Language = "de";

    private static readonly TranslatedWordsShape Words = new("Kundendaten sind im Ruhezustand mit **AES-256** verschlüsselt.", "Leitung Sicherheit", new Dictionary<string, string> { ["reviewer"] = "Eine gestohlene Platte verrät nichts." });

    private static readonly Dictionary<string, string> Fresh = new(Example.Path("claim", Example.Claim)) { ["language"] = Language }, Waiting = new(Example.Path("claim", Example.WaitingClaim)) { ["language"] = Language };

    public static readonly ApiOperation List = new("listClaimTranslations", "List what a claim says in other languages")
    {
        Path = Example.Path("claim", Example.WaitingClaim),
        Answer = new ListShape<TranslationShape>([new(Language, new(1, 1, Example.Noon, Example.Editor, Example.Approver, Example.Hash, Words), new(2, 1, StageShape.Waiting, Example.Editor, Example.Noon, Words))], More: false),
    };

    public static readonly ApiOperation Save = new("saveClaimTranslation", "Save a translation")
    {
        Description = "Only a published claim is translated, and a translation holds for the version that it names.",
        Path = Fresh,
        Body = new NewTranslationShape(Of: 1, Edit: 0, Words, Ask: true),
        Answer = new EditedShape(Example.Claim, 1),
    };

    public static readonly ApiOperation Approve = new("publishClaimTranslation", "Approve a translation, and publish it")
    {
        Description = "The approver must be somebody other than the translator.",
        Path = Waiting,
        Body = new ApprovalShape(1),
        Answer = new VersionedShape(Example.WaitingClaim, 1),
    };

    public static readonly ApiOperation Return = new("returnClaimTranslation", "Give a translation back, with a reason")
    {
        Path = Waiting,
        Body = new ReturnShape(1, "Sag, welche Daten."),
        Answer = new EditedShape(Example.WaitingClaim, 1),
    };
}
