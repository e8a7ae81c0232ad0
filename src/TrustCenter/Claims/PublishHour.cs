using System.Globalization;
using TrustCenter.Pages;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Claims;

/// <summary>The hour at which something is published: typed as clocks show it in the vendor's zone, kept in UTC, to the minute.</summary>
internal static class PublishHour
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"]; // browsers send the first two (HTML, 4.10.5.1.11)

    /// <summary>Null with a problem in the form.</summary>
    public static DateTimeOffset? Read(TypedForm form, string field, WorkingHours hours)
    {
        var text = form.Text(field);
        if (DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1 and < 9999) return hours.Moment(local);
        form.Add(field, text.Length == 0 ? "Choose the day and hour at which it is published." : $"“{EditorWords.Cut(text, 40)}” is not a day and hour. Write them so: 2026-12-31T09:00.");
        return null;
    }

    /// <summary>21 Nov 2026 10:14 in Europe/Berlin; empty where the zone is UTC, in which every time is shown anyway.</summary>
    public static string InZone(DateTimeOffset at, WorkingHours hours)
        => hours.Zone is "UTC" or "Etc/UTC" ? "" : $"{Words.ShortDate(DateOnly.FromDateTime(hours.Local(at)))} {hours.Local(at).ToString("HH:mm", CultureInfo.InvariantCulture)} in {hours.Zone}";
}
