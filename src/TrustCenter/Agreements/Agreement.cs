using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Agreements;

/// <summary>What a prospect accepts before reading: one text per tenant in versions, under the key <see cref="Only"/>. A new version asks everybody again.</summary>
public sealed record Agreement : IState<Agreement>
{
    public static readonly Guid Only = new("00000000-0000-8000-8000-000000000003");

    public const int LongestBody = 60_000; // characters; about 20 pages

    public IReadOnlyList<AgreementVersion> Versions { get; init; } = [];

    static string IState<Agreement>.Kind => "agreement";
    static JsonTypeInfo<Agreement> IState<Agreement>.Json => AgreementJson.Default.Agreement;

    [JsonIgnore] public AgreementVersion? Current => Versions.Count == 0 ? null : Versions[^1];

    public IEnumerable<ViewRow> Rows(AggregateId id) => [];
}

/// <param name="Hash">SHA-256 of title, a line feed and the body, hex: what an acceptance names.</param>
public sealed record AgreementVersion(int Number, string Title, string Body, DateTimeOffset At, string Hash)
{
    public static string HashOf(string title, string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(title + "\n" + body)));
}

public sealed record PublishAgreement : Command<Agreement>
{
    public required string Title { get; init; }
    public required string Body { get; init; } // Markdown

    /// <summary>The version that the writer saw; null where nobody looked, as in an import.</summary>
    public int? BasedOn { get; init; }

    public override Decision<Agreement> Decide(Agreement? agreement, Actor by, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(Title) || Title.Length > 120) return Decision<Agreement>.Refuse("title", "Write the agreement's title, at most 120 characters.");
        if (string.IsNullOrWhiteSpace(Body) || Body.Length > Agreement.LongestBody) return Decision<Agreement>.Refuse("body", $"Write the agreement's text, at most {Agreement.LongestBody:N0} characters.");
        var before = agreement ?? new Agreement();
        if (BasedOn is { } seen && seen != before.Versions.Count) return new Outcome.Stale(before.Versions.Count);
        var version = new AgreementVersion(before.Versions.Count + 1, Title.Trim(), Body, now, AgreementVersion.HashOf(Title.Trim(), Body));
        return new(new Outcome.Done(version.Number))
        {
            State = before with { Versions = [.. before.Versions, version] },
            Happenings = [new Happening("agreement.published", new Fact("version", version.Number.ToString(CultureInfo.InvariantCulture)), new Fact("hash", version.Hash))],
        };
    }
}

[JsonSerializable(typeof(Agreement))]
internal sealed partial class AgreementJson : JsonSerializerContext;
