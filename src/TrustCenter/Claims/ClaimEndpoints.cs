using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Claims;

/// <summary>The claims of the console: list, editor, approval.</summary>
public static class ClaimEndpoints
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapClaims(this RouteGroupBuilder console)
    {
        var claims = console.MapGroup("/claims");
        claims.MapMethods("", Reading, ClaimList.Show).Needs(Right.ReadConsole).WithName("ConsoleClaims");
        claims.MapPost("", ClaimEditing.Create).Needs(Right.Write).WithName("CreateClaim");
        claims.MapMethods("/new", Reading, ClaimEditing.New).Needs(Right.Write).WithName("NewClaim");
        claims.MapPost("/previews", ClaimEditing.PreviewNew).Needs(Right.Write).WithName("PreviewNewClaim");
        claims.MapMethods("/{claim:guid}", Reading, ClaimEditing.Show).Needs(Right.ReadConsole).WithName("ConsoleClaim");
        claims.MapPost("/{claim:guid}", ClaimEditing.Save).Needs(Right.Write).WithName("SaveClaim");
        claims.MapPost("/{claim:guid}/previews", ClaimEditing.Preview).Needs(Right.Write).WithName("PreviewClaim");
        claims.MapPost("/{claim:guid}/approval-requests", ClaimEditing.AskApproval).Needs(Right.Write).WithName("AskClaimApproval");
        claims.MapPost("/{claim:guid}/withdrawal-requests", ClaimEditing.AskWithdrawal).Needs(Right.Write).WithName("AskClaimWithdrawal");
        claims.MapMethods("/{claim:guid}/review", Reading, ClaimReview.Show).Needs(Right.Approve).WithName("ClaimReview");
        claims.MapPost("/{claim:guid}/publications", ClaimReview.Approve).Needs(Right.Approve).WithName("PublishClaim");
        claims.MapPost("/{claim:guid}/returns", ClaimReview.Return).Needs(Right.Approve).WithName("ReturnClaim");
        claims.MapPost("/{claim:guid}/schedules", ClaimReview.Schedule).Needs(Right.Approve).WithName("ScheduleClaim");
        claims.MapPost("/{claim:guid}/schedule-ends", ClaimReview.CancelSchedule).Needs(Right.Approve).WithName("CancelClaimSchedule");
        claims.MapPost("/{claim:guid}/comments", ClaimTalk.Comment).Needs(Right.Comment).WithName("CommentClaim");
        claims.MapMethods("/as-of", Reading, ClaimsAsOfDay.Show).Needs(Right.ReadConsole).WithName("ClaimsAsOf");
        MapTranslations(claims.MapGroup("/{claim:guid}/translations/{language}"));
        MapBatches(claims);
    }

    private static void MapTranslations(RouteGroupBuilder translation)
    {
        translation.MapMethods("", Reading, TranslationDesk.Show).Needs(Right.ReadConsole).WithName("ClaimTranslation");
        translation.MapPost("", TranslationDesk.Save).Needs(Right.Write).WithName("SaveClaimTranslation");
        translation.MapPost("/publications", TranslationDesk.Approve).Needs(Right.Approve).WithName("PublishClaimTranslation");
        translation.MapPost("/returns", TranslationDesk.Return).Needs(Right.Approve).WithName("ReturnClaimTranslation");
    }

    private static void MapBatches(RouteGroupBuilder claims)
    {
        claims.MapMethods("/publications/new", Reading, BatchDesk.PreviewPublications).Needs(Right.Approve).WithName("NewClaimPublications");
        claims.MapPost("/publications", BatchDesk.Publish).Needs(Right.Approve).WithName("PublishClaims");
        claims.MapMethods("/checks/new", Reading, BatchDesk.PreviewChecks).Needs(Right.Write).WithName("NewClaimChecks");
        claims.MapPost("/checks", BatchDesk.Check).Needs(Right.Write).WithName("CheckClaims");
        claims.MapMethods("/batches/{batch:guid}", Reading, BatchDesk.Show).Needs(Right.ReadConsole).WithName("ClaimBatch");
    }
}
