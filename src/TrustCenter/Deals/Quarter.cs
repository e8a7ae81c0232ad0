using System.Globalization;

namespace TrustCenter.Deals;

/// <summary>A quarter of the vendor's fiscal year.</summary>
/// <param name="Year">The calendar year in which the fiscal year begins.</param>
public readonly record struct Quarter(int Year, int Number) : IComparable<Quarter>
{
    private readonly int later; // months from January to the beginning of the fiscal year; 0 where that is the calendar's

    private Quarter(int year, int number, int later) : this(year, number) => this.later = later;

    /// <summary>Month in which the fiscal year begins; 1 is January.</summary>
    public int YearStart => later + 1;

    /// <param name="yearStart">Month in which the fiscal year begins.</param>
    public static Quarter Of(DateOnly day, int yearStart = 1) => Counted(Months(day, yearStart) / 3, yearStart);

    /// <summary>The quarter after so many whole quarters of such years.</summary>
    internal static Quarter Counted(int quarters, int yearStart) => new(quarters / 4, quarters % 4 + 1, yearStart - 1);

    /// <summary>Reads 2026-Q3.</summary>
    public static Quarter? Parse(string? text, int yearStart = 1)
        => text is { Length: 7 } && text[4..6] == "-Q" && text[6] is >= '1' and <= '4'
            && int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 0 and < 9998 ? new Quarter(year, text[6] - '0', yearStart - 1) : null;

    public DateOnly FirstDay => new DateOnly(Year, 1, 1).AddMonths(later + (Number - 1) * 3);

    public DateOnly LastDay => FirstDay.AddMonths(3).AddDays(-1);

    public Quarter Next => Plus(1);

    public Quarter Plus(int quarters) => Of(FirstDay.AddMonths(3 * quarters), YearStart);

    public int CompareTo(Quarter other) => FirstDay.CompareTo(other.FirstDay);

    /// <summary>2026; where the fiscal year crosses the calendar's, 2026/27.</summary>
    public string YearWords => later == 0 ? string.Create(CultureInfo.InvariantCulture, $"{Year}") : string.Create(CultureInfo.InvariantCulture, $"{Year}/{(Year + 1) % 100:00}");

    // Whole months since the first fiscal year there is.
    private static int Months(DateOnly day, int yearStart) => day.Year * 12 + day.Month - yearStart;

    /// <summary>2026-Q3: sorts as text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-Q{Number}");

    /// <summary>Q3 2026</summary>
    public string Words => string.Create(CultureInfo.InvariantCulture, $"Q{Number} {YearWords}");
}
