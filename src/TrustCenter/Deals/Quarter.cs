using System.Globalization;

namespace TrustCenter.Deals;

/// <summary>A quarter of the calendar year: the first begins on 1 January.</summary>
public readonly record struct Quarter(int Year, int Number) : IComparable<Quarter>
{
    public static Quarter Of(DateOnly day) => new(day.Year, (day.Month + 2) / 3);

    /// <summary>Reads 2026-Q3.</summary>
    public static Quarter? Parse(string? text)
        => text is { Length: 7 } && text[4..6] == "-Q" && text[6] is >= '1' and <= '4'
            && int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 0 and < 9999 ? new Quarter(year, text[6] - '0') : null;

    public DateOnly FirstDay => new(Year, Number * 3 - 2, 1);

    public DateOnly LastDay => FirstDay.AddMonths(3).AddDays(-1);

    public Quarter Next => Plus(1);

    public Quarter Plus(int quarters) => Of(FirstDay.AddMonths(3 * quarters));

    public int CompareTo(Quarter other) => FirstDay.CompareTo(other.FirstDay);

    /// <summary>2026-Q3: sorts as text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-Q{Number}");

    /// <summary>Q3 2026</summary>
    public string Words => string.Create(CultureInfo.InvariantCulture, $"Q{Number} {Year}");
}
