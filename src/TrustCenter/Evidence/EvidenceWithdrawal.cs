using System.Globalization;
using System.Text.Json.Serialization;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Evidence;

/// <summary>A document is taken back with every version up to this one, for a reason that readers see; asked by one person, decided by another.</summary>
public sealed record EvidenceWithdrawal
{
    public const int LongestReason = 200; // characters; one sentence

    public required int Version { get; init; } // the newest that is withdrawn
    public required string Reason { get; init; }
    public required Guid Asker { get; init; }
    public required DateTimeOffset At { get; init; } // asked, and from the approval on when it was approved
    public Guid? Approver { get; init; }
    public string? Declined { get; init; } // why it was not approved
}

public sealed partial record EvidenceDocument
{
    /// <summary>The withdrawal that waits for somebody else's approval.</summary>
    [JsonIgnore] public EvidenceWithdrawal? Asked => Withdrawal is { Declined: null } ? Withdrawal : null;

    /// <summary>The withdrawal that holds now; null where the document stands, or never stood.</summary>
    [JsonIgnore] public EvidenceWithdrawal? Withdrawn => Latest is not null && Current is null ? Withdrawals?[^1] : null;

    [JsonIgnore] public bool IsUploadWaiting => Waiting is not null && Returned is null;

    /// <summary>The word for lists.</summary>
    [JsonIgnore] public string Stage => IsUploadWaiting || Asked is not null ? "Waiting" : Waiting is not null ? "Returned" : Current is null ? "Withdrawn" : "Published";

    private bool Stands(EvidenceVersion version) => version.Number > (Withdrawals?[^1].Version ?? 0);

    public Decision<EvidenceDocument> AskWithdrawal(AskEvidenceWithdrawal command, Actor by, DateTimeOffset now)
    {
        if (Current is not { } current) return Decision<EvidenceDocument>.Refuse("", "Only a published document can be withdrawn.");
        if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > EvidenceWithdrawal.LongestReason)
            return Decision<EvidenceDocument>.Refuse("reason", $"Say in one sentence why it is withdrawn, at most {EvidenceWithdrawal.LongestReason} characters.");
        var asked = new EvidenceWithdrawal { Version = current.Number, Reason = command.Reason.Trim(), Asker = by.Id, At = now };
        return Withdraw(this with { Withdrawal = asked }, "evidence.withdrawal_asked", asked, isPublic: false);
    }

    public Decision<EvidenceDocument> ApproveWithdrawal(ApproveEvidenceWithdrawal command, Actor by, DateTimeOffset now)
    {
        if (Asked is not { } asked || Current is not { } current) return Decision<EvidenceDocument>.Refuse("", "No withdrawal waits for approval here.");
        if (command.AskedAt != Micros.From(asked.At) || command.Version != current.Number) return new Outcome.Stale(current.Number);
        if (by.Id == asked.Asker) return Decision<EvidenceDocument>.Refuse("", "The approver must be someone other than who asked. Ask a colleague to look at it.");
        var done = asked with { Version = current.Number, Approver = by.Id, At = now };
        return Withdraw(this with { Withdrawal = null, Withdrawals = [.. Withdrawals ?? [], done] }, "evidence.withdrawn", done, isPublic: true);
    }

    public Decision<EvidenceDocument> DeclineWithdrawal(DeclineEvidenceWithdrawal command)
    {
        if (Asked is not { } asked) return Decision<EvidenceDocument>.Refuse("", "No withdrawal waits for approval here.");
        if (command.AskedAt != Micros.From(asked.At)) return new Outcome.Stale(asked.Version);
        if (string.IsNullOrWhiteSpace(command.Comment) || command.Comment.Length > 2_000) return Decision<EvidenceDocument>.Refuse("declined", "Say why the document stays.");
        return Withdraw(this with { Withdrawal = asked with { Declined = command.Comment.Trim() } }, "evidence.withdrawal_declined", asked, isPublic: false);
    }

    private static Decision<EvidenceDocument> Withdraw(EvidenceDocument next, string what, EvidenceWithdrawal withdrawal, bool isPublic)
    {
        Fact[] facts = [new("version", withdrawal.Version.ToString(CultureInfo.InvariantCulture)), new("reason", withdrawal.Reason)];
        return new(new Outcome.Done(withdrawal.Version)) { State = next, Happenings = [new Happening(what, facts) { IsPublic = isPublic, PublicFacts = facts }] };
    }
}

public sealed record AskEvidenceWithdrawal : Command<EvidenceDocument>
{
    public required string Reason { get; init; }

    public override Decision<EvidenceDocument> Decide(EvidenceDocument? document, Actor by, DateTimeOffset now) => document?.AskWithdrawal(this, by, now) ?? Decision<EvidenceDocument>.Missing;
}

public sealed record ApproveEvidenceWithdrawal : Command<EvidenceDocument>
{
    public required long AskedAt { get; init; } // microseconds; it may have been asked again for another reason
    public required int Version { get; init; } // that stood when the approver looked

    public override Decision<EvidenceDocument> Decide(EvidenceDocument? document, Actor by, DateTimeOffset now) => document?.ApproveWithdrawal(this, by, now) ?? Decision<EvidenceDocument>.Missing;
}

public sealed record DeclineEvidenceWithdrawal : Command<EvidenceDocument>
{
    public required long AskedAt { get; init; } // microseconds
    public required string Comment { get; init; }

    public override Decision<EvidenceDocument> Decide(EvidenceDocument? document, Actor by, DateTimeOffset now) => document?.DeclineWithdrawal(this) ?? Decision<EvidenceDocument>.Missing;
}
