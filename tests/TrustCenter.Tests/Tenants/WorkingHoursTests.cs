using TrustCenter.Tenants;

namespace TrustCenter.Tests.Tenants;

public sealed class WorkingHoursTests
{
    private static readonly WorkingHours Berlin = new() { Zone = "Europe/Berlin" };

    [Theory]
    [InlineData("2026-11-20T08:00:00Z", 8, "2026-11-20T16:00:00Z")] // Friday, 9 in Berlin: the whole day
    [InlineData("2026-11-20T08:00:00Z", 9, "2026-11-23T09:00:00Z")] // the ninth hour is Monday's first
    [InlineData("2026-11-20T15:00:00Z", 2, "2026-11-23T09:00:00Z")]
    [InlineData("2026-11-21T12:00:00Z", 1, "2026-11-23T09:00:00Z")] // a Saturday begins on Monday
    [InlineData("2026-11-20T03:00:00Z", 1, "2026-11-20T09:00:00Z")] // before the day begins
    [InlineData("2027-03-26T15:00:00Z", 2, "2027-03-29T08:00:00Z")] // the clock changes on Sunday: 9 in Berlin is 7 UTC
    public void A_target_counts_working_hours_of_the_vendors_own_zone(string start, int hours, string end)
        => Berlin.After(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture), hours).ShouldBe(DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void An_hour_that_spring_skips_does_not_break_the_day()
        => new WorkingHours { Zone = "Europe/Berlin", Days = [DayOfWeek.Sunday], From = new TimeOnly(2, 30), To = new TimeOnly(4, 30) }
            .After(new DateTimeOffset(2027, 3, 28, 0, 0, 0, TimeSpan.Zero), 1).ShouldBe(new DateTimeOffset(2027, 3, 28, 2, 30, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("Europe/Berlin", true)]
    [InlineData("UTC", true)]
    [InlineData("America/Argentina/Buenos_Aires", true)]
    [InlineData("W. Europe Standard Time", false)]
    [InlineData("Europe/Atlantis", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("", false)]
    public void A_zone_is_known_by_its_name_in_the_time_zone_database(string name, bool isKnown) => (WorkingHours.FindZone(name) is not null).ShouldBe(isKnown);
}
