using System.ComponentModel;
using TrustCenter.Agreements;
using TrustCenter.Engine;
using TrustCenter.Staff;

namespace TrustCenter.Api;

/// <summary>One published text; it stays what it is.</summary>
public sealed record AgreementShape(int Version, string Title, [property: Description("A small Markdown.")] string Body, DateTimeOffset At,
    [property: Description("SHA-256, hex, of title, a line feed and the body: what an acceptance names.")] string Hash)
{
    internal static AgreementShape Of(AgreementVersion v) => new(v.Number, v.Title, v.Body, v.At, v.Hash);
}

public sealed record NewAgreementShape([property: Description("The version that you read; 0 before the first.")] int Version, string Title, [property: Description("A small Markdown, at most 60,000 characters.")] string Body);

/// <summary>The agreement that readers accept.</summary>
internal static class AgreementResource
{
    public static void MapAgreement(RouteGroupBuilder api)
    {
        api.MapMethods("/agreement", ApiRoutes.Reading, Show).Says(Right.ReadLinks, AgreementExamples.Show);
        api.MapMethods("/agreement/versions/{version:int}", ApiRoutes.Reading, ShowVersion).Says(Right.ReadLinks, AgreementExamples.Version);
        api.MapPost("/agreement/versions", Publish).Says(Right.PublishAgreement, AgreementExamples.Publish);
    }

    private static async Task<IResult> Show([AsParameters] Desk desk) => (await desk.Read<Agreement>(Agreement.Only))?.Current is { } current ? ApiAnswer.Ok(AgreementShape.Of(current)) : ApiAnswer.Missing;

    private static async Task<IResult> ShowVersion([AsParameters] Desk desk, int version)
        => (await desk.Read<Agreement>(Agreement.Only))?.Versions.FirstOrDefault(v => v.Number == version) is { } shown ? ApiAnswer.Ok(AgreementShape.Of(shown)) : ApiAnswer.Missing;

    private static async Task<IResult> Publish([AsParameters] Desk desk)
    {
        var (call, refusal) = await ApiCall.Read<NewAgreementShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var form = FormOf.Fields([("title", [call.Body.Title]), ("body", [call.Body.Body])]);
        var outcome = await desk.Decide(Agreement.Only, new PublishAgreement { Id = call.Command, Title = form.Text("title"), Body = form.Text("body"), BasedOn = call.Body.Version });
        return ApiAnswer.Of(outcome, version => ApiAnswer.Ok(new VersionShape(version)));
    }
}
