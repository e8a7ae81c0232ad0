using TrustCenter.Evidence;

namespace TrustCenter.Tests.Evidence;

/// <summary>A report as an editor uploads it.</summary>
internal static class EvidenceExamples
{
    public static readonly string Sha = new('a', 64);

    public static EvidenceVersion Version(EvidenceClass @class = EvidenceClass.OnRequest, string? sha = null) => new()
    {
        Title = "SOC 2 Type II",
        Kind = EvidenceKind.Soc2Report,
        Class = @class,
        File = new StoredFile(sha ?? Sha, 1_000, "soc2.pdf", "application/pdf"),
        Template = new MarkTemplate(new string('b', 64), 1_200, 800, 96),
    };

    public static UploadEvidence Upload(EvidenceVersion? version = null) => new() { Files = [], Id = Guid.CreateVersion7(), Version = version ?? Version() };

    public static ApproveEvidence Approve(string? sha = null, bool unmarked = false) => new() { Id = Guid.CreateVersion7(), Sha = sha ?? Sha, MayGoUnmarked = unmarked };

    public static ReturnEvidence Return(string comment = "The period is wrong.") => new() { Id = Guid.CreateVersion7(), Comment = comment };
}
