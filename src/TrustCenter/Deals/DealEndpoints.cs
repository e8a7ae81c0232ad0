using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Deals;

/// <summary>The deals room of the console.</summary>
public static class DealEndpoints
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapDeals(this RouteGroupBuilder console)
    {
        console.MapMethods("/deals", Reading, List).Needs(Right.ReadDeals).WithName("Deals");
        console.MapPost("/deals", Record).Needs(Right.WriteDeals).WithName("RecordDeal");
        console.MapPost("/deals/exports", Export).Needs(Right.ReadDeals).WithName("ExportDeals");
        console.MapMethods("/deals/new", Reading, New).Needs(Right.WriteDeals).WithName("NewDeal");
        console.MapMethods("/deals/{deal:guid}", Reading, Show).Needs(Right.ReadDeals).WithName("Deal");
        console.MapPost("/deals/{deal:guid}", Change).Needs(Right.WriteDeals).WithName("ChangeDeal");
    }

    private static async Task<IResult> List(HttpContext context, IStore store, IEngine engine, TimeProvider clock)
    {
        var settings = await engine.Settings(context.ConsoleUser().Scope, context.RequestAborted);
        var filter = DealFilter.From(name => context.Request.Query[name].ToString(), settings.FiscalYearStart);
        var rows = await store.Query(sql => DealRows.Read(sql, context.ConsoleUser().Scope, filter, Today(clock), settings.FiscalYearStart), context.RequestAborted);
        return context.ConsolePage<DealsPage>(new() { ["Deals"] = rows });
    }

    /// <summary>Who took deals out of the house stands in the journal before the first byte leaves.</summary>
    private static async Task<IResult> Export(HttpContext context, IStore store, IEngine engine, HostKeys keys, TimeProvider clock)
    {
        var user = context.ConsoleUser();
        var subject = user.Scope.Id<StaffMember>(user.Id);
        var form = await TypedForm.Read(context);
        var filter = DealFilter.From(name => form[name], (await engine.Settings(user.Scope, context.RequestAborted)).FiscalYearStart);
        var bytes = await store.Query(sql => DealCsv.Write(sql, user.Scope, filter, user.May(Right.SeeAmounts)), context.RequestAborted);
        var happening = new Happening("deals.exported", new Fact("amounts", user.May(Right.SeeAmounts) ? "yes" : "no"));
        await store.Commit(new Commit { Tenant = user.Scope.Tenant, Entries = [.. PendingEntry.From([happening], user.Actor, subject, clock.GetUtcNow(), keys.StateHash(subject, 0, []))] }, context.RequestAborted);
        Answers.Private(context.Response, Answers.Policy(Style.Page));
        return Results.File(bytes, "text/csv; charset=utf-8", $"deals-{Today(clock):yyyy-MM-dd}.csv");
    }

    private static async Task<IResult> New(HttpContext context, IStore store)
        => await Form(context, store, new Editing(null, new DealWords { Currency = context.ConsoleUser().Vendor.Currency, Owner = OwnName(context.ConsoleUser()) }, 0, TypedForm.Empty));

    /// <summary>The deal's key is the form's id, so that a form posted twice is one deal.</summary>
    private static async Task<IResult> Record(HttpContext context, IEngine engine, IStore store)
    {
        var form = await TypedForm.Read(context);
        return await Decide(context, engine, store, form.Command, form, new DealWords(), 0);
    }

    private static async Task<IResult> Show(HttpContext context, Guid deal, IEngine engine, IStore store, PersonalRecords personal, TimeProvider clock)
    {
        var user = context.ConsoleUser();
        if (await engine.Read<Deal>(user.Scope.Id<Deal>(deal), context.RequestAborted) is not { } state) return Answers.Nothing();
        return context.ConsolePage<DealPage>(new()
        {
            ["Id"] = deal,
            ["Deal"] = state,
            ["Claim"] = await StatementOf(state.Words.Factor.Claim, engine, user.Scope, context.RequestAborted),
            ["Trace"] = await DealTrace.Read(store, personal, user.Scope, deal, context.RequestAborted),
            ["Choices"] = await store.Query(sql => DealChoices.Read(sql, user.Scope), context.RequestAborted),
            ["Now"] = clock.GetUtcNow(),
        });
    }

    private static async Task<IResult> Change(HttpContext context, Guid deal, IEngine engine, IStore store)
    {
        if (await engine.Read<Deal>(context.ConsoleUser().Scope.Id<Deal>(deal), context.RequestAborted) is not { } state) return Answers.Nothing();
        var form = await TypedForm.Read(context);
        return await Decide(context, engine, store, deal, form, state.Words, form.Number("version"));
    }

    private static async Task<IResult> Decide(HttpContext context, IEngine engine, IStore store, Guid deal, TypedForm form, DealWords standing, int version)
    {
        var user = context.ConsoleUser();
        var id = user.Scope.Id<Deal>(deal);
        var words = await DealForm.Read(form, standing, user.May(Right.SeeAmounts), user.Scope, engine, context.RequestAborted);
        if (form.Problems.Count > 0) return await Form(context, store, new Editing(version == 0 ? null : deal, standing, version, form), StatusCodes.Status422UnprocessableEntity);
        var outcome = await engine.Decide(id, new SetDeal { Id = form.Command, Words = words, BasedOn = version }, user.Actor, context.RequestAborted);
        if (outcome is Outcome.Refused refused)
        {
            form.Add(refused.Problems);
            return await Form(context, store, new Editing(version == 0 ? null : deal, standing, version, form), StatusCodes.Status422UnprocessableEntity);
        }
        var now = (await engine.Read<Deal>(id, context.RequestAborted))!;
        // A form that went out twice with other words is no repetition: what was typed the second time must not vanish.
        if (outcome is Outcome.Done && now.Words == words) return Answers.SeeOther(context, user.Paths.Deal(deal));
        return await Form(context, store, new Editing(deal, now.Words, now.Version, form) { IsConflict = true }, StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> Form(HttpContext context, IStore store, Editing editing, int status = 200) => context.ConsolePage<DealFormPage>(new()
    {
        ["Editing"] = editing,
        ["Choices"] = await store.Query(sql => DealChoices.Read(sql, context.ConsoleUser().Scope), context.RequestAborted),
    }, status);

    private static async Task<string?> StatementOf(Guid? claim, IEngine engine, Scope scope, CancellationToken stop)
        => claim is { } id && await engine.Read<Claim>(scope.Id<Claim>(id), stop) is { } state ? (state.Current?.Wording ?? state.Working)?.Statement : null;

    private static string OwnName(ConsoleUser user) => user.Member.Roles.Contains(Role.Rep) ? user.Member.Name : "";

    private static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}

/// <summary>A form while somebody fills it in.</summary>
/// <param name="Deal">Null for a new one.</param>
/// <param name="Version">The version that the form is based on; 0 for a new deal.</param>
public sealed record Editing(Guid? Deal, DealWords Standing, int Version, TypedForm Form)
{
    /// <summary>Somebody else changed the deal: <see cref="Standing"/> is what stands now, <see cref="Form"/> what was typed.</summary>
    public bool IsConflict { get; init; }
}
