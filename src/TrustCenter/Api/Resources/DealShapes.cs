using System.ComponentModel;
using System.Globalization;
using TrustCenter.Deals;
using TrustCenter.Store;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>A deal; read and written alike, except for its id and version.</summary>
public sealed record DealWordsShape(
    string Account,
    [property: Description("ISO 4217.")] string Currency,
    DealOutcome Outcome = DealOutcome.Open,
    FactorShape? Security = null,
    string? Domain = null,
    string? Product = null,
    [property: Description("In the currency, at most two decimals; absent where it is unknown or the key may not see amounts. A key that may not see it leaves it as it is.")] decimal? Amount = null,
    string? Stage = null,
    DateOnly? Opened = null,
    DateOnly? Closed = null,
    string? Owner = null,
    string? Manager = null,
    string? Region = null,
    [property: Description("The CRM's own id; set when the deal is made, never changed.")] string? ExternalKey = null)
{
    internal const string Member = "words";

    internal static DealWordsShape Of(DealWords w, bool seesAmounts) => new(w.Account, w.Currency, w.Outcome, FactorShape.Of(w.Factor), w.Domain, w.Product, seesAmounts ? w.Amount : null, w.Stage, w.Opened, w.Closed, w.Owner, w.Manager, w.Region, w.ExternalKey);

    /// <summary>What the console's form has a field for; the rest is put into what stands, before the form is read over it.</summary>
    internal TypedForm ToForm() => FormOf.Fields(
    [
        ("account", [Account]), ("domain", FormOf.Text(Domain)), ("product", FormOf.Text(Product)), ("amount", FormOf.Text(Amount?.ToString("0.############################", CultureInfo.InvariantCulture))), ("currency", [Currency]),
        ("stage", FormOf.Text(Stage)), ("opened", FormOf.Day(Opened)), ("closed", FormOf.Day(Closed)), ("owner", FormOf.Text(Owner)), ("outcome", [Outcome.ToString()]), ("factor", [(Security?.Kind ?? FactorKind.None).ToString()]),
        ("reason", FormOf.Text(Security?.Reason)), ("saidBy", FormOf.Text(Security?.SaidBy?.ToString())), ("claim", FormOf.Text(Security?.Claim?.ToString("D"))), ("requirement", FormOf.Text(Security?.Requirement)),
    ]);

    internal static string Name(string field) => field switch
    {
        "factor" => $"{Member}.security.kind",
        "reason" or "saidBy" or "claim" or "requirement" => $"{Member}.security.{field}",
        _ => $"{Member}.{field}",
    };
}

/// <summary>"Security blocked this deal because data location, said by the buyer, about EU-only storage."</summary>
public sealed record FactorShape(FactorKind Kind, string? Reason = null, SaidBy? SaidBy = null,
    [property: Description("The claim that it is about.")] Guid? Claim = null,
    [property: Description("What was missing.")] string? Requirement = null)
{
    internal static FactorShape Of(SecurityFactor f) => new(f.Kind, f.Reason, f.SaidBy, f.Claim, f.Requirement);
}

public sealed record DealShape(Guid Id, int Version, DealWordsShape Words)
{
    internal const string Columns = "id, changed, external_key, account, domain, product, amount_cents, currency, stage, opened, closed, owner, manager, region, outcome, factor, reason, said_by, claim, requirement";

    internal static DealShape Of(Row r, bool seesAmounts) => new(r.Id(0), r.Int(1), DealWordsShape.Of(new DealWords
    {
        ExternalKey = r.TextOrNull(2), Account = r.Text(3), Domain = r.Text(4), Product = r.Text(5), Amount = r.IsNull(6) ? null : r.Number(6) / 100m, Currency = r.Text(7), Stage = r.Text(8),
        Opened = r.DateOrNull(9), Closed = r.DateOrNull(10), Owner = r.Text(11), Manager = r.Text(12), Region = r.Text(13), Outcome = Enum.Parse<DealOutcome>(r.Text(14)),
        Factor = new SecurityFactor { Kind = Enum.Parse<FactorKind>(r.Text(15)), Reason = r.Text(16), SaidBy = Enum.TryParse<SaidBy>(r.TextOrNull(17), out var said) ? said : null, Claim = r.IdOrNull(18), Requirement = r.TextOrNull(19) ?? "" },
    }, seesAmounts));
}

public sealed record NewDealShape(DealWordsShape Words);

public sealed record ChangedDealShape([property: Description("The version as you read it: what was changed since is not overwritten.")] int Version, DealWordsShape Words);

/// <summary>Lost deals where security was a factor, per quarter and currency: the last eight quarters.</summary>
public sealed record FiguresShape([property: Description("What counts, in words.")] string Definition, IReadOnlyList<QuarterShape> Quarters,
    [property: Description("Lost deals that closed before or after these quarters.")] long Outside);

public sealed record QuarterShape([property: Description("2026-Q3.")] string Quarter, long Lost, long WithSecurity, IReadOnlyList<LostShape> Currencies);

public sealed record LostShape(string Currency, long Lost, long WithSecurity,
    [property: Description("Of all lost deals; absent where the key may not see amounts.")] decimal? Amount = null,
    [property: Description("Of those where security was a factor.")] decimal? AmountWithSecurity = null,
    [property: Description("Of those, how many have no known amount.")] long? WithoutAmount = null);
