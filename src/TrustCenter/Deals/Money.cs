using System.Globalization;

namespace TrustCenter.Deals;

/// <summary>Amounts as people type and read them. Never guesses between two readings: 1.234 could be either, so it is asked again.</summary>
public static class Money
{
    public const int MostDigits = 12; // before the point
    public const int MostDecimals = 2; // cents

    private const string HowTo = "a point before the cents, no other separators.";

    /// <summary>Reads 1234, 1234.5, 1,234.56, 1 234.56 and 1'234.56. <paramref name="problem"/> says how to write it otherwise.</summary>
    public static bool TryParse(string? text, out decimal amount, out string problem)
    {
        amount = 0;
        var typed = Plain(text ?? "");
        problem = Problem(typed);
        if (problem.Length > 0) return false;
        var digits = new string([.. typed.Where(c => char.IsAsciiDigit(c) || c == '.')]);
        amount = decimal.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>Such as "EUR 12,345" or "EUR 12,345.50".</summary>
    public static string Show(decimal amount, string currency)
    {
        var rounded = Math.Round(amount, MostDecimals, MidpointRounding.AwayFromZero);
        var format = rounded == decimal.Truncate(rounded) ? "#,##0" : "#,##0.00";
        return $"{currency} {rounded.ToString(format, CultureInfo.InvariantCulture)}";
    }

    // Spreadsheets paste no-break spaces and the typographic apostrophe.
    private static string Plain(string text) =>
        text.Replace('\u00A0', ' ').Replace('\u202F', ' ').Replace('\u2019', '\'').Trim(' ');

    private static string Problem(string typed)
    {
        if (typed.Length == 0) return "Write an amount, for example 1234.56.";
        if (typed[0] is '-' or '\u2212') return "An amount cannot be negative.";
        if (typed.Any(c => !char.IsAsciiDigit(c) && c is not ('.' or ',' or ' ' or '\'')))
            return "Write the amount in the digits 0 to 9 only, for example 1234.56; the currency has its own field.";
        var parts = typed.Split('.');
        if (parts.Length > 2 || !IsWhole(parts[0]) || (parts.Length == 2 && !IsCents(parts[1]))) return Advice(typed);
        return parts[0].Count(char.IsAsciiDigit) > MostDigits
            ? $"An amount has at most {MostDigits} digits before the point."
            : "";
    }

    private static bool IsCents(string part) => part.Length is > 0 and <= MostDecimals && part.All(char.IsAsciiDigit);

    private static bool IsWhole(string part)
    {
        if (part.Length == 0) return false;
        if (part.All(char.IsAsciiDigit)) return true;
        var separators = part.Where(c => !char.IsAsciiDigit(c)).Distinct().ToArray();
        if (separators.Length != 1) return false;
        var groups = part.Split(separators[0]);
        return groups[0].Length is > 0 and <= 3 && groups[0][0] != '0' && groups[1..].All(group => group.Length == 3);
    }

    // 1.234,56 and 1234,5 have one reading only, which is offered; everything else gets the example.
    private static string Advice(string typed)
    {
        var comma = typed.IndexOf(',', StringComparison.Ordinal);
        if (comma < 1 || !IsCents(typed[(comma + 1)..]) || !IsWhole(typed[..comma].Replace('.', '\'')))
            return $"Write it like 1234.56: {HowTo}";
        var whole = new string([.. typed[..comma].Where(char.IsAsciiDigit)]);
        return $"Write {whole}.{typed[(comma + 1)..]}: {HowTo}";
    }
}
