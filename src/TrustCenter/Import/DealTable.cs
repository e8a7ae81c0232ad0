using System.Text;
using TrustCenter.Deals;
using TrustCenter.Engine;

namespace TrustCenter.Import;

/// <summary>A table of deals on disk, as a CSV of another system's columns or of ours. It is read as a stream, as often as it is asked.</summary>
internal sealed record DealTable(string Path, FileMap Map)
{
    public const string File = "deals.csv";

    public IEnumerable<Row> Rows(FileProblems problems)
    {
        var count = 0;
        foreach (var node in CsvFile.Rows(Path, Map.Separator, problems))
        {
            if (++count > ImportLimits.Deals)
            {
                problems.Error(node.Line, null, "too many rows", $"More than {ImportLimits.Deals:N0} rows. Split the file.");
                yield break;
            }

            yield return new Row(node, Map, problems);
        }
    }

    /// <summary>Which of our columns the table of this row has.</summary>
    public static DealColumns Says(Row row) => Enum.GetValues<DealColumns>().Where(column => column != DealColumns.None && row.IsSaid(column.ToString()))
        .Aggregate(DealColumns.None, (says, column) => says | column);

    /// <summary>The names of these columns as our own files spell them.</summary>
    public static HashSet<string> NamesOf(DealColumns says)
        => [.. DealCsv.Names.Where(name => name == DealCsv.Key || (Enum.TryParse<DealColumns>(name, ignoreCase: true, out var column) && says.HasFlag(column)))];
}

/// <summary>Writes deals into our own table as they are read, so that a folder's deals are kept whole while they are imported.</summary>
internal sealed class DealTableWriter : IDisposable
{
    private readonly StreamWriter writer;
    private readonly Scope scope;
    private readonly HashSet<string> names;

    public DealTableWriter(string path, Scope scope, DealColumns says)
    {
        (this.scope, names) = (scope, DealTable.NamesOf(says));
        writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        writer.Write(DealCsv.Head(names));
    }

    public void Add(ImportDeal deal) => writer.Write(DealCsv.Line(deal.Key, ImportWordings.Deal(scope, deal), names));

    public void Dispose() => writer.Dispose();
}
