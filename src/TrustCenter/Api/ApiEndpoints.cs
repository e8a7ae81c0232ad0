using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>The API on the platform's host, and its description, which anybody may read (ABUSE T-131).</summary>
public static class ApiEndpoints
{
    private const string Policy = "sandbox; default-src 'none'";

    public static void MapApi(this RouteGroupBuilder platform)
    {
        platform.MapMethods("/openapi/v1.json", ["GET", "HEAD"], Describe).For(Reader.Anybody).WithName("OpenApi");
        var api = platform.MapGroup("/api/v1");
        api.AddEndpointFilter<ProblemDoor>();
        api.AddEndpointFilter<KeyDoor>();
        ClaimResource.MapClaims(api);
        ClaimTalkResource.MapClaimTalk(api);
        TranslationResource.MapTranslations(api);
        ClaimBatchResource.MapClaimBatches(api);
        EvidenceResource.MapEvidence(api);
        PageResource.MapPages(api);
        LinkResource.MapLinks(api);
        GrantResource.MapGrants(api);
        LinkApprovalResource.MapLinkApprovals(api);
        TouchResource.MapTouches(api);
        DealResource.MapDeals(api);
        ImportResource.MapImports(api);
        SubprocessorResource.MapSubprocessors(api);
        AgreementResource.MapAgreement(api);
        SettingsResource.MapSettings(api);
        JournalResource.MapJournal(api);
        // A malformed id answers as an unknown one: a problem, and only to who has a key.
        api.Map("{*path}", () => ApiAnswer.Missing).For(Reader.Program).WithName("api nothing");
    }

    private static IResult Describe(HttpContext context, OpenApiText text)
    {
        Answers.Secure(context.Response, Policy);
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(text.Bytes, "application/json");
    }
}

/// <summary>The document, written once: routes do not change while the app runs.</summary>
internal sealed class OpenApiText(IServiceProvider services)
{
    private readonly Lazy<byte[]> bytes = new(() => ActivatorUtilities.CreateInstance<OpenApiDocument>(services).Write());

    public byte[] Bytes => bytes.Value;
}
