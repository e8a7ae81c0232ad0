namespace TrustCenter.Import;

/// <summary>Rows in their order; a key used twice is an error that names both rows.</summary>
internal sealed class Unique<T>(string what, int longest = ImportLimits.Names)
{
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);

    public List<T> All { get; } = [];

    /// <summary>Every key that was written, also in a row with another error.</summary>
    public bool Knows(string key) => lines.ContainsKey(key);

    public void Add(string key, T item, Row row, string column = "key")
    {
        if (key.Length == 0) return;
        if (!lines.TryAdd(key, row.Line))
            row.Fail(column, "duplicate key", $"{FieldText.Cite(key)} appears in row {lines[key]} and again in row {row.Line}. Keep one, or change one {column}.");
        else if (lines.Count == longest + 1)
            row.Fail(column, "too many", $"More than {longest:N0} {what}. Remove some.");
        else if (!row.Failed)
            All.Add(item);
    }
}
