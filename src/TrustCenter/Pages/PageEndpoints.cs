using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Pages;

/// <summary>The public addresses. What is compiled is served from memory; three pages are made for the request, because they depend on what was asked or on the second.</summary>
public static class PageEndpoints
{
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    public static void AddPages(this IServiceCollection services)
    {
        services.AddSingleton<SnapshotCache>();
        services.AddSingleton<ShortWay>();
        services.AddSingleton<Packing>();
        services.AddSingleton<PageMaker>();
        services.AddSingleton<PageCompiler>();
    }

    public static void MapPages(this RouteGroupBuilder vendor)
    {
        vendor.MapCompiled("/", "home", PageNames.Home);
        vendor.MapCompiled("/documents", "documents", PageNames.Documents);
        vendor.MapCompiled("/subprocessors", "subprocessors", PageNames.Subprocessors);
        vendor.MapCompiled("/updates", "updates", PageNames.Updates);
        vendor.MapCompiled("/updates.atom", "feed", PageNames.Feed);
        vendor.MapMethods("/trust.json", Read, (HttpContext context, SnapshotCache cache) =>
        {
            TrustSchema.ForEverybody(context.Response);
            return Serve(context, cache, PageNames.Json);
        }).IsPublic("trust.json");
        vendor.MapMethods("/trust.schema.json", Read, TrustSchema.Serve).IsPublic("trust schema");
        vendor.MapCompiled("/manifest.txt", "manifest", PageNames.Manifest);
        vendor.MapCompiled("/logo.svg", "logo", PageNames.Logo);
        vendor.MapCompiled("/logo.png", "logo as PNG", PageNames.LogoPng);
        vendor.MapMethods("/for/{audience}", Read, (string audience, HttpContext context, SnapshotCache cache) => Serve(context, cache, PageNames.Audience(audience))).IsPublic("audience")
            .WithShortWay(context => PageNames.Audience((string)context.Request.RouteValues["audience"]!));
        vendor.MapMethods("/claims/{claim:guid}", Read, (Guid claim, HttpContext context, SnapshotCache cache) => Serve(context, cache, PageNames.Claim(claim))).IsPublic("claim")
            .WithShortWay(context => PageNames.Claim(Guid.Parse((string)context.Request.RouteValues["claim"]!, CultureInfo.InvariantCulture)));
        vendor.MapMethods("/claims/{claim:guid}/differences", Read, ChooseDifference).IsPublic("choose difference");
        vendor.MapMethods("/claims/{claim:guid}/differences/{from:int}/{to:int}", Read, Difference).IsPublic("difference");
        vendor.MapMethods("/claims/{claim:guid}/history.json", Read, (Guid claim, HttpContext context, SnapshotCache cache) => Serve(context, cache, PageNames.ClaimHistory(claim))).IsPublic("claim history");
        vendor.MapMethods("/{language}", Read, (string language, HttpContext context, SnapshotCache cache) => ServeIn(language, context, cache, PageNames.HomeIn(language))).IsPublic("home in a language");
        vendor.MapMethods("/{language}/for/{audience}", Read, (string language, string audience, HttpContext context, SnapshotCache cache) => ServeIn(language, context, cache, PageNames.AudienceIn(language, audience))).IsPublic("audience in a language");
        vendor.MapMethods("/{language}/claims/{claim:guid}", Read, (string language, Guid claim, HttpContext context, SnapshotCache cache) => ServeIn(language, context, cache, PageNames.ClaimIn(language, claim))).IsPublic("claim in a language");
        vendor.MapMethods("/check", Read, Check).IsPublic("check");
        vendor.MapMethods("/search", Read, Search).IsPublic("search");
        vendor.MapMethods("/documents/{evidence:guid}/versions/{version:int}", Read, PublicFiles.Document).IsPublic("document");
        vendor.MapMethods("/publications.jsonl", Read, PublicFiles.Publications).IsPublic("publications");
    }

