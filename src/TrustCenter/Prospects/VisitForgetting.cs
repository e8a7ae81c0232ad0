using TrustCenter.Engine;
using TrustCenter.Journal;

namespace TrustCenter.Prospects;

/// <summary>What the person was told where the address was asked.</summary>
/// <param name="Hash">SHA-256 of the notice, hex.</param>
/// <param name="Months">After which the address is destroyed.</param>
/// <param name="AcceptanceMonths">For which it stays sealed after an accepted agreement.</param>
public sealed record NoticeShown(int Number, string Hash, int Months, int AcceptanceMonths);

/// <summary>Ends the visit and takes out of it whatever points at the person; what was accepted, and when, stays.</summary>
public sealed record ForgetVisit : Command<Visit>
{
    internal static readonly string NobodysSecret = new('0', 64); // the hash of no cookie

    /// <summary>The acceptance is within the period that the person was told: its address and browser stay as its proof.</summary>
    public required bool KeepsAcceptances { get; init; }

    public override Decision<Visit> Decide(Visit? visit, Actor by, DateTimeOffset now)
    {
        if (visit is null) return Decision<Visit>.Missing;
        if (visit.Forgotten is not null && (KeepsAcceptances || visit.Acceptances.All(a => a.Address.Length + a.Agent.Length == 0))) return new Outcome.Done();
        return new(new Outcome.Done())
        {
            State = visit with
            {
                Forgotten = visit.Forgotten ?? now,
                Lookup = "",
                Host = "",
                Secret = NobodysSecret,
                CodeHash = null,
                Acceptances = KeepsAcceptances ? visit.Acceptances : [.. visit.Acceptances.Select(a => a with { Address = "", Agent = "" })],
            },
            Happenings = [new Happening("visit.forgotten", new Fact("link", visit.Link.ToString()))],
        };
    }
}
