using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Prospects;
using TrustCenter.Web;

namespace TrustCenter.Tenants;

/// <summary>What a vendor's words must be, whoever brings them: an import, a page of the console or a program.</summary>
public static class VendorRules
{
    public const int MostNames = 200; // products, plans, regions, topics, audiences; each
    public const int LongestWord = 200; // characters of one name; one line
    public const int LongestSentence = 500; // characters
    public const int LongestKey = 80; // characters; part of an address
    public const int LongestAddress = 500; // characters
    public const int MostLanguages = 20;

    public static List<Problem> Problems(Vendor words)
    {
        var problems = new List<Problem>();
        void Require(bool holds, string field, string rule) { if (!holds) problems.Add(new(field, rule)); }
        Require(words.Name.Trim().Length is > 0 and <= Vendor.LongestName, "name", $"Write the vendor's name, at most {Vendor.LongestName} characters.");
        Require(words.Tagline.Length <= Vendor.LongestTagline, "tagline", $"The tagline may have {Vendor.LongestTagline} characters.");
        Require(IsLabel(words.Host), "host", "The first label of the host name is a word of a-z, 0-9 and “-”, at most 63, such as northwind.");
        Require(Accent.Parse(words.Accent) is not null, "accent", "Write the colour as # and six digits, such as #0b6e4f.");
        if (words.Logo is { } logo && LogoFile.Read(logo, out var refusal) is null) problems.Add(new("logo", refusal));
        Require(words.Contact.Length == 0 || EmailAddress.TryParse(words.Contact, out _), "contact", $"“{words.Contact}” is not an e-mail address. Write it like security@company.com.");
        Require(words.Website.Length == 0 || IsWebsite(words.Website), "website", $"“{words.Website}” is not an address. Begin it with https://.");
        Require(Currency.IsKnown(words.Currency), "currency", $"“{words.Currency}” is not a currency. Write its three capital letters, such as EUR.");
        foreach (var (field, names) in new[] { ("products", words.Products), ("plans", words.Plans), ("regions", words.Regions) })
            Require(names.Count <= MostNames && names.All(IsName) && names.Distinct().Count() == names.Count, field, $"At most {MostNames}, each once, with at most {LongestWord} characters and no semicolon.");
        Require(words.Languages is null || AreLanguages(words.Languages), "languages", $"Write language tags such as en, de or pt-BR, one a line, each once, at most {MostLanguages}.");
        problems.AddRange(OfTopics(words));
        problems.AddRange(OfAudiences(words));
        return problems;
    }

    private static IEnumerable<Problem> OfTopics(Vendor words)
    {
        if (words.Topics.Count > MostNames) yield return new("topics", $"At most {MostNames} topics.");
        foreach (var (n, topic) in words.Topics.Index())
        {
            if (!IsKey(topic.Key)) yield return new($"key.{n}", KeyRule(topic.Key));
            else if (words.Topics.Take(n).Any(t => t.Key == topic.Key)) yield return new($"key.{n}", $"“{topic.Key}” appears twice. Give one of them another key.");
            if (topic.Name.Trim().Length is 0 or > LongestWord) yield return new($"name.{n}", $"Name the topic, at most {LongestWord} characters.");
            if (topic.Summary.Length > LongestSentence) yield return new($"summary.{n}", $"One sentence, at most {LongestSentence} characters.");
        }
    }

    private static IEnumerable<Problem> OfAudiences(Vendor words)
    {
        if (words.Audiences.Count > MostNames) yield return new("audiences", $"At most {MostNames} audiences.");
        foreach (var (n, audience) in words.Audiences.Index())
        {
            if (!IsKey(audience.Key)) yield return new($"key.{n}", KeyRule(audience.Key));
            else if (words.Audiences.Take(n).Any(a => a.Key == audience.Key)) yield return new($"key.{n}", $"“{audience.Key}” appears twice. Give one of them another key.");
            if (audience.Name.Trim().Length is 0 or > LongestWord) yield return new($"name.{n}", $"Name the audience, at most {LongestWord} characters.");
            if (audience.Why.Length > LongestSentence) yield return new($"why.{n}", $"One sentence, at most {LongestSentence} characters.");
            if (audience.Topics.FirstOrDefault(key => words.TopicOf(key) is null) is { } unknown) yield return new($"topics.{n}", $"“{unknown}” is the key of no topic. Add it under Topics first, or correct it.");
            if (audience.MoreLabel.Length > LongestWord) yield return new($"more.{n}", $"At most {LongestWord} characters.");
            if (audience.MoreAddress.Length > 0 && !IsLinkTarget(audience.MoreAddress)) yield return new($"address.{n}", $"“{audience.MoreAddress}” is not an address. Begin it with https://, mailto: or /.");
        }
    }

    private static string KeyRule(string key) => $"“{key}” is not a key. Use a-z, 0-9 and “-”, at most {LongestKey} characters, such as legal.";

    public static bool IsLabel(string text) => text.Length is > 0 and <= 63 && text[0] != '-' && text[^1] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public static bool IsKey(string text) => text.Length is > 0 and <= LongestKey && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.' or '_') && !text.Contains("..", StringComparison.Ordinal);

    public static bool IsWebsite(string text) => IsPlain(text) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && text.Contains("://", StringComparison.Ordinal);

    private static bool IsLinkTarget(string text) => IsWebsite(text)
        || (IsPlain(text) && text[0] == '/' && !text.StartsWith("//", StringComparison.Ordinal) && !text.Contains('\\'))
        || (IsPlain(text) && text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) && EmailAddress.TryParse(text["mailto:".Length..], out _));

    // No white space, no control, and nothing that turns the direction of what is read.
    private static bool IsPlain(string text) => text.Length is > 0 and <= LongestAddress
        && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format);

    private static bool IsName(string name) => name.Trim().Length is > 0 and <= LongestWord && !name.Contains(';');

    private static bool AreLanguages(IReadOnlyList<string> tags)
        => tags.Count is > 0 and <= MostLanguages && tags.All(LanguageTag.IsTag) && tags.Distinct(StringComparer.OrdinalIgnoreCase).Count() == tags.Count;
}