    private static void MapCompiled(this RouteGroupBuilder vendor, string pattern, string name, string page)
        => vendor.MapMethods(pattern, Read, (HttpContext context, SnapshotCache cache) => Serve(context, cache, page)).IsPublic(name).WithShortWay(_ => page);

    private static RouteHandlerBuilder IsPublic(this RouteHandlerBuilder page, string name) => page.WithName("public " + name).For(Reader.Anybody);

    private static async ValueTask<IResult> Serve(HttpContext context, SnapshotCache cache, string page)
        => await cache.Find(context.Scope().Tenant, page, context.RequestAborted) is { } found ? found : Answers.Nothing();

    // Anything else than a tag of a language costs no look-up.
    private static ValueTask<IResult> ServeIn(string language, HttpContext context, SnapshotCache cache, string page)
        => LanguageTag.IsTag(language) ? Serve(context, cache, page) : new(Answers.Nothing());

    // The form on a claim's page asks with a query; the answer's address names the versions.
    private static IResult ChooseDifference(Guid claim, string? from, string? to, HttpContext context, Paths paths)
    {
        if (!Number(from, out var first) || !Number(to, out var second)) return Answers.Nothing();
        Answers.Secure(context.Response, Answers.Policy(Style.Page));
        return Results.LocalRedirect(paths.Difference(claim, first, second));
    }

    private static bool Number(string? text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static async Task<IResult> Difference(Guid claim, int from, int to, HttpContext context, IStore store, IEngine engine, Paths paths, TimeProvider clock)
    {
        var (scope, stop) = (context.Scope(), context.RequestAborted);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var (found, documents) = await store.Query(sql => (PageReader.Claim(sql, scope.Tenant, claim, today), PageReader.Documents(sql, scope.Tenant)), stop);
        if (found?.Version(from) is not { } before || found.Version(to) is not { } after) return Answers.Nothing();
        if (await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), stop) is not { } vendor) return Answers.Nothing();
        return Rendered<DifferencePage>(context, vendor, DifferenceModel.Of(Frame.Of(vendor, paths), vendor, claim, before, after, documents));
    }

    private static async Task<IResult> Check(HttpContext context, IEngine engine, JournalLog journal, TenantKeys keys, Paths paths)
    {
        var (scope, stop) = (context.Scope(), context.RequestAborted);
        if (await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), stop) is not { } vendor) return Answers.Nothing();
        var latest = await journal.Latest(scope.Tenant, JournalEntry.Publications, stop);
        using var key = await keys.SigningKey(scope.Tenant, stop);
        return Rendered<CheckPage>(context, vendor, new CheckModel(Frame.Of(vendor, paths), latest?.Checkpoint, latest?.Jws ?? "", PublicJwk.Of(key)));
    }

    // Made for the question from the index in memory; no cache keeps who asked what, and no search engine lists it.
    private static async Task<IResult> Search(HttpContext context, SnapshotCache cache, IEngine engine, Paths paths, TimeProvider clock)
    {
        var (scope, stop) = (context.Scope(), context.RequestAborted);
        if (await engine.Read<Vendor>(scope.Id<Vendor>(Vendor.Only), stop) is not { } vendor) return Answers.Nothing();
        var question = SearchQuestion.Of(context.Request.Query["q"].FirstOrDefault());
        var index = question.IsEmpty ? null : await cache.Find(scope.Tenant, PageNames.Search, stop);
        var model = new SearchModel(Frame.Of(vendor, paths), question, index?.Search.Answer(question), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var answer = Rendered<SearchPage>(context, vendor, model);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        return answer;
    }

    private static RazorComponentResult<TPage> Rendered<TPage>(HttpContext context, Vendor vendor, object model) where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        Answers.Secure(context.Response, Answers.Policy(Style.WithAccent(Style.Inner, vendor.Accent)));
        context.Response.Headers.CacheControl = "no-cache";
        return new RazorComponentResult<TPage>(new Dictionary<string, object?> { ["Model"] = model }) { PreventStreamingRendering = true };
    }
}
