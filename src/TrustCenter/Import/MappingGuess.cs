using System.Globalization;
using TrustCenter.Deals;

namespace TrustCenter.Import;

/// <summary>A first idea of how a table is read, from the names of its columns and its first rows. A person sees it before anything happens.</summary>
internal static class MappingGuess
{
    /// <summary>Formats that are offered beside yyyy-MM-dd.</summary>
    public static readonly IReadOnlyList<(string Format, string Example)> Dates =
        [("", "2026-11-21"), ("d.M.yyyy", "21.11.2026"), ("d/M/yyyy", "21/11/2026"), ("M/d/yyyy", "11/21/2026"), ("yyyy/M/d", "2026/11/21"), ("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", "2026-11-21T09:14:00.000Z"), ("yyyy-MM-dd HH:mm:ss", "2026-11-21 09:14:00")];

    // What other systems call our columns, letters and digits alone.
    private static readonly Dictionary<string, string[]> Names = new()
    {
        [DealCsv.Key] = ["key", "opportunityid", "dealid", "recordid", "id", "externalid", "casesafeid"],
        ["account"] = ["account", "accountname", "customer", "company", "companyname", "associatedcompany", "client", "organization"],
        ["domain"] = ["domain", "companydomain", "companydomainname", "websitedomain", "emaildomain"],
        ["product"] = ["product", "productname", "productinterest"],
        ["amount"] = ["amount", "value", "dealvalue", "dealamount", "closevalue", "amountincompanycurrency", "arr", "acv"],
        ["currency"] = ["currency", "currencycode", "currencyisocode", "dealcurrency"],
        ["stage"] = ["stage", "dealstage", "stagename", "pipelinestage"],
        ["opened"] = ["opened", "createdate", "createddate", "created", "engagedate", "opendate", "dealcreated"],
        ["closed"] = ["closed", "closedate", "closeddate", "dealclosed", "wonlostdate"],
        ["owner"] = ["owner", "dealowner", "opportunityowner", "salesagent", "rep", "ownername", "assignedto"],
        ["manager"] = ["manager", "ownermanager", "salesmanager"],
        ["region"] = ["region", "territory", "salesregion", "regionaloffice"],
        ["outcome"] = ["outcome", "result", "status", "dealstatus", "wonlost", "stage", "dealstage", "stagename"],
        ["securityFactor"] = ["securityfactor", "security", "securityimpact"],
        ["reason"] = ["reason", "lossreason", "lostreason", "closedlostreason", "reasonlost", "wonlostreason"],
        ["saidBy"] = ["saidby", "source", "saidwho"],
        ["claim"] = ["claim", "claimkey"],
        ["requirement"] = ["requirement", "missing", "missingfeature", "gap"],
    };

    private static readonly Dictionary<string, string[]> Outcomes = new()
    {
        ["won"] = ["won", "closedwon", "win", "closewon"],
        ["lost"] = ["lost", "closedlost", "loss", "closelost", "disqualified"],
        ["no decision"] = ["nodecision", "stalled", "abandoned", "onhold", "cancelled", "canceled"],
        ["open"] = ["open", "new", "prospecting", "qualification", "needsanalysis", "valueproposition", "proposal", "proposalpricequote", "negotiation", "negotiationreview", "engaging", "discovery", "demo", "inprogress",
            "appointmentscheduled", "qualifiedtobuy", "presentationscheduled", "decisionmakerboughtin", "contractsent", "perceptionanalysis", "iddecisionmakers"],
    };

    public static ImportMapping For(TableHead head)
    {
        var columns = new Dictionary<string, string>();
        foreach (var (ours, theirs) in Names)
            if (theirs.Select(plain => head.Names.FirstOrDefault(name => Plain(name) == plain)).FirstOrDefault(name => name is not null) is { } found) columns[ours] = found;
        return new ImportMapping { Separator = head.Separator.ToString(), Columns = columns, Words = Words(head, columns), Dates = DatesOf(head, columns) };
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Words(TableHead head, Dictionary<string, string> columns)
    {
        var outcomes = new Dictionary<string, string>();
        if (columns.TryGetValue("outcome", out var column))
            foreach (var word in Texts(head, column).Where(word => !ImportWords.Knows("outcome", word)).Distinct(StringComparer.OrdinalIgnoreCase).Take(ImportMapping.MostWords))
                if (OutcomeOf(word) is { } ours) outcomes[word] = ours;
        return outcomes.Count == 0 ? [] : new() { ["outcome"] = outcomes };
    }

    /// <summary>Our outcome for a word of another system, or null.</summary>
    public static string? OutcomeOf(string word) => Outcomes.Where(o => o.Value.Contains(Plain(word))).Select(o => o.Key).FirstOrDefault();

    // Only where one format alone reads every date: 03/04/2026 is two days.
    private static string DatesOf(TableHead head, Dictionary<string, string> columns)
    {
        var texts = new[] { "opened", "closed" }.Where(columns.ContainsKey).SelectMany(ours => Texts(head, columns[ours])).Distinct().ToList();
        var fitting = Dates.Where(d => texts.TrueForAll(text => IsDate(text, d.Format.Length == 0 ? "yyyy-MM-dd" : d.Format))).ToList();
        return fitting.Count == 1 ? fitting[0].Format : "";
    }

    private static bool IsDate(string text, string format) => DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        || (format.Contains('H', StringComparison.Ordinal) && DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    private static IEnumerable<string> Texts(TableHead head, string column)
        => head.First.Select(row => (row[column] as TextNode)?.Text.Trim() ?? "").Where(text => text.Length > 0);

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
