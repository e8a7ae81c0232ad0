namespace TrustCenter.Import;

/// <summary>What the vendor named: his products, plans and regions.</summary>
internal sealed class Vocabulary(IReadOnlyList<string> products, IReadOnlyList<string> plans, IReadOnlyList<string> regions)
{
    private readonly HashSet<string> products = [.. products];
    private readonly HashSet<string> plans = [.. plans];
    private readonly HashSet<string> regions = [.. regions];

    public IReadOnlyList<string> Products(Row row) => Named(row, "products", products);

    public IReadOnlyList<string> Plans(Row row) => Named(row, "plans", plans);

    public IReadOnlyList<string> Regions(Row row) => Named(row, "regions", regions);

    public string? Product(Row row)
    {
        var product = row.Text("product", ImportLimits.DealText);
        if (product is not null) Warn(row, "product", product, products);
        return product;
    }

    private static IReadOnlyList<string> Named(Row row, string column, HashSet<string> known)
    {
        var names = row.List(column);
        foreach (var name in names) Warn(row, column, name, known);
        return names;
    }

    private static void Warn(Row row, string column, string name, HashSet<string> known)
    {
        if (known.Contains(name)) return;
        var likely = known.FirstOrDefault(k => Plain(k) == Plain(name));
        row.Warn(column, $"unknown {column.TrimEnd('s')}", $"{FieldText.Cite(name)} is not named in {VendorReader.File} and stays as it is."
            + Hint(name, likely));
    }

    private static string Hint(string name, string? likely)
    {
        if (likely is not null) return $" Is it {FieldText.Cite(likely)}?";
        return name.Contains(',') ? " Put \";\" between several names." : " Add it there, or correct it.";
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
