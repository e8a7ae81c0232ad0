using TrustCenter.Journal;

namespace TrustCenter.Import;

/// <summary>Prints a reading for a person: what was found, then what to change.</summary>
public static class ImportReport
{
    private const int AlwaysWhole = 3; // problems of one kind that are printed one by one

    public static void Print(ImportReading reading, TextWriter to)
    {
        PrintContent(reading.Content, to);
        PrintProblems("Errors", reading.ErrorCount, reading.ErrorGroups, to);
        PrintProblems("Warnings", reading.WarningCount, reading.WarningGroups, to);
        to.WriteLine(reading.MayApply
            ? "The folder can be imported."
            : "Nothing is imported while there are errors.");
    }

    /// <summary>What would become of the deals, compared with what stands.</summary>
    public static void PrintDeals(FolderDeals deals, TextWriter to)
    {
        if (deals.Counts.All == 0 && deals.Found.ErrorCount == 0) return;
        var counts = deals.Counts;
        to.WriteLine($"Deals: {counts.New:N0} new, {counts.Changed:N0} changed, {counts.Same:N0} as before, {counts.Wrong:N0} wrong");
        foreach (var problem in deals.Found.Errors) to.WriteLine($"  {Place(problem)}: {problem.Reason}");
        if (deals.Found.ErrorCount > deals.Found.Errors.Count) to.WriteLine($"  and {deals.Found.ErrorCount - deals.Found.Errors.Count:N0} more");
        if (counts.Wrong > 0) to.WriteLine("Nothing is imported while a deal is wrong.");
    }

    private static void PrintContent(ImportContent content, TextWriter to)
    {
        if (content.Vendor is { } vendor) to.WriteLine($"{ConsoleText.Clean(vendor.Name)} ({vendor.Host})");
        var versions = content.Documents.Sum(document => document.Versions.Count);
        Count(content.Topics.Count, "topic");
        Count(content.Audiences.Count, "audience");
        Count(content.Claims.Count, "claim");
        Count(content.Documents.Count, "document", $" in {versions:N0} {(versions == 1 ? "version" : "versions")}");
        Count(content.Subprocessors.Count, "subprocessor");
        if (content.Agreement is { } agreement) to.WriteLine($"  agreement: {ConsoleText.Clean(agreement.Title)}, version {ConsoleText.Clean(agreement.Version)}");
        Count(content.Owners.Count, "owner");
        Count(content.DealCount, "deal");

        void Count(int count, string what, string more = "")
        {
            if (count > 0) to.WriteLine($"  {count,7:N0} {what}{(count == 1 ? "" : "s")}{more}");
        }
    }

    private static void PrintProblems(string title, int count, IReadOnlyList<ImportProblemGroup> groups, TextWriter to)
    {
        to.WriteLine($"{title}: {count:N0}");
        foreach (var group in groups.Take(ImportLimits.Problems)) PrintGroup(group, to);
        if (groups.Count > ImportLimits.Problems) to.WriteLine($"  and {groups.Count - ImportLimits.Problems:N0} more kinds");
    }

    private static void PrintGroup(ImportProblemGroup group, TextWriter to)
    {
        var shown = group.Count <= AlwaysWhole ? group.First : group.First.Take(1);
        foreach (var problem in shown) to.WriteLine($"  {Place(problem)}: {problem.Reason}");
        if (group.Count <= AlwaysWhole) return;

        var rows = group.First.Skip(1).Select(problem => problem.Row).OfType<int>().Distinct().ToList();
        to.WriteLine($"    and {group.Count - 1:N0} more: {group.Kind}{(rows.Count > 0 ? $", rows {string.Join(", ", rows)} ..." : "")}");
    }

    private static string Place(ImportProblem problem) => problem.File
        + (problem.Row is { } row ? $", row {row}" : "")
        + (problem.Column is { } column ? $", {column}" : "");
}
