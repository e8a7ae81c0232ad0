namespace TrustCenter.Tenants;

/// <summary>When the vendor's people work. Holidays are not known: a target may fall on one.</summary>
public sealed record WorkingHours
{
    private const int LongestSearch = 4_000; // days looked at; 400 hours at an hour a week

    public string Zone { get; init; } = "UTC"; // IANA
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
    public TimeOnly From { get; init; } = new(9, 0);
    public TimeOnly To { get; init; } = new(17, 0);

    /// <summary>Null for what is no IANA name of this machine.</summary>
    public static TimeZoneInfo? FindZone(string name)
        => name.Length is > 0 and <= 60 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+') && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone : null;

    /// <summary>The day in the vendor's own zone.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, ZoneOrUtc).DateTime);

    /// <summary>The moment at which so many working hours have passed since <paramref name="start"/>.</summary>
    public DateTimeOffset After(DateTimeOffset start, int hours)
    {
        var (zone, left, day) = (ZoneOrUtc, TimeSpan.FromHours(hours), DayOf(start));
        for (var looked = 0; looked < LongestSearch; looked++, day = day.AddDays(1))
        {
            if (!Days.Contains(day.DayOfWeek)) continue;
            var (opens, closes) = (Utc(day, From, zone), Utc(day, To, zone));
            var begins = start > opens ? start : opens;
            if (begins >= closes) continue;
            if (closes - begins >= left) return begins + left;
            left -= closes - begins;
        }
        return start + TimeSpan.FromDays(LongestSearch);
    }

    /// <summary>The moment that clocks in the vendor's zone show so.</summary>
    public DateTimeOffset Moment(DateTime local) => Utc(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local), ZoneOrUtc);

    /// <summary>What clocks in the vendor's zone show then.</summary>
    public DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, ZoneOrUtc).DateTime;

    private TimeZoneInfo ZoneOrUtc => FindZone(Zone) ?? TimeZoneInfo.Utc;

    // An hour that the clock skips in spring is read as the one after it.
    private static DateTimeOffset Utc(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
