namespace TrustCenter.Import;

/// <summary>Reads the subprocessors. Without a key, the name and the products make one.</summary>
internal static class SubprocessorReader
{
    public static List<ImportSubprocessor> Read(IEnumerable<Row> rows, Vocabulary vocabulary)
    {
        var subprocessors = new Unique<ImportSubprocessor>("subprocessors", ImportLimits.Subprocessors);
        foreach (var row in rows)
        {
            var name = row.Need("name", row.Text("name"));
            var products = vocabulary.Products(row);
            var subprocessor = new ImportSubprocessor
            {
                Key = row.Key(otherwise: string.Join(" ", [name, .. products])),
                Name = name,
                Purpose = row.Text("purpose", ImportLimits.Sentence),
                Location = row.Text("location"),
                Website = row.Website("website"),
                Products = products,
                Since = row.Date("since"),
            };
            subprocessors.Add(subprocessor.Key, subprocessor, row);
        }

        return subprocessors.All;
    }
}
