using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Tenants;

/// <summary>
/// After a restore nobody knows what was revoked since the backup: every link made before is closed until somebody approves it again (ABUSE T-123, T-133).
/// One per tenant, in its own scope, so that its staff read it in their journal.
/// </summary>
public sealed record LinkSuspension : IState<LinkSuspension>
{
    public static readonly Guid Only = new("00000000-0000-8000-8000-000000000007");

    public DateTimeOffset? Since { get; init; } // null: lifted

    static string IState<LinkSuspension>.Kind => "link-suspension";
    static JsonTypeInfo<LinkSuspension> IState<LinkSuspension>.Json => LinkSuspensionJson.Default.LinkSuspension;

    public IEnumerable<ViewRow> Rows(AggregateId id) => [];
}

public sealed record SuspendLinks : Command<LinkSuspension>
{
    public required DateTimeOffset Since { get; init; } // after every link that is there
    public required string Backup { get; init; } // SHA-256 of the restored copy, hex

    public override Decision<LinkSuspension> Decide(LinkSuspension? suspension, Actor by, DateTimeOffset now) => new(new Outcome.Done())
    {
        State = new LinkSuspension { Since = Since },
        Happenings = [new Happening("links.suspended", new Fact("why", "restored from a backup"), new Fact("backup", Backup))],
    };
}

/// <summary>All links stand again as they did in the backup.</summary>
public sealed record LiftLinkSuspension : Command<LinkSuspension>
{
    public override Decision<LinkSuspension> Decide(LinkSuspension? suspension, Actor by, DateTimeOffset now)
    {
        if (suspension is not { Since: not null }) return new Outcome.Done();
        return new(new Outcome.Done()) { State = suspension with { Since = null }, Happenings = [new Happening("links.approved_again")] };
    }
}

[JsonSerializable(typeof(LinkSuspension))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class LinkSuspensionJson : JsonSerializerContext;
