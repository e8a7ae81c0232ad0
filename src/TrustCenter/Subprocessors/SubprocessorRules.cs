using TrustCenter.Engine;
using TrustCenter.Tenants;

namespace TrustCenter.Subprocessors;

/// <summary>What an entry must be, to be proposed from the console.</summary>
public static class SubprocessorRules
{
    public const int LongestName = 120; // characters
    private const int LongestText = 500; // characters; a sentence

    /// <summary>What a whole list must be at least, as a file brings it.</summary>
    public static Problem? OfFile(IReadOnlyList<Subprocessor> entries)
        => entries.Count > SubprocessorList.Most ? new("", $"At most {SubprocessorList.Most} subprocessors.")
            : entries.Any(e => e.Name.Length is 0 or > LongestName) ? new("name", $"Every subprocessor needs a name of at most {LongestName} characters.") : null;

    public static IEnumerable<Problem> Problems(Subprocessor entry)
    {
        if (entry.Name.Length is 0 or > LongestName) yield return new("name", $"Name the company, at most {LongestName} characters.");
        if (entry.Purpose.Length is 0 or > LongestText) yield return new("purpose", $"Say what it does with the data, at most {LongestText} characters.");
        if (entry.Location.Length > LongestName) yield return new("location", $"At most {LongestName} characters.");
        if (entry.Website.Length > 0 && !VendorRules.IsWebsite(entry.Website)) yield return new("website", $"“{entry.Website}” is not an address. Begin it with https://.");
        if (entry.Since is null) yield return new("since", "Write the day from which it works on customers' data.");
        if (entry.Until < entry.Since) yield return new("until", "It ends before it begins. Correct one of the two days.");
    }
}
