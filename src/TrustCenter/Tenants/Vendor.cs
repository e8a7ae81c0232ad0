using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Audiences;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Tenants;

/// <summary>A vendor: one tenant, its brand, its words and its audiences. There is one per tenant, under the key <see cref="Only"/>.</summary>
public sealed record Vendor : IState<Vendor>
{
    public static readonly Guid Only = new("00000000-0000-8000-8000-000000000001");

    public const int LongestName = 80; // characters; a heading's line
    public const int LongestTagline = 120; // characters; two lines of the page's largest size

    public required string Name { get; init; }
    public required string Host { get; init; } // first label of the host name, lower case
    public string Tagline { get; init; } = "";
    public string Accent { get; init; } = "#0b6e4f"; // #rrggbb; darkened or lightened on the page until text has 4.5:1
    public string? Logo { get; init; } // checked by LogoFile: SVG text without script and outside reference, or a PNG as a data address
    public string Contact { get; init; } = "";
    public string Website { get; init; } = "";
    public string Currency { get; init; } = "EUR"; // ISO 4217
    public IReadOnlyList<string> Products { get; init; } = [];
    public IReadOnlyList<string> Plans { get; init; } = [];
    public IReadOnlyList<string> Regions { get; init; } = [];
    public IReadOnlyList<Topic> Topics { get; init; } = [];
    public IReadOnlyList<Audience> Audiences { get; init; } = [];
    public IReadOnlyList<string>? Languages { get; init; } // BCP 47; the first is that of the originals; null: English alone
    public int Version { get; init; } // 1 is the first

    [JsonIgnore] public string Original => Languages is [var first, ..] ? first : LanguageTag.English;

    static string IState<Vendor>.Kind => "vendor";
    static JsonTypeInfo<Vendor> IState<Vendor>.Json => VendorJson.Default.Vendor;

    public IEnumerable<ViewRow> Rows(AggregateId id) => [new ViewRow("vendor_rows", id.Key, ("host", Host), ("name", Name))];


    public Topic? TopicOf(string key) => Topics.FirstOrDefault(t => t.Key == key);
}

/// <summary>A group of claims on the page.</summary>
public sealed record Topic(string Key, string Name, string Summary);

/// <summary>Sets the vendor's words as a whole; the same words again change nothing.</summary>
public sealed record DefineVendor : Command<Vendor>
{
    public required Vendor Words { get; init; }

    public override Decision<Vendor> Decide(Vendor? vendor, Actor by, DateTimeOffset now)
    {
        if (VendorRules.Problems(Words) is { Count: > 0 } problems) return Decision<Vendor>.Refuse(problems);
        if (vendor is not null && Bytes(vendor).SequenceEqual(Bytes(Words with { Version = vendor.Version }))) return new Outcome.Done(vendor.Version);
        var next = Words with { Version = (vendor?.Version ?? 0) + 1 };
        Fact[] facts = [new("version", next.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)), new("name", next.Name)];
        return new(new Outcome.Done(next.Version))
        {
            State = next,
            Happenings = [new Happening("vendor.published", facts) { IsPublic = true, PublicFacts = facts }],
        };
    }

    private static byte[] Bytes(Vendor words) => JsonSerializer.SerializeToUtf8Bytes(words, VendorJson.Default.Vendor);
}

[JsonSerializable(typeof(Vendor))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class VendorJson : JsonSerializerContext;
