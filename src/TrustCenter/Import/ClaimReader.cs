namespace TrustCenter.Import;

/// <summary>Reads the claims; every topic, audience and document they name must be there.</summary>
internal sealed class ClaimReader(
    Vocabulary vocabulary, List<ImportTopic> topics, bool newTopics, IReadOnlyList<ImportAudience> audiences, Func<string, bool> isDocument)
{
    private readonly Unique<ImportClaim> claims = new("claims", ImportLimits.Claims);
    private readonly HashSet<string> audienceKeys = [.. audiences.Select(audience => audience.Key)];

    public bool Knows(string key) => claims.Knows(key);

    public List<ImportClaim> Read(IEnumerable<Row> rows)
    {
        foreach (var row in rows)
        {
            var claim = Claim(row);
            Check(claim, row);
            claims.Add(claim.Key, claim, row);
        }

        return claims.All;
    }

    private ImportClaim Claim(Row row) => new()
    {
        Key = row.Key(),
        Statement = row.Need("statement", row.Lines("statement", ImportLimits.Statement)),
        Topic = Topic(row),
        Status = row.NeedWord("status", ImportWords.Status),
        Products = vocabulary.Products(row),
        Plans = vocabulary.Plans(row),
        Regions = vocabulary.Regions(row),
        Owner = row.Text("owner"),
        Checked = row.Date("checked"),
        ReviewBy = row.Date("reviewBy"),
        Frameworks = Frameworks(row),
        Visibility = row.Word("visibility", ImportWords.Visibility) ?? ImportVisibility.Public,
        Why = Why(row),
        Evidence = Evidence(row),
    };

    private static void Check(ImportClaim claim, Row row)
    {
        if (claim.ReviewBy < claim.Checked)
            row.Fail("reviewBy", "wrong order", "The review is due before the claim was checked. Correct one of the dates.");
        if (claim.Owner is null)
            row.Warn("owner", "claim without owner", "Nobody answers for this claim. Name a role, such as \"Head of Security\".");
        if (claim.ReviewBy is null && !row.Has("reviewBy"))
            row.Warn("reviewBy", "claim without review date", "Nobody is reminded to check this claim again. Set a date.");
    }

    private string Topic(Row row)
    {
        var said = row.Need("topic", row.Text("topic"));
        if (said.Length == 0) return "";
        var known = topics.Find(t => t.Key == said) ?? topics.Find(t => t.Name.Equals(said, StringComparison.OrdinalIgnoreCase));
        if (known is not null) return known.Key;
        if (newTopics && topics.Count < ImportLimits.Names) return NewTopic(said);
        row.Fail("topic", "unknown topic", $"{FieldText.Cite(said)} is neither key nor name of a topic. Add it to topics in {VendorReader.File}, or write newTopics: true in import.yaml.");
        return "";
    }

    private string NewTopic(string name)
    {
        var topic = new ImportTopic { Key = Slug.Of(name), Name = name };
        if (topics.TrueForAll(t => t.Key != topic.Key)) topics.Add(topic);
        return topic.Key;
    }

    private static IReadOnlyList<string> Frameworks(Row row)
    {
        var codes = row.List("frameworks", longest: 100);
        foreach (var code in codes.Where(code => code.Split(':', 2) is not [{ Length: > 0 }, { Length: > 0 }]))
            row.Fail("frameworks", "not a framework", $"{FieldText.Cite(code)} is not framework:control. Write it as SOC2:CC6.1.");
        return codes;
    }

    private IReadOnlyDictionary<string, string> Why(Row row)
    {
        var why = row.Map("why", audienceKeys);
        foreach (var key in why.Keys.Where(key => !audienceKeys.Contains(key)))
            row.Fail("why", "unknown audience", $"{FieldText.Cite(key)} is not the key of an audience. Add it to audiences in {VendorReader.File}, or correct it.");
        return why;
    }

    private IReadOnlyList<string> Evidence(Row row)
    {
        var keys = row.List("evidence", ImportLimits.Key);
        foreach (var key in keys.Where(key => !isDocument(key)))
            row.Fail("evidence", "unknown document", $"{FieldText.Cite(key)} is not the key of a document. Add it to evidence.csv, or correct it.");
        return keys;
    }
}
