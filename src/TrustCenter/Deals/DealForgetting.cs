using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;

namespace TrustCenter.Deals;

/// <summary>The names in a deal go; its dates, amount, outcome and factor stay, so that the figures do.</summary>
public sealed record ForgetDealNames : Command<Deal>
{
    public override Decision<Deal> Decide(Deal? deal, Actor by, DateTimeOffset now)
    {
        if (deal is null) return Decision<Deal>.Missing;
        var factor = deal.Words.Factor;
        var words = deal.Words with
        {
            ExternalKey = null, Account = PersonalRecords.Forgotten, Domain = "", Owner = "", Manager = "",
            Factor = factor with { Reason = factor.Reason.Length == 0 ? "" : PersonalRecords.Forgotten, Requirement = "" },
        };
        if (words == deal.Words) return new Outcome.Done(deal.Version);
        var next = new Deal { Words = words, Version = deal.Version + 1 };
        return new(new Outcome.Done(next.Version)) { State = next, Happenings = [new Happening("deal.names_forgotten", new Fact("version", next.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)))] };
    }
}
