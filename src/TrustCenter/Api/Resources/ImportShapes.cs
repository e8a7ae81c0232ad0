using System.ComponentModel;
using TrustCenter.Import;
using TrustCenter.Web;

namespace TrustCenter.Api;

public sealed record ImportLineShape(Guid Id, string FileName, ImportStage Stage, int Rows, [property: Description("Rows read while it is checked; rows that are durable while it is let in.")] int Done, DateTimeOffset CreatedAt);

public sealed record ImportCountsShape(int New, int Changed, int Same, int Wrong)
{
    public static ImportCountsShape Of(ImportCounts counts) => new(counts.New, counts.Changed, counts.Same, counts.Wrong);
}

public sealed record ImportProblemShape(string Reason, int? Row = null, string? Column = null);

/// <summary>How a table is read; read and written alike.</summary>
public sealed record ImportMappingShape(
    [property: Description("The table's column by ours: key, account, outcome and so on, as an export of deals names them. What is left out is not read; key and outcome are needed.")] IReadOnlyDictionary<string, string> Columns,
    [property: Description("For outcome, securityFactor and saidBy: our word by the table's. They are put over those that stand.")] IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? Words = null,
    [property: Description("A form of days that the table uses beside 2026-12-31, such as d.M.yyyy.")] string? Dates = null)
{
    internal static ImportMappingShape Of(ImportMapping m) => new(m.Columns, m.Words, m.Dates.Length > 0 ? m.Dates : null);

    /// <summary>As the console's form would bring it; what that form has no choice for stands as a problem in it.</summary>
    internal TypedForm ToForm(IReadOnlyList<string> header)
    {
        var words = (Words ?? new Dictionary<string, IReadOnlyDictionary<string, string>>()).SelectMany(w => w.Value.Where(pair => pair.Key.Length > 0).Select((pair, n) => (Column: w.Key, pair.Key, pair.Value, N: n))).ToList();
        var form = FormOf.Fields(
        [
            .. Columns.Select(c => (MappingForm.FieldOf(c.Key), FormOf.Text(c.Value))), (MappingForm.DatesField, FormOf.Text(Dates)),
            .. words.Select(w => (MappingForm.TheirsOf(w.Column, w.N), FormOf.Text(w.Key))), .. words.Select(w => (MappingForm.OursOf(w.Column, w.N), FormOf.Text(w.Value))),
        ]);
        foreach (var (ours, theirs) in Columns)
            if (MappingForm.Columns.All(c => c.Name != ours)) form.Add(MappingForm.FieldOf(ours), "There is no such column of ours. An export of deals names them all.");
            else if (!header.Contains(theirs)) form.Add(MappingForm.FieldOf(ours), "The table has no such column. Its header names all of them.");
        foreach (var (column, _, ours, _) in words)
            if (!ImportMapping.Choices.TryGetValue(column, out var known) || !known.Contains(ours)) form.Add($"words.{column}", known is null ? "Words of this column are not translated." : $"These are our words: {string.Join(", ", known)}.");
        if (words.GroupBy(w => w.Column).Any(w => w.Count() > 2 * ImportMapping.MostWords)) form.Add("words", $"At most {2 * ImportMapping.MostWords} words of a column.");
        if (!string.IsNullOrEmpty(Dates) && MappingGuess.Dates.All(d => d.Format != Dates)) form.Add(MappingForm.DatesField, $"Write one of these: {string.Join(", ", MappingGuess.Dates.Select(d => d.Format).Where(f => f.Length > 0))}.");
        return form;
    }

    internal static string Name(string field) => field.StartsWith(MappingForm.FieldOf(""), StringComparison.Ordinal) ? "columns." + field[MappingForm.FieldOf("").Length..] : field;
}

/// <summary>One table on its way in.</summary>
public sealed record ImportShape(Guid Id, string FileName, string Sha256, ImportStage Stage, int Rows, int Done, DateTimeOffset CreatedAt,
    [property: Description("What would become of the rows; all zero before the check has ended.")] ImportCountsShape Expected,
    [property: Description("What became of them so far.")] ImportCountsShape Became,
    [property: Description("With one wrong row nothing is let in.")] IReadOnlyList<ImportProblemShape> Problems,
    [property: Description("The table's columns.")] IReadOnlyList<string> Header, ImportMappingShape Mapping, string? Failure = null)
{
    public static ImportShape Of(Guid id, ImportJob job, ImportPreview preview) => new(id, job.Source.Name, job.Source.Sha, job.Stage, job.Total, job.Done, job.Created, ImportCountsShape.Of(job.Checked), ImportCountsShape.Of(job.Counts),
        [.. preview.Errors.Select(e => new ImportProblemShape(e.Reason, e.Row, e.Column))], job.Header, ImportMappingShape.Of(job.Mapping), job.Problem.Length > 0 ? job.Problem : null);
}
