using System.Globalization;

namespace TrustCenter.Pages;

/// <summary>Dates, counts and sizes as a page says them: English, the same on every machine.</summary>
public static class Words
{
    private static readonly string[] ByteUnits = ["kB", "MB", "GB", "TB"]; // powers of 1,000

    /// <summary>12 June 2026</summary>
    public static string Date(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>12 Jun</summary>
    public static string ShortDate(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary>21 Nov 2026 09:14 UTC, whatever the offset.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>1 claim, 2 claims, 1,234 claims</summary>
    public static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:#,##0} {(count == 1 ? one : many)}");

    /// <summary>97 %. Only all is 100 % and only none is 0 %; of nothing there is no share, which is shown as a dash.</summary>
    public static string Percent(long part, long whole)
    {
        if (whole <= 0) return "–";
        var share = (int)Math.Round(100m * part / whole, MidpointRounding.AwayFromZero);
        if (share == 0 && part > 0) return "under 1 %";
        if (share == 100 && part < whole) return "over 99 %";
        return string.Create(CultureInfo.InvariantCulture, $"{share} %");
    }

    /// <summary>1 byte, 999 bytes, 1.2 MB, 12 MB</summary>
    public static string Bytes(long bytes)
    {
        if (bytes < 1_000) return Count(bytes, "byte", "bytes");
        var size = bytes / 1_000m;
        var unit = 0;
        while (Rounded(size) >= 1_000 && unit < ByteUnits.Length - 1)
        {
            size /= 1_000;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Rounded(size):#,##0.#} {ByteUnits[unit]}");
    }

    private static decimal Rounded(decimal size) => Math.Round(size, size < 10 ? 1 : 0, MidpointRounding.AwayFromZero);
}
