using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Evidence;

/// <summary>The evidence of the console: list, upload, approval, files.</summary>
public static class EvidenceEndpoints
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapEvidence(this RouteGroupBuilder console)
    {
        var evidence = console.MapGroup("/evidence");
        evidence.MapMethods("", Reading, EvidencePages.List).Needs(Right.ReadConsole).WithName("ConsoleEvidence");
        evidence.MapPost("", EvidenceUploads.Create).TakesAFile().WithName("CreateEvidence");
        evidence.MapMethods("/new", Reading, EvidenceUploads.New).Needs(Right.Write).WithName("NewEvidence");
        evidence.MapMethods("/{evidence:guid}", Reading, EvidencePages.Show).Needs(Right.ReadConsole).WithName("ConsoleEvidenceDocument");
        evidence.MapPost("/{evidence:guid}/versions", EvidenceUploads.AddVersion).TakesAFile().WithName("AddEvidenceVersion");
        evidence.MapMethods("/{evidence:guid}/files/{sha}", Reading, EvidenceFiles.Download).Needs(Right.ReadConsole).WithName("ConsoleEvidenceFile");
        evidence.MapPost("/{evidence:guid}/publications", EvidenceApproval.Approve).Needs(Right.Approve).WithName("PublishEvidence");
        evidence.MapPost("/{evidence:guid}/metadata-removals", EvidenceCleaning.Remove).Needs(Right.Write).WithName("CleanEvidence");
        evidence.MapPost("/{evidence:guid}/returns", EvidenceApproval.Return).Needs(Right.Approve).WithName("ReturnEvidence");
        evidence.MapPost("/{evidence:guid}/withdrawal-requests", EvidenceTakingBack.Ask).Needs(Right.Write).WithName("AskEvidenceWithdrawal");
        evidence.MapPost("/{evidence:guid}/withdrawals", EvidenceTakingBack.Approve).Needs(Right.Approve).WithName("WithdrawEvidence");
        evidence.MapPost("/{evidence:guid}/withdrawal-returns", EvidenceTakingBack.Decline).Needs(Right.Approve).WithName("DeclineEvidenceWithdrawal");
    }

    private static RouteHandlerBuilder TakesAFile(this RouteHandlerBuilder route)
        => route.Needs(Right.Write).WithMetadata(new StreamsItsBody(), new LargestRequest(UploadForm.Largest));
}
