using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Prospects;
using TrustCenter.Store;

namespace TrustCenter.Tenants;

/// <summary>
/// The vendor's own host names. Each serves nothing until a record in its DNS proved that it is the vendor's; two vendors may ask for the same
/// name, the proof decides (ABUSE T-021, T-074). One per tenant, under the key <see cref="Only"/>.
/// </summary>
public sealed record HostNames : IState<HostNames>
{
    public static readonly Guid Only = new("00000000-0000-8000-8000-000000000005");

    public const int Most = 10; // names

    public IReadOnlyList<HostName> Names { get; init; } = [];

    static string IState<HostNames>.Kind => "hostnames";
    static JsonTypeInfo<HostNames> IState<HostNames>.Json => HostNamesJson.Default.HostNames;

    /// <summary>The name that stands in mails and PDFs; null: the one below the platform's domain.</summary>
    [JsonIgnore] public HostName? Primary => Names.FirstOrDefault(n => n is { IsPrimary: true, Proven: not null });

    public HostName? Find(Guid id) => Names.FirstOrDefault(n => n.Id == id);

    public HostNames With(HostName name) => this with { Names = [.. Names.Select(n => n.Id == name.Id ? name : n)] };

    public IEnumerable<ViewRow> Rows(AggregateId id) => Names.Select(n => new ViewRow("host_rows", n.Id, ("host", n.Name), ("proven", n.Proven), ("checked", n.Checked)));
}

/// <summary>What the last look into the DNS found.</summary>
public enum HostSeen { Nothing, Found, OthersToo, NoAnswer }

public sealed record HostName
{
    public const string Label = "_trust-center"; // stands before the name
    public const string Prefix = "trust-center="; // stands before the token
    public const int LongestName = 253 - 14; // characters; with the label before it, a name that DNS can hold
    public static readonly TimeSpan Grace = TimeSpan.FromDays(3); // a record that is missing for so long proves nothing any more
    public static readonly TimeSpan CheckEvery = TimeSpan.FromDays(1);
    public static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(5); // between two looks that a person asks for

    public required Guid Id { get; init; }
    public required string Name { get; init; } // ASCII, lower case, no trailing dot
    public required string Token { get; init; } // 128 bits, base64url
    public required DateTimeOffset Asked { get; init; }
    public DateTimeOffset? Proven { get; init; }
    public DateTimeOffset? Checked { get; init; }
    public DateTimeOffset? FailingSince { get; init; } // of a proven name
    public HostSeen Seen { get; init; }
    public bool IsPrimary { get; init; }

    [JsonIgnore] public string Record => $"{Label}.{Name}";
    [JsonIgnore] public string Value => Prefix + Token;

    /// <summary>What the texts at <see cref="Record"/> say. Another vendor's token beside this one: the holder of the name has to choose.</summary>
    public HostSeen Read(IReadOnlyList<string> texts)
        => !texts.Contains(Value) ? HostSeen.Nothing : texts.Any(t => t.StartsWith(Prefix, StringComparison.Ordinal) && t != Value) ? HostSeen.OthersToo : HostSeen.Found;
}

public sealed record AskHostName : Command<HostNames>
{
    public required string Name { get; init; } // as typed
    public required string Token { get; init; }
    public required string Platform { get; init; } // the domain whose names are the platform's own

    public override Decision<HostNames> Decide(HostNames? names, Actor by, DateTimeOffset now)
    {
        names ??= new HostNames();
        if (!EmailDomain.TryParse(Name, out var parsed) || parsed.Value.Length > HostName.LongestName)
            return Decision<HostNames>.Refuse("name", $"“{Name}” is not a host name. Write it without https:// and without a dot at its end, such as trust.company.com.");
        if (parsed.Value == Platform || parsed.Value.EndsWith("." + Platform, StringComparison.Ordinal) || parsed.Value.EndsWith(".localhost", StringComparison.Ordinal))
            return Decision<HostNames>.Refuse("name", "This name belongs to the platform. Write a name of your own domain.");
        if (names.Names.Any(n => n.Name == parsed.Value)) return Decision<HostNames>.Refuse("name", $"{parsed.Value} stands in the list already.");
        if (names.Names.Count >= HostNames.Most) return Decision<HostNames>.Refuse("name", $"At most {HostNames.Most} names. Remove one first.");
        return new(new Outcome.Done())
        {
            State = names with { Names = [.. names.Names, new HostName { Id = Id, Name = parsed.Value, Token = Token, Asked = now }] },
            Happenings = [new Happening("hostname.asked", new Fact("host", parsed.Value))],
        };
    }
}

/// <summary>What was just seen in the DNS.</summary>
public sealed record RecordHostCheck : Command<HostNames>
{
    public required Guid Host { get; init; }
    public required HostSeen Seen { get; init; }

    /// <summary>Somebody else's token alone stands there now: the name changed hands, and no grace is left.</summary>
    public bool ChangedHands { get; init; }

    public override Decision<HostNames> Decide(HostNames? names, Actor by, DateTimeOffset now)
    {
        if (names?.Find(Host) is not { } name) return Decision<HostNames>.Missing;
        var next = Judged(name, now);
        var what = (name.Proven, next.Proven) switch { (null, { }) => "hostname.proven", ({ }, null) => "hostname.lost", _ => null };
        return new(new Outcome.Done())
        {
            State = names.With(next),
            Happenings = what is null ? [] : [new Happening(what, new Fact("host", name.Name))],
        };
    }

    private HostName Judged(HostName name, DateTimeOffset now)
    {
        var seen = name with { Checked = now, Seen = Seen };
        if (name.Proven is null) return Seen == HostSeen.Found ? seen with { Proven = now } : seen;
        if (!ChangedHands && Seen is HostSeen.Found or HostSeen.OthersToo) return seen with { FailingSince = null };
        if (!ChangedHands && now - (name.FailingSince ?? now) < HostName.Grace) return seen with { FailingSince = name.FailingSince ?? now };
        return seen with { Proven = null, FailingSince = null, IsPrimary = false };
    }
}

/// <summary>The proven name that stands in mails and PDFs from now on; empty: the one below the platform's domain.</summary>
public sealed record ChoosePrimaryHost : Command<HostNames>
{
    public required Guid Host { get; init; }

    public override Decision<HostNames> Decide(HostNames? names, Actor by, DateTimeOffset now)
    {
        if (names is null || (Host != Guid.Empty && names.Find(Host) is null)) return Decision<HostNames>.Missing;
        if (Host != Guid.Empty && names.Find(Host)!.Proven is null) return Decision<HostNames>.Refuse("", "This name is not proven yet. Add the record to its DNS first.");
        return new(new Outcome.Done())
        {
            State = names with { Names = [.. names.Names.Select(n => n with { IsPrimary = n.Id == Host })] },
            Happenings = [new Happening("hostname.chosen", new Fact("host", names.Find(Host)?.Name ?? ""))],
        };
    }
}

public sealed record RemoveHostName : Command<HostNames>
{
    public required Guid Host { get; init; }

    public override Decision<HostNames> Decide(HostNames? names, Actor by, DateTimeOffset now)
    {
        if (names?.Find(Host) is not { } name) return Decision<HostNames>.Missing;
        return new(new Outcome.Done())
        {
            State = names with { Names = [.. names.Names.Where(n => n.Id != Host)] },
            Happenings = [new Happening("hostname.removed", new Fact("host", name.Name))],
            Rows = [new ViewRow("host_rows", Host) { Gone = true }],
        };
    }
}

[JsonSerializable(typeof(HostNames))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class HostNamesJson : JsonSerializerContext;
