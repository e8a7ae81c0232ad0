using System.Globalization;
using TrustCenter.Web;

namespace TrustCenter.Claims;

/// <summary>The hour at which something is published: typed and shown in UTC, to the minute.</summary>
internal static class PublishHour
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"]; // browsers send the first two (HTML, 4.10.5.1.11)

    /// <summary>Null with a problem in the form.</summary>
    public static DateTimeOffset? Read(TypedForm form, string field)
    {
        var text = form.Text(field);
        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)) return at;
        form.Add(field, text.Length == 0 ? "Choose the day and hour at which it is published." : $"“{EditorWords.Cut(text, 40)}” is no day and hour. Write them so: 2026-12-31T09:00.");
        return null;
    }
}
