using TrustCenter.Tenants;

namespace TrustCenter.Import;

/// <summary>What a claim of the folder says in another language.</summary>
public sealed record ImportTranslation
{
    public required string Claim { get; init; } // the claim's key
    public required string Language { get; init; } // BCP 47
    public required string Statement { get; init; }
    public string? Owner { get; init; }
    public IReadOnlyDictionary<string, string> Why { get; init; } = new Dictionary<string, string>(); // by audience key
}

/// <summary>Reads the translations; each belongs to a claim as the folder says it.</summary>
internal static class TranslationReader
{
    public const string File = "translations.yaml";

    public static List<ImportTranslation> Read(IEnumerable<Row> rows, IReadOnlyList<ImportAudience> audiences, IReadOnlyList<string> languages, Func<string, bool> isClaim)
    {
        var translations = new Unique<ImportTranslation>("translations", ImportLimits.Claims);
        var keys = audiences.Select(a => a.Key).ToHashSet();
        foreach (var row in rows)
        {
            var translation = Translation(row, keys);
            if (translation.Claim.Length > 0 && !isClaim(translation.Claim)) row.Fail("claim", "unknown claim", $"{FieldText.Cite(translation.Claim)} is not the key of a claim. Correct it.");
            if (translation.Language.Length > 0 && !languages.Skip(1).Contains(translation.Language))
                row.Fail("language", "unknown language", $"{FieldText.Cite(translation.Language)} is not one of the vendor's other languages. Add it to languages in {VendorReader.File}, after that of the originals.");
            foreach (var stranger in translation.Why.Keys.Except(keys)) row.Fail("why", "unknown audience", $"{FieldText.Cite(stranger)} is not the key of an audience. Correct it.");
            translations.Add($"{translation.Claim} in {translation.Language}", translation, row);
        }
        return translations.All;
    }

    private static ImportTranslation Translation(Row row, IEnumerable<string> audiences)
    {
        var language = row.Need("language", row.Text("language", longest: 20));
        if (language.Length > 0 && !LanguageTag.IsTag(language)) row.Fail("language", "not a language", $"{FieldText.Cite(language)} is not a language tag. Write it as de or pt-BR.");
        return new ImportTranslation
        {
            Claim = row.Need("claim", row.Text("claim", ImportLimits.Key)),
            Language = language,
            Statement = row.Need("statement", row.Lines("statement", ImportLimits.Statement)),
            Owner = row.Text("owner"),
            Why = row.Map("why", audiences),
        };
    }
}
