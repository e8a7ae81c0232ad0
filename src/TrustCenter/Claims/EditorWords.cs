using System.Globalization;

namespace TrustCenter.Claims;

/// <summary>States of a claim as the console says them: a sign and a word, never colour alone.</summary>
public static class EditorWords
{
    public static readonly IReadOnlyList<(string Key, string Text)> Stages =
        [("Draft", "Draft"), ("Waiting", "Waits for approval"), ("Returned", "Returned"), ("Approved", "Scheduled"), ("Published", "Published"), ("Withdrawn", "Withdrawn")];

    public static string Of(ClaimStatus status) => status switch
    {
        ClaimStatus.InPlace => "In place",
        ClaimStatus.Partly => "Partly",
        _ => "Planned",
    };

    public static (string Sign, string Css) Look(ClaimStatus status) => status switch
    {
        ClaimStatus.InPlace => ("●", "st-i"),
        ClaimStatus.Partly => ("◐", "st-p"),
        _ => ("○", "st-o"),
    };

    public static string Of(Visibility visibility) => visibility == Visibility.Public ? "Public" : "In rooms only";

    public static string Stage(string key) => Stages.FirstOrDefault(s => s.Key == key).Text ?? key;

    public static string Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>At most <paramref name="longest"/> characters, cut between words where there is a space to cut at.</summary>
    public static string Cut(string text, int longest)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= longest) return line;
        var end = line.LastIndexOf(' ', longest - 1);
        if (end < longest / 2) end = char.IsHighSurrogate(line[longest - 2]) ? longest - 2 : longest - 1;
        return line[..end].TrimEnd(' ', '.', ',', ';', ':') + "…";
    }
}
