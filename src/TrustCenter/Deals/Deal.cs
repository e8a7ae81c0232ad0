using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Deals;

public enum DealOutcome { Open, Won, Lost, NoDecision }

public enum FactorKind { None, ReviewAsked, Slowed, Blocked, Helped, Decisive }

public enum SaidBy { BuyersWords, RepsJudgement }

/// <summary>A sale, and whether security was a factor in it: what the vendor's security wins and what its absence costs.</summary>
public sealed record Deal : IState<Deal>
{
    public required DealWords Words { get; init; }
    public int Version { get; init; }
    public Guid? Import { get; init; } // the import that made this version; null when a person did

    static string IState<Deal>.Kind => "deal";
    static JsonTypeInfo<Deal> IState<Deal>.Json => DealJson.Default.Deal;

    public IEnumerable<ViewRow> Rows(AggregateId id)
    {
        var w = Words;
        yield return new ViewRow("deal_rows", id.Key,
            ("external_key", w.ExternalKey), ("account", w.Account), ("domain", w.Domain), ("product", w.Product), ("amount_cents", w.Amount is { } amount ? (long)decimal.Round(amount * 100) : null),
            ("currency", w.Currency), ("stage", w.Stage), ("opened", w.Opened), ("closed", w.Closed), ("owner", w.Owner), ("manager", w.Manager), ("region", w.Region), ("outcome", w.Outcome),
            ("factor", w.Factor.Kind), ("reason", w.Factor.Reason), ("said_by", w.Factor.SaidBy?.ToString() ?? ""), ("claim", w.Factor.Claim), ("requirement", w.Factor.Requirement), ("changed", Version), ("import", Import));
    }
}

public sealed record DealWords
{
    public const int LongestText = 120; // characters; a cell of the list
    private const decimal MostAmount = 1_000_000_000_000m; // the first with more than Money.MostDigits

    public string? ExternalKey { get; init; } // the CRM's own id
    public string Account { get; init; } = "";
    public string Domain { get; init; } = "";
    public string Product { get; init; } = "";
    public decimal? Amount { get; init; } // in Currency, two decimals
    public string Currency { get; init; } = "EUR"; // ISO 4217
    public string Stage { get; init; } = "";
    public DateOnly? Opened { get; init; }
    public DateOnly? Closed { get; init; }
    public string Owner { get; init; } = "";
    public string Manager { get; init; } = "";
    public string Region { get; init; } = "";
    public DealOutcome Outcome { get; init; }
    public SecurityFactor Factor { get; init; } = new();

    public IReadOnlyList<Problem> Problems()
    {
        var problems = new List<Problem>();
        foreach (var (field, text) in new[] { ("externalKey", ExternalKey ?? ""), ("account", Account), ("domain", Domain), ("product", Product), ("stage", Stage), ("owner", Owner), ("manager", Manager), ("region", Region) })
            if (text.Length > LongestText) problems.Add(new(field, $"At most {LongestText} characters."));
        if (Amount is < 0 or >= MostAmount) problems.Add(new("amount", $"An amount is not negative and has at most {Money.MostDigits} digits before the point."));
        if (!TrustCenter.Deals.Currency.IsKnown(Currency)) problems.Add(new("currency", $"“{Currency}” is not a currency code. Write three letters, such as EUR."));
        if (Closed < Opened) problems.Add(new("closed", "The deal closed before it opened. Check the two dates."));
        if (Outcome is DealOutcome.Won or DealOutcome.Lost && Closed is null) problems.Add(new("closed", "A deal that was won or lost needs the day it closed."));
        problems.AddRange(Factor.Problems());
        return problems;
    }
}

/// <summary>"Security blocked this deal because data location, said by the buyer, about EU-only storage."</summary>
public sealed record SecurityFactor
{
    public const int LongestReason = 500; // characters; three sentences

    public FactorKind Kind { get; init; }
    public string Reason { get; init; } = "";
    public SaidBy? SaidBy { get; init; }
    public Guid? Claim { get; init; }
    public string Requirement { get; init; } = ""; // what was missing

    public IEnumerable<Problem> Problems()
    {
        if (Reason.Length > LongestReason) yield return new("reason", $"The reason may have {LongestReason} characters.");
        if (Requirement.Length > DealWords.LongestText) yield return new("requirement", $"At most {DealWords.LongestText} characters.");
        if (Kind == FactorKind.None) yield break;
        if (string.IsNullOrWhiteSpace(Reason)) yield return new("reason", "Say why, in one sentence: it is what the company learns from this deal.");
        if (SaidBy is null) yield return new("saidBy", "Say whose words these are: the buyer's or the rep's.");
    }
}

public sealed record SetDeal : Command<Deal>
{
    public required DealWords Words { get; init; }
    public required int BasedOn { get; init; } // the version that the form showed; 0 for a new deal

    public override Decision<Deal> Decide(Deal? deal, Actor by, DateTimeOffset now)
    {
        if (BasedOn != (deal?.Version ?? 0)) return new Outcome.Stale(deal?.Version ?? 0);
        if (Words.Problems() is { Count: > 0 } problems) return Decision<Deal>.Refuse(problems);
        var next = new Deal { Words = Words, Version = BasedOn + 1 };
        return new(new Outcome.Done(next.Version))
        {
            State = next,
            Happenings = [new Happening(BasedOn == 0 ? "deal.recorded" : "deal.changed", new Fact("version", next.Version.ToString(CultureInfo.InvariantCulture)), new Fact("outcome", Words.Outcome.ToString()), new Fact("factor", Words.Factor.Kind.ToString()))],
        };
    }
}

[JsonSerializable(typeof(Deal))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class DealJson : JsonSerializerContext;
