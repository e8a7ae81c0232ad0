using System.Globalization;
using System.Text.RegularExpressions;

namespace TrustCenter.Import;

/// <summary>Dates, amounts, choices, keys and addresses of a row.</summary>
internal sealed partial class Row
{
    private const int EarliestYear = 1900, LatestYear = 2200;

    /// <summary>Part of an address: lower case letters, digits, "-", "." and "_". A missing one is made when the file map says of what.</summary>
    public string Key(string? otherwise = null)
    {
        if (Text("key", ImportLimits.Key) is not { } key)
            return Made(otherwise) ?? (otherwise is not null && Failed ? "" : Need("key", null));
        if (!Slug.IsKey(key)) Fail("key", "not a key", $"{FieldText.Cite(key)} is not a key. Use a-z, 0-9 and \"-\", such as {FieldText.Cite(Slug.Of(key), ImportLimits.Key)}.");
        return key;
    }

    private string? Made(string? otherwise)
    {
        if (map.KeyFrom is not { } column) return Failed || otherwise is null ? null : Slug.Of(otherwise);
        if ((node[column] as TextNode)?.Text is not { } text || string.IsNullOrWhiteSpace(text)) return null;
        var end = map.KeyUntil is { } until ? text.IndexOf(until, StringComparison.Ordinal) : -1;
        return Slug.Of(end > 0 ? text[..end] : text);
    }

    public DateOnly? Date(string column)
    {
        if (Text(column) is not { } text) return null;
        foreach (var format in map.Dates.Prepend("yyyy-MM-dd"))
        {
            if (Day(text, format) is { Year: >= EarliestYear and <= LatestYear } date) return date;
        }

        Fail(column, "not a date", map.Dates.Count == 0
            ? $"{FieldText.Cite(text)} is not a date. Write 2026-11-21, or name the file's format under dates in import.yaml."
            : $"{FieldText.Cite(text)} is not a date in one of the formats yyyy-MM-dd, {string.Join(", ", map.Dates)}.");
        return null;
    }

    // Systems that write a time beside every date mean the day.
    private static DateOnly? Day(string text, string format)
    {
        if (!format.Contains('H', StringComparison.Ordinal)) return DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
        return DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? DateOnly.FromDateTime(at) : null;
    }

    public decimal? Amount(string column)
    {
        if (Text(column) is not { } text) return null;
        if (PlainAmount().IsMatch(text)) return decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        Fail(column, "not an amount", $"{FieldText.Cite(text)} is not an amount. {AmountHint(text)}");
        return null;
    }

    private static string AmountHint(string text)
    {
        if (text.Contains(',')) return "Write it without separators for thousands and with a point before the cents: 1234.56.";
        if (text.StartsWith('-')) return "An amount is not negative; leave it blank when it is not known.";
        if (text.Any(c => char.IsLetter(c) || char.IsSymbol(c))) return "Write digits only: 1234.56; the currency has its own column.";
        return "Write digits, at most 12 before the point and 2 after it: 1234.56.";
    }

    public T? Word<T>(string column, IReadOnlyDictionary<string, T> words) where T : struct, Enum
    {
        if (Text(column) is not { } text) return null;
        if (words.Find(text) is { } value) return value;
        Fail(column, "unknown word", $"{FieldText.Cite(text)} is not one of: {string.Join(", ", words.Keys)}. Correct it, or translate it under values in import.yaml.");
        return null;
    }

    public T NeedWord<T>(string column, IReadOnlyDictionary<string, T> words) where T : struct, Enum
    {
        if (!Has(column)) Need(column, null);
        return Word(column, words) ?? default;
    }

    public string? Currency(string column) => Matching(column, "not a currency", IsoCurrency(), "a currency. Write its three capital letters, such as EUR.");

    public string? Accent(string column) => Matching(column, "not a colour", HexColour(), "a colour. Write #rrggbb, such as \"#1f6feb\", in quotes.")?.ToLowerInvariant();

    public string? Label(string column) =>
        Matching(column, "not a host", DnsLabel(), "a host. Use one word of a-z, 0-9 and \"-\", at most 63, such as northwind.");

    public string? Domain(string column) =>
        Matching(column, "not a domain", HostName(), "a domain. Write it as in an e-mail address after the @, such as example.com.")?.ToLowerInvariant();

    public string? Mail(string column) =>
        Matching(column, "not an e-mail address", MailAddress(), "an e-mail address, such as security@example.com.");

    /// <summary>An absolute address, http or https.</summary>
    public string? Website(string column) =>
        Text(column, ImportLimits.Address) is { } text ? Checked(column, text, IsWeb(text), "https://") : null;

    /// <summary>Where a link leads: http, https, mailto, or a path of this site.</summary>
    public string? LinkAddress(string column)
    {
        if (Text(column, ImportLimits.Address) is not { } text) return null;
        var path = text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal) && !text.Contains('\\');
        var mail = text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) && MailAddress().IsMatch(text["mailto:".Length..]);
        return Checked(column, text, path || mail || IsWeb(text), "https://, mailto: or /");
    }

    private string? Checked(string column, string text, bool good, string beginnings)
    {
        if (good && !FieldText.TurnsDirection(text) && !text.Any(char.IsWhiteSpace)) return text;
        Fail(column, "not an address", $"{FieldText.Cite(text)} is not an address. Begin it with {beginnings}.");
        return null;
    }

    private string? Matching(string column, string kind, Regex rule, string what)
    {
        if (Text(column, ImportLimits.Address) is not { } text) return null;
        if (rule.IsMatch(text)) return text;
        Fail(column, kind, $"{FieldText.Cite(text)} is not {what}");
        return null;
    }

    private static bool IsWeb(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && text.Contains("://");

    [GeneratedRegex(@"^[0-9]{1,12}(\.[0-9]{1,2})?\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PlainAmount();

    [GeneratedRegex(@"^[A-Z]{3}\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex IsoCurrency();

    [GeneratedRegex(@"^#[0-9a-fA-F]{6}\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex HexColour();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex DnsLabel();

    [GeneratedRegex(@"^(?=.{4,253}\z)([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z][a-zA-Z0-9-]{0,61}[a-zA-Z0-9]\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex HostName();

    [GeneratedRegex(@"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{4,253}\z)([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z][a-zA-Z0-9-]{0,61}[a-zA-Z0-9]\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MailAddress();
}
