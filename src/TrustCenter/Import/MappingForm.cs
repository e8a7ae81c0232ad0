using TrustCenter.Deals;
using TrustCenter.Web;

namespace TrustCenter.Import;

/// <summary>The columns and words as they were chosen. What is none of ours or of the table's has no effect.</summary>
internal static class MappingForm
{
    public const string DatesField = "dates";
    private static readonly string[] Needed = [DealCsv.Key, "outcome"];

    /// <summary>The columns with what each is for.</summary>
    public static readonly IReadOnlyList<(string Name, string Label)> Columns =
    [
        (DealCsv.Key, "Key of the deal"), ("account", "Customer"), ("outcome", "Outcome"), ("amount", "Amount"), ("currency", "Currency"), ("closed", "Closed"), ("opened", "Opened"), ("stage", "Stage"),
        ("owner", "Owner"), ("manager", "Manager"), ("region", "Region"), ("product", "Product"), ("domain", "Domain of their e-mail"),
        ("securityFactor", "Security factor"), ("reason", "Reason"), ("saidBy", "Said by"), ("claim", "Claim"), ("requirement", "Requirement"),
    ];

    public static string FieldOf(string column) => "column-" + column;

    public static string TheirsOf(string column, int n) => $"theirs-{column}-{n}";

    public static string OursOf(string column, int n) => $"ours-{column}-{n}";

    /// <summary>Null: the form holds the problems.</summary>
    public static ImportMapping? Read(TypedForm form, ImportJob job)
    {
        var columns = new Dictionary<string, string>();
        foreach (var (name, _) in Columns)
            if (job.Header.Contains(form[FieldOf(name)])) columns[name] = form[FieldOf(name)];
        foreach (var name in Needed.Where(name => !columns.ContainsKey(name)))
            form.Add(FieldOf(name), name == DealCsv.Key ? "Choose the column that names each deal, so that the next table finds it again." : "Choose the column that says whether a deal was won. It may be the one of the stage.");
        if (form.Problems.Count > 0) return null;
        return job.Mapping with
        {
            Columns = columns,
            Words = Words(form, job),
            Dates = MappingGuess.Dates.Any(d => d.Format == form[DatesField]) ? form[DatesField] : "",
        };
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Words(TypedForm form, ImportJob job)
    {
        var words = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        foreach (var (column, ours) in ImportMapping.Choices)
        {
            var chosen = new Dictionary<string, string>(job.Mapping.Words.GetValueOrDefault(column, new Dictionary<string, string>()));
            for (var n = 0; n < 2 * ImportMapping.MostWords && form[TheirsOf(column, n)] is { Length: > 0 } theirs; n++)
                if (ours.Contains(form[OursOf(column, n)]) && theirs.Length <= ImportLimits.Name && (chosen.ContainsKey(theirs) || chosen.Count < 2 * ImportMapping.MostWords)) chosen[theirs] = form[OursOf(column, n)];
                else chosen.Remove(theirs);
            if (chosen.Count > 0) words[column] = chosen;
        }

        return words;
    }
}
