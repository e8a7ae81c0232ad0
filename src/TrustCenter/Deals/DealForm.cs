using System.Globalization;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Web;

namespace TrustCenter.Deals;

/// <summary>A deal's words as they were typed. What has no field here stays as it stands, whatever else was sent (T-086).</summary>
public static class DealForm
{
    private static readonly string[] OneLine = ["account", "domain", "product", "stage", "owner"]; // as an import reads them

    /// <summary>Every rule that is broken is in <see cref="TypedForm.Problems"/> afterwards.</summary>
    public static async Task<DealWords> Read(TypedForm form, DealWords standing, bool seesAmounts, Scope scope, IEngine engine, CancellationToken stop)
    {
        var words = standing with
        {
            Account = form.Text("account"),
            Domain = form.Text("domain").ToLowerInvariant(),
            Product = form.Text("product"),
            Amount = seesAmounts ? Amount(form) : standing.Amount,
            Currency = form.Text("currency"),
            Stage = form.Text("stage"),
            Opened = form.Date("opened"),
            Closed = form.Date("closed"),
            Owner = form.Text("owner"),
            Outcome = Word<DealOutcome>(form, "outcome"),
            Factor = new SecurityFactor
            {
                Kind = Word<FactorKind>(form, "factor"),
                Reason = form.Text("reason"),
                SaidBy = form.Word<SaidBy>("saidBy"),
                Claim = await ClaimOf(form, scope, engine, stop),
                Requirement = form.Text("requirement"),
            },
        };
        foreach (var field in OneLine.Where(field => form.Text(field).Any(char.IsControl))) form.Add(field, "Write it in one line.");
        if (words.Account.Length == 0) form.Add("account", "Name the customer, so that the deal can be found again.");
        form.Add(words.Problems().Where(p => form.Problems.All(known => known.Field != p.Field)).ToList());
        return words;
    }

    private static decimal? Amount(TypedForm form)
    {
        if (form.Text("amount").Length == 0) return null;
        if (Money.TryParse(form["amount"], out var amount, out var problem)) return amount;
        form.Add("amount", problem);
        return null;
    }

    private static T Word<T>(TypedForm form, string field) where T : struct, Enum
    {
        if (form.Word<T>(field) is { } word) return word;
        form.Add(field, "Choose one of the list.");
        return default;
    }

    // T-072: a claim of somebody else is refused like one that never was.
    private static async Task<Guid?> ClaimOf(TypedForm form, Scope scope, IEngine engine, CancellationToken stop)
    {
        if (form.Text("claim").Length == 0) return null;
        if (form.Id("claim") is { } claim && await engine.Read<Claim>(scope.Id<Claim>(claim), stop) is not null) return claim;
        form.Add("claim", "This claim is not on your list. Choose one of the list, or write what was missing.");
        return null;
    }
}

/// <summary>What the form offers and shows: names of fields, standing values as text, choices.</summary>
public sealed record DealChoices(IReadOnlyList<(string Value, string Text)> Claims, IReadOnlyList<string> Owners, IReadOnlyList<string> Stages)
{
    private const int LongestChoice = 90; // characters; a line of a select

    public static DealChoices Read(Sql sql, Scope scope) => new(
        [.. sql.Query("select id, statement from claim_rows where tenant = @tenant order by lower(statement)", r => (r.Id(0).ToString("D"), Short(r.Text(1))), ("@tenant", scope.Tenant))],
        sql.Query("select distinct owner from deal_rows where tenant = @tenant and owner <> '' order by owner", r => r.Text(0), ("@tenant", scope.Tenant)),
        sql.Query("select distinct stage from deal_rows where tenant = @tenant and stage <> '' order by stage", r => r.Text(0), ("@tenant", scope.Tenant)));

    /// <summary>Each field that a person fills in: its name, its label, and what stands in it as the form would hold it.</summary>
    public static IReadOnlyList<(string Field, string Label, string Value)> Standing(DealWords words) =>
    [
        ("account", "Customer", words.Account), ("domain", "Domain", words.Domain), ("product", "Product", words.Product),
        ("amount", "Amount", words.Amount?.ToString("0.##", CultureInfo.InvariantCulture) ?? ""), ("currency", "Currency", words.Currency),
        ("stage", "Stage", words.Stage), ("opened", "Opened", Day(words.Opened)), ("closed", "Closed", Day(words.Closed)), ("owner", "Owner", words.Owner),
        ("outcome", "Outcome", words.Outcome.ToString()), ("factor", "Security", words.Factor.Kind.ToString()), ("reason", "Reason", words.Factor.Reason),
        ("saidBy", "Said by", words.Factor.SaidBy?.ToString() ?? ""), ("claim", "About", words.Factor.Claim?.ToString("D") ?? ""), ("requirement", "Missing", words.Factor.Requirement),
    ];

    /// <summary>A value of the form in the words of its choice.</summary>
    public string Said(string field, string value) => field switch
    {
        _ when value.Length == 0 => "(nothing)",
        "outcome" when Enum.TryParse<DealOutcome>(value, out var outcome) && Enum.IsDefined(outcome) => DealWordsText.Of(outcome),
        "factor" when Enum.TryParse<FactorKind>(value, out var kind) && Enum.IsDefined(kind) => DealWordsText.Of(kind),
        "saidBy" when Enum.TryParse<SaidBy>(value, out var source) && Enum.IsDefined(source) => DealWordsText.Of(source),
        "claim" => Claims.FirstOrDefault(c => c.Value == value).Text ?? value,
        _ => value,
    };

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Short(string text) => text.Length <= LongestChoice ? text : text[..LongestChoice].TrimEnd() + "…";
}
