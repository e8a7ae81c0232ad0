namespace TrustCenter.Api;

internal static class AgreementExamples
{
    private static readonly AgreementShape Agreement = new(1, "Reading agreement", "You tell nobody else what is in these documents.", Example.Noon, Example.Hash);

    public static readonly ApiOperation Show = new("readAgreement", "Read the agreement that readers accept")
    {
        Description = "404 before the first was published.",
        Answer = Agreement,
    };

    public static readonly ApiOperation Version = new("readAgreementVersion", "Read a version of the agreement")
    {
        Path = new Dictionary<string, string> { ["version"] = "1" },
        Answer = Agreement,
    };

    public static readonly ApiOperation Publish = new("publishAgreement", "Publish a new version of the agreement")
    {
        Description = "From the answer on everybody who accepted the version before is asked again.",
        Body = new NewAgreementShape(1, "Reading agreement", "You tell nobody what is in these documents, and destroy them when you have decided."),
        Answer = new VersionShape(2),
    };
}
