using System.Security.Cryptography;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Api;

/// <summary>
/// A program's key: it acts for the person who made it, within the rights that it names and never beyond those that this person has at the moment of the call.
/// </summary>
public sealed record ApiKey : IState<ApiKey>
{
    public const int LongestName = 60; // characters; a cell of the list
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    public required string Name { get; init; }
    public required IReadOnlyList<Right> Scopes { get; init; }
    public required DateTimeOffset Expires { get; init; }
    public required string TokenHash { get; init; } // SHA-256 of the token, hex; the token itself is nowhere
    public Guid Creator { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Hire { get; init; } // of the creator: the key ends with his removal, also when he comes back
    public DateTimeOffset Created { get; init; }
    public DateTimeOffset? Revoked { get; init; }

    static string IState<ApiKey>.Kind => "api_key";
    static JsonTypeInfo<ApiKey> IState<ApiKey>.Json => ApiKeyJson.Default.ApiKey;

    public bool IsOpen(DateTimeOffset now) => Revoked is null && now < Expires;

    /// <summary>Compared in constant time (ABUSE T-113).</summary>
    public bool Holds(byte[] tokenHash) => CryptographicOperations.FixedTimeEquals(Convert.FromHexString(TokenHash), tokenHash);

    public Decision<ApiKey> Revoke(DateTimeOffset now)
    {
        if (Revoked is not null) return new Outcome.Done();
        return new(new Outcome.Done()) { State = this with { Revoked = now }, Happenings = [new Happening("key.revoked")] };
    }

    public IEnumerable<ViewRow> Rows(AggregateId id) => [new ViewRow("api_key_rows", id.Key,
        ("token_hash", Convert.FromHexString(TokenHash)), ("name", Name), ("scopes", string.Join(",", Scopes)), ("creator", Creator), ("created", Created), ("expires", Expires), ("revoked", Revoked))];
}

public sealed record MakeApiKey : Command<ApiKey>
{
    public required ApiKey Key { get; init; }

    /// <summary>What the maker may do himself: a key never holds more (ABUSE T-083).</summary>
    public required IReadOnlyList<Right> Held { get; init; }

    public override Decision<ApiKey> Decide(ApiKey? key, Actor by, DateTimeOffset now)
    {
        if (key is not null) return Decision<ApiKey>.Refuse("", "This key was made already.");
        if (Problems(now) is { Count: > 0 } problems) return Decision<ApiKey>.Refuse(problems);
        var made = Key with { Name = Key.Name.Trim(), Scopes = [.. Key.Scopes.Distinct().Order()], Creator = by.Id, Created = now, Revoked = null };
        return new(new Outcome.Done(1))
        {
            State = made,
            Happenings = [new Happening("key.made", new Fact("scopes", string.Join(",", made.Scopes)), new Fact("expires", made.Expires.ToString("u", System.Globalization.CultureInfo.InvariantCulture)))],
        };
    }

    private List<Problem> Problems(DateTimeOffset now)
    {
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(Key.Name) || Key.Name.Length > ApiKey.LongestName) problems.Add(new("name", $"Name the program that will use it, at most {ApiKey.LongestName} characters."));
        if (Key.Scopes.Count == 0) problems.Add(new("scopes", "Choose at least one thing that the key may do."));
        if (Key.Scopes.Any(s => !ApiScopes.All.Contains(s))) problems.Add(new("scopes", "One of these is nothing that a key can do. Choose from the list."));
        else if (Key.Scopes.Except(Held).Any()) problems.Add(new("scopes", "A key can do nothing that you may not do yourself. Choose from the list."));
        if (Key.Expires <= now) problems.Add(new("expires", "The key would be over before it begins. Choose a later day."));
        if (Key.Expires > now + ApiKey.LongestLife) problems.Add(new("expires", $"A key lives at most {ApiKey.LongestLife.TotalDays:0} days. Make a new one before that."));
        return problems;
    }
}

public sealed record RevokeApiKey : Command<ApiKey>
{
    public override Decision<ApiKey> Decide(ApiKey? key, Actor by, DateTimeOffset now) => key?.Revoke(now) ?? Decision<ApiKey>.Missing;
}

[JsonSerializable(typeof(ApiKey))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ApiKeyJson : JsonSerializerContext;
