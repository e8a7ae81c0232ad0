using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Tenants;

public enum TenancyStatus
{
    Active,
    Suspended,

    /// <summary>Closed like a suspended one; removed when it is due, kept when somebody thinks better of it.</summary>
    Deleting,

    /// <summary>Being removed; there is no way back.</summary>
    Erasing,

    /// <summary>The tombstone: the id is never used again.</summary>
    Deleted,
}

/// <summary>
/// What the platform knows of one tenant, in the platform's own scope, under the tenant's id. A vendor that came by an import has none and is active.
/// </summary>
public sealed record Tenancy : IState<Tenancy>
{
    public required string Name { get; init; } // empty once deleted
    public required string Host { get; init; } // first label of the host name
    public required TenancyStatus Status { get; init; }
    public required DateTimeOffset Since { get; init; }
    public DateTimeOffset? Due { get; init; } // when it is removed
    public IReadOnlyList<TableCount> Before { get; init; } = []; // rows of the tenant when its removal began
    public DeletionProof? Proof { get; init; }

    static string IState<Tenancy>.Kind => "tenancy";
    static JsonTypeInfo<Tenancy> IState<Tenancy>.Json => TenancyJson.Default.Tenancy;

    [JsonIgnore] public bool IsOpen => Status == TenancyStatus.Active;

    public IEnumerable<ViewRow> Rows(AggregateId id) => [new ViewRow("tenancy_rows", id.Key, ("name", Name), ("host", Host), ("status", Status), ("changed", Since), ("due", Due))];

    internal Decision<Tenancy> Become(TenancyStatus status, string what, DateTimeOffset now, params Fact[] facts) => new(new Outcome.Done())
    {
        State = this with { Status = status, Since = now, Due = null },
        Happenings = [new Happening(what, [new Fact("host", Host), .. facts])],
    };

    internal static string Text(DateTimeOffset at) => at.ToString("u", CultureInfo.InvariantCulture);
}

/// <summary>Rows of one tenant in one table.</summary>
public sealed record TableCount(string Table, long Rows);

/// <summary>The signed statement of what was removed, with the counts after it.</summary>
/// <param name="Text">As people read and keep it.</param>
/// <param name="Jws">The platform's signature over <paramref name="Text"/>.</param>
public sealed record DeletionProof(string Text, string Jws, DateTimeOffset At, IReadOnlyList<TableCount> After);

[JsonSerializable(typeof(Tenancy))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class TenancyJson : JsonSerializerContext;
