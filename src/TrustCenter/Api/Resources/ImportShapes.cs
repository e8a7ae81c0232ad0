using System.ComponentModel;
using TrustCenter.Import;

namespace TrustCenter.Api;

public sealed record ImportLineShape(Guid Id, string FileName, ImportStage Stage, int Rows, [property: Description("Rows read while it is checked; rows that are durable while it is let in.")] int Done, DateTimeOffset CreatedAt);

public sealed record ImportCountsShape(int New, int Changed, int Same, int Wrong)
{
    public static ImportCountsShape Of(ImportCounts counts) => new(counts.New, counts.Changed, counts.Same, counts.Wrong);
}

public sealed record ImportProblemShape(string Reason, int? Row = null, string? Column = null);

/// <summary>One table on its way in.</summary>
public sealed record ImportShape(Guid Id, string FileName, string Sha256, ImportStage Stage, int Rows, int Done, DateTimeOffset CreatedAt,
    [property: Description("What would become of the rows; all zero before the check has ended.")] ImportCountsShape Expected,
    [property: Description("What became of them so far.")] ImportCountsShape Became,
    [property: Description("With one wrong row nothing is let in.")] IReadOnlyList<ImportProblemShape> Problems, string? Failure = null)
{
    public static ImportShape Of(Guid id, ImportJob job, ImportPreview preview) => new(id, job.Source.Name, job.Source.Sha, job.Stage, job.Total, job.Done, job.Created, ImportCountsShape.Of(job.Checked), ImportCountsShape.Of(job.Counts),
        [.. preview.Errors.Select(e => new ImportProblemShape(e.Reason, e.Row, e.Column))], job.Problem.Length > 0 ? job.Problem : null);
}
