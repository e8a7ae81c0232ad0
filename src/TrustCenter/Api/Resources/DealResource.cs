using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Import;
using TrustCenter.Keys;
using TrustCenter.Staff;
using TrustCenter.Tenants;

namespace TrustCenter.Api;

/// <summary>Deals for programs, such as a CRM.</summary>
internal static class DealResource
{
    public static void MapDeals(RouteGroupBuilder api)
    {
        api.MapMethods("/deals", ApiRoutes.Reading, List).Says(Right.ReadDeals, DealExamples.List);
        api.MapPost("/deals", Create).Says(Right.WriteDeals, DealExamples.Create);
        api.MapMethods("/deals/figures", ApiRoutes.Reading, Figures).Says(Right.ReadDeals, DealExamples.Figures);
        api.MapMethods("/deals/{deal:guid}", ApiRoutes.Reading, Show).Says(Right.ReadDeals, DealExamples.Show);
        api.MapPost("/deals/{deal:guid}/versions", Change).Says(Right.WriteDeals, DealExamples.Change);
    }

    private static async Task<IResult> List([AsParameters] Desk desk, HostKeys keys)
    {
        var said = desk.Context.Request.Query["outcome"].ToString();
        DealOutcome? outcome = ApiWord.TryParse(said, out DealOutcome word) ? word : null;
        if (said.Length > 0 && outcome is null) return ApiAnswer.Bad("outcome", "This is no outcome of a deal. The OpenAPI document names them.");
        var (paging, refusal) = ApiPaging.Read(desk.Context, keys, $"deals|{outcome}");
        if (paging is null) return refusal!;
        var (condition, values) = new DealFilter { Outcome = outcome }.Condition(desk.User.Scope);
        var sees = desk.User.May(Right.SeeAmounts);
        var rows = await desk.Store.Query(sql => sql.Query($"select {DealShape.Columns} from deal_rows where {condition} and id > @after order by id limit @most",
            r => DealShape.Of(r, sees), [.. values, ("@after", paging.AfterId), ("@most", paging.Fetched)]), desk.Stop);
        return paging.Page(keys, rows, r => r.Id.ToString("N"), r => r);
    }

    private static async Task<IResult> Show([AsParameters] Desk desk, Guid deal)
        => await desk.Read<Deal>(deal) is { } found ? ApiAnswer.Ok(new DealShape(deal, found.Version, DealWordsShape.Of(found.Words, desk.User.May(Right.SeeAmounts)))) : ApiAnswer.Missing;

    private static async Task<IResult> Figures([AsParameters] Desk desk)
    {
        var settings = await desk.Engine.Settings(desk.User.Scope, desk.Stop);
        var figures = await desk.Store.Query(sql => DealFigures.Read(sql, desk.User.Scope, Quarter.Of(desk.Today, settings.FiscalYearStart)), desk.Stop);
        var sees = desk.User.May(Right.SeeAmounts);
        return ApiAnswer.Ok(new FiguresShape(DealFigures.Definition, [.. figures.Quarters.Select(q => new QuarterShape(q.Quarter.ToString(), q.All, q.WithFactor, [.. q.Currencies.Select(c => Lost(c, sees))]))], figures.Outside));
    }

    private static LostShape Lost(LostDeals lost, bool sees) => sees
        ? new(lost.Currency, lost.All, lost.WithFactor, lost.AllCents / 100m, lost.FactorCents / 100m, lost.WithoutAmount)
        : new(lost.Currency, lost.All, lost.WithFactor);

    /// <summary>A deal with the CRM's key gets the id that an import would give it: both find the same deal.</summary>
    private static async Task<IResult> Create([AsParameters] Desk desk)
    {
        var (call, refusal) = await ApiCall.Read<NewDealShape>(desk.Context, creates: true);
        if (call is null) return refusal!;
        var typed = call.Body.Words;
        var id = typed.ExternalKey is { Length: > 0 } external ? ImportKeys.Of<Deal>(desk.User.Scope, external) : call.Key;
        var (words, wrong) = await Read(desk, typed, new DealWords { ExternalKey = typed.ExternalKey is { Length: > 0 } key ? key : null });
        if (words is null) return wrong!;
        return await desk.Decide(id, new SetDeal { Id = call.Command, Words = words, BasedOn = 0 }) switch
        {
            Outcome.Stale when id != call.Key => ApiAnswer.Wrong([new Problem("externalKey", "There is a deal with this key already. Change that one.")], DealWordsShape.Name),
            Outcome.Stale => ApiAnswer.UsedForAnother,
            var outcome => ApiAnswer.Of(outcome, version => ApiAnswer.Made($"{desk.User.Paths.Api}/deals/{id:D}", new VersionedShape(id, version)), DealWordsShape.Name),
        };
    }

    private static async Task<IResult> Change([AsParameters] Desk desk, Guid deal)
    {
        if (await desk.Read<Deal>(deal) is not { } standing) return ApiAnswer.Missing;
        var (call, refusal) = await ApiCall.Read<ChangedDealShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        if (call.Body.Words.ExternalKey is { } external && external != standing.Words.ExternalKey) return ApiAnswer.Wrong([new Problem("externalKey", "The key of a deal stays what it is. Leave it out.")], DealWordsShape.Name);
        var (words, wrong) = await Read(desk, call.Body.Words, standing.Words);
        if (words is null) return wrong!;
        var outcome = await desk.Decide(deal, new SetDeal { Id = call.Command, Words = words, BasedOn = call.Body.Version });
        return ApiAnswer.Of(outcome, version => ApiAnswer.Ok(new VersionedShape(deal, version)), DealWordsShape.Name);
    }

    private static async Task<(DealWords? Words, IResult? Wrong)> Read(Desk desk, DealWordsShape typed, DealWords standing)
    {
        var form = typed.ToForm();
        var sees = desk.User.May(Right.SeeAmounts);
        if (typed.Amount is not null && !sees) form.Add("amount", "This key may not see amounts, so it cannot set one. Leave it out.");
        var words = await DealForm.Read(form, standing with { Manager = typed.Manager ?? "", Region = typed.Region ?? "" }, sees, desk.User.Scope, desk.Engine, desk.Stop);
        return form.Problems.Count > 0 ? (null, ApiAnswer.Wrong(form.Problems, DealWordsShape.Name)) : (words, null);
    }
}
