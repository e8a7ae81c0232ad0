using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Staff.Team;

/// <summary>
/// The admins of a vendor who can sign in, in one place: two who remove each other at the same moment must not both succeed.
/// One is struck off here before he loses the role, and put on only after he has it, so that a crash between leaves too few here and never too many.
/// </summary>
public sealed record Admins : IState<Admins>
{
    public static readonly Guid Only = new("00000000-0000-8000-8000-0000000000a1");

    public IReadOnlyList<Guid> Ids { get; init; } = [];

    static string IState<Admins>.Kind => "admins";
    static JsonTypeInfo<Admins> IState<Admins>.Json => AdminsJson.Default.Admins;

    public IEnumerable<ViewRow> Rows(AggregateId id) => [];
}

public sealed record CountAdmin : Command<Admins>
{
    public required Guid Member { get; init; }

    public override Decision<Admins> Decide(Admins? admins, Actor by, DateTimeOffset now)
        => admins?.Ids.Contains(Member) == true ? new Outcome.Done() : new Decision<Admins>(new Outcome.Done()) { State = new Admins { Ids = [.. admins?.Ids ?? [], Member] } };
}

public sealed record StrikeAdmin : Command<Admins>
{
    public required Guid Member { get; init; }

    /// <summary>Where a provider took the role: it can give it again, so nobody is locked out for good.</summary>
    public bool EvenTheLast { get; init; }

    public override Decision<Admins> Decide(Admins? admins, Actor by, DateTimeOffset now)
    {
        IReadOnlyList<Guid> left = [.. (admins?.Ids ?? []).Where(id => id != Member)];
        if (left.Count == 0 && !EvenTheLast) return Decision<Admins>.Refuse("", StaffRules.LastAdmin);
        return left.Count == (admins?.Ids.Count ?? 0) ? new Outcome.Done() : new Decision<Admins>(new Outcome.Done()) { State = new Admins { Ids = left } };
    }
}

[JsonSerializable(typeof(Admins))]
internal sealed partial class AdminsJson : JsonSerializerContext;
