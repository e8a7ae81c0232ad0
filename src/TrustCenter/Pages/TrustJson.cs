using System.Text.Json;
using System.Text.Json.Serialization;
using TrustCenter.Claims;
using TrustCenter.Evidence;

namespace TrustCenter.Pages;

/// <summary>
/// <c>trust.json</c>: what the pages say, for programs; <c>trust.schema.json</c> describes it. Members may be added within a format; none changes its meaning or goes away.
/// Dates are ISO 8601 days in UTC; an empty list of products, plans or regions means all of them.
/// </summary>
public sealed record TrustJson
{
    [JsonPropertyName("$schema")] public required string Schema { get; init; } // relative to this file
    public required int Format { get; init; } // 1
    public required DateOnly AsOf { get; init; } // the day for which the states hold
    public required JsonVendor Vendor { get; init; }
    public required IReadOnlyList<JsonTopic> Topics { get; init; }
    public required IReadOnlyList<JsonAudience> Audiences { get; init; }
    public required IReadOnlyList<JsonClaim> Claims { get; init; }
    public required IReadOnlyList<JsonDocument> Documents { get; init; }
    public required IReadOnlyList<JsonSubprocessor> Subprocessors { get; init; }

    public static byte[] Write(PageContent content) => JsonSerializer.SerializeToUtf8Bytes(Of(content), TrustJsonContext.Default.TrustJson);

    private static TrustJson Of(PageContent content)
    {
        var vendor = content.Vendor;
        var known = content.Documents.Select(d => d.Id).ToHashSet();
        return new TrustJson
        {
            Schema = TrustSchema.Address,
            Format = 1,
            AsOf = content.Today,
            Vendor = new(vendor.Name, vendor.Tagline, vendor.Website, vendor.Contact, vendor.Products, vendor.Plans, vendor.Regions),
            Topics = [.. vendor.Topics.Select(t => new JsonTopic(t.Key, t.Name, t.Summary))],
            Audiences = [.. vendor.Audiences.Select(a => new JsonAudience(a.Key, a.Name, a.Why, a.Topics))],
            Claims = [.. content.Claims.Select(c => new JsonClaim(c.Id, StateWords.Word(c.State), [.. c.Versions.Select(v => VersionOf(v, known))], c.Translations.Count == 0 ? null : [.. c.Translations.Select(JsonTranslation.From)]))],
            Documents = [.. content.Documents.Select(d => new JsonDocument(d.Id, d.Version, d.Title, EvidenceWords.Of(d.Kind), EvidenceWords.Of(d.Class), d.From, d.To, d.ValidUntil, ClaimLine.Day(d.At), d.Sha))],
            Subprocessors = [.. content.Subprocessors.Select(s => new JsonSubprocessor(s.Name, s.Purpose, s.Location, s.Website, s.Products, s.Since) { Announced = s.Announced, Until = s.Until })],
        };
    }

    // Documents that are not published are not told by their ids either.
    private static JsonVersion VersionOf(PublicClaimVersion version, HashSet<Guid> known)
    {
        var w = version.Wording;
        var status = w.Status switch { ClaimStatus.InPlace => PublicState.InPlace, ClaimStatus.Partly => PublicState.Partly, _ => PublicState.Planned };
        return new JsonVersion(version.Number, ClaimLine.Day(version.At), version.Hash, w.Statement, w.Topic, StateWords.Word(status), w.Owner, w.Products, w.Plans, w.Regions,
            w.Checked, w.ReviewBy, w.Frameworks, w.Why, [.. w.Evidence.Where(known.Contains)], version.IsWithdrawal ? version.Reason : null);
    }
}

public sealed record JsonVendor(string Name, string Tagline, string Website, string Contact, IReadOnlyList<string> Products, IReadOnlyList<string> Plans, IReadOnlyList<string> Regions);

public sealed record JsonTopic(string Key, string Name, string Summary);

public sealed record JsonAudience(string Key, string Name, string Why, IReadOnlyList<string> Topics);

/// <param name="State">in place, partly, planned, evidence expired, evidence withdrawn, under review, withdrawn, no longer public</param>
/// <param name="Versions">Oldest first; only those that were published for everybody.</param>
/// <param name="Translations">Oldest first; absent where there are none.</param>
public sealed record JsonClaim(Guid Id, string State, IReadOnlyList<JsonVersion> Versions, IReadOnlyList<JsonTranslation>? Translations = null);

/// <param name="Language">BCP 47.</param>
/// <param name="Of">The version that it translates; it says nothing about a later one.</param>
/// <param name="Hash">SHA-256, hex, over that version's hash, the language and the words; the log of publications has the same.</param>
/// <param name="Why">By audience key.</param>
public sealed record JsonTranslation(string Language, int Of, DateOnly Published, string Hash, string Statement, string? Owner, IReadOnlyDictionary<string, string> Why)
{
    public static JsonTranslation From(PublicTranslation t) => new(t.Language, t.Of, ClaimLine.Day(t.At), t.Hash, t.Words.Statement, t.Words.Owner.Length == 0 ? null : t.Words.Owner, t.Words.Why);
}

/// <param name="Hash">SHA-256, hex, over the version before it and this wording; the log of publications has the same.</param>
/// <param name="Statement">A small Markdown: paragraphs, emphasis, code, lists and links.</param>
/// <param name="Why">By audience key.</param>
/// <param name="Evidence">Ids of documents.</param>
/// <param name="Withdrawn">Why it was withdrawn; absent for a version that made a claim.</param>
public sealed record JsonVersion(int Number, DateOnly Published, string Hash, string Statement, string Topic, string Status, string Owner,
    IReadOnlyList<string> Products, IReadOnlyList<string> Plans, IReadOnlyList<string> Regions, DateOnly? Checked, DateOnly? ReviewBy,
    IReadOnlyList<string> Frameworks, IReadOnlyDictionary<string, string> Why, IReadOnlyList<Guid> Evidence, string? Withdrawn);

/// <param name="Sha256">Of the file as uploaded: who was given a copy can compare (marked copies differ).</param>
public sealed record JsonDocument(Guid Id, int Version, string Title, string Kind, string Class, DateOnly? From, DateOnly? To, DateOnly? ValidUntil, DateOnly Published, string Sha256);

/// <param name="Since">The first day on customers' data; may be ahead.</param>
public sealed record JsonSubprocessor(string Name, string Purpose, string Location, string Website, IReadOnlyList<string> Products, DateOnly? Since)
{
    /// <summary>The day on which a start in the future was announced.</summary>
    public DateOnly? Announced { get; init; }

    /// <summary>Its last day; one that is past tells that it no longer works on data.</summary>
    public DateOnly? Until { get; init; }
}

[JsonSerializable(typeof(TrustJson))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
internal sealed partial class TrustJsonContext : JsonSerializerContext;
