using TrustCenter.Pages;

namespace TrustCenter.Import;

/// <summary>Stages and fates as pages say them.</summary>
internal static class ImportSays
{
    public static string Of(ImportStage stage) => stage switch
    {
        ImportStage.Mapping => "waits for its columns",
        ImportStage.Checking => "is being checked",
        ImportStage.Checked => "waits for a decision",
        ImportStage.Importing => "importing",
        ImportStage.Done => "done",
        ImportStage.Failed => "failed",
        _ => "withdrawn",
    };

    public static string Of(DealFate fate) => fate switch { DealFate.New => "● new", DealFate.Changed => "◐ changed", DealFate.Same => "○ as before", _ => "▲ wrong" };

    public static string Of(ImportCounts counts)
        => $"{counts.New:N0} new, {counts.Changed:N0} changed, {counts.Same:N0} as before{(counts.Wrong > 0 ? $", {counts.Wrong:N0} wrong" : "")}";

    public static string Deals(int count) => Words.Count(count, "deal", "deals");
}
