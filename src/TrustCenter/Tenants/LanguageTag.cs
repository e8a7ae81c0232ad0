namespace TrustCenter.Tenants;

/// <summary>A language by its tag after BCP 47: <c>de</c>, <c>pt-BR</c>, <c>zh-Hant</c>. It is part of an address, so nothing else passes.</summary>
public static class LanguageTag
{
    public const string English = "en";

    private const int Longest = 35; // characters (RFC 5646, section 4.4.1)

    // Each in its own words, as a reader looks for it. A tag that is missing here is shown as it is.
    private static readonly Dictionary<string, (string Own, string English)> Names = new(StringComparer.Ordinal)
    {
        ["en"] = ("English", "English"), ["de"] = ("Deutsch", "German"), ["fr"] = ("Français", "French"), ["es"] = ("Español", "Spanish"), ["it"] = ("Italiano", "Italian"),
        ["nl"] = ("Nederlands", "Dutch"), ["pt"] = ("Português", "Portuguese"), ["pt-BR"] = ("Português (Brasil)", "Portuguese (Brazil)"), ["sv"] = ("Svenska", "Swedish"),
        ["da"] = ("Dansk", "Danish"), ["nb"] = ("Norsk bokmål", "Norwegian"), ["fi"] = ("Suomi", "Finnish"), ["pl"] = ("Polski", "Polish"), ["cs"] = ("Čeština", "Czech"),
        ["tr"] = ("Türkçe", "Turkish"), ["uk"] = ("Українська", "Ukrainian"), ["ja"] = ("日本語", "Japanese"), ["ko"] = ("한국어", "Korean"),
        ["zh-Hans"] = ("简体中文", "Chinese (simplified)"), ["zh-Hant"] = ("繁體中文", "Chinese (traditional)"), ["ar"] = ("العربية", "Arabic"), ["he"] = ("עברית", "Hebrew"), ["hi"] = ("हिन्दी", "Hindi"),
    };

    /// <summary>The tags that have a name here, for a list to choose from.</summary>
    public static IEnumerable<string> Known => Names.Keys;

    /// <summary>Two or three small letters, then parts of two to eight letters or digits, each after a hyphen.</summary>
    public static bool IsTag(string text)
    {
        if (text.Length is < 2 or > Longest) return false;
        var parts = text.Split('-');
        return parts[0].Length is 2 or 3 && parts[0].All(char.IsAsciiLetterLower) && parts.Skip(1).All(p => p.Length is >= 2 and <= 8 && p.All(char.IsAsciiLetterOrDigit));
    }

    /// <summary>The language in its own words: Deutsch.</summary>
    public static string Own(string tag) => Names.TryGetValue(tag, out var name) ? name.Own : tag;

    /// <summary>The language in English: German.</summary>
    public static string Name(string tag) => Names.TryGetValue(tag, out var name) ? name.English : tag;

    /// <summary>Whether it is written from right to left.</summary>
    public static bool IsRightToLeft(string tag) => tag.Split('-')[0] is "ar" or "he" or "fa" or "ur" or "yi";
}
