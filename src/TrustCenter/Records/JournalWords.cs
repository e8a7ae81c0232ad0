using TrustCenter.Journal;

namespace TrustCenter.Records;

/// <summary>An entry's names in words. The export has them as they are.</summary>
public static class JournalWords
{
    private const int LongestFact = 40; // characters; what is longer is a hash

    /// <summary>The first part of what happened, and what the filter calls it.</summary>
    public static readonly IReadOnlyList<(string Key, string Text)> Kinds =
    [
        ("claim", "Claims"), ("claims", "Acts on several claims"), ("evidence", "Documents"), ("subprocessors", "Subprocessors"), ("agreement", "The agreement"), ("vendor", "Brand, topics, audiences"), ("page", "Public pages"),
        ("link", "Links"), ("visit", "Visits"), ("room", "Rooms"), ("document", "Downloads"), ("request", "Requests"), ("deal", "Deals"), ("import", "Imports"), ("person", "People to be forgotten"),
        ("staff", "Staff"), ("key", "API keys"), ("settings", "Settings"), ("hostname", "Host names"), ("journal", "Exports of the journal"),
    ];

    // Where the code's own words do not read as a sentence.
    private static readonly Dictionary<string, string> Own = new()
    {
        ["claims.batch_begun"] = "Act on several claims begun",
        ["claims.batch_finished"] = "Act on several claims finished",
        ["document.accessed"] = "Document downloaded",
        ["hostname.asked"] = "Host name asked for",
        ["import.brought"] = "Import taken in",
        ["page.published"] = "Public pages made anew",
        ["person.erased"] = "Person forgotten",
        ["person.sealed"] = "Address taken down, sealed",
        ["room.viewed"] = "Room looked at",
        ["staff.set"] = "Member of staff set up",
        ["vendor.published"] = "Brand, topics or audiences set",
        ["visit.asked"] = "Code asked for at a link",
        ["visit.code_burnt"] = "Code given up after wrong tries",
        ["visit.code_wrong"] = "Wrong code typed",
        ["visit.forgotten"] = "Visit forgotten",
        ["visit.proven"] = "Address proven by its code",
        ["visit.refused"] = "Visit refused",
    };

    public static string What(string what) => Own.GetValueOrDefault(what) ?? Sentence(what.StartsWith("evidence.", StringComparison.Ordinal) ? "document" + what["evidence".Length..] : what.StartsWith("key.", StringComparison.Ordinal) ? "API " + what : what);

    /// <summary>What the entry is about, where it has no name.</summary>
    public static string About(string subject) => subject.Split(':')[0] switch
    {
        "api_key" => "An API key",
        "claim_batch" => "Several claims",
        "evidence" => "A document",
        "hostnames" => "Host names",
        "link-suspension" => "All links",
        "staff" => "A member of staff",
        "subprocessors" => "The list of subprocessors",
        "visit" => "A visit",
        "tenancy" => "A tenant",
        "operator-entrance" => "The entrance of operators",
        "backups" => "The backups",
        "vendor" => "Your public words",
        var kind and ("agreement" or "settings") => "The " + kind,
        var kind and ("import" or "admins") => "An " + kind.TrimEnd('s'),
        var kind => "A " + Spaced(kind),
    };

    public static IEnumerable<string> Facts(JournalEntry entry) => entry.Facts.Where(f => f.Value.Length is > 0 and <= LongestFact && !Guid.TryParse(f.Value, out _)).Select(f => $"{Spaced(f.Name)} {f.Value}");

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + Spaced(words[1..]);

    private static string Spaced(string words) => words.Replace('.', ' ').Replace('_', ' ').Replace('-', ' ');
}
