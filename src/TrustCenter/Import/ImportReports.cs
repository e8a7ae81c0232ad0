using System.Text;
using Microsoft.Net.Http.Headers;
using TrustCenter.Pages;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Import;

/// <summary>What became of each row, as a file; or, where nothing was imported, what is wrong with the table.</summary>
internal static class ImportReports
{
    public static async Task<IResult> Download([AsParameters] Desk desk, Guid import) => await Write(desk, import) ?? Answers.Nothing();

    /// <summary>Null when there is no such import.</summary>
    public static async Task<IResult?> Write(Desk desk, Guid import)
    {
        if (await desk.Read<ImportJob>(import) is not { } job) return null;
        var response = desk.Context.Response;
        Answers.Private(response, Answers.Policy(Style.Page));
        response.ContentType = "text/csv; charset=utf-8";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName("report-" + Path.ChangeExtension(job.Source.Name, ".csv"));
        response.Headers.ContentDisposition = disposition.ToString();
        if (HttpMethods.IsHead(desk.Context.Request.Method)) return Results.Empty;
        await response.Body.WriteAsync(Encoding.UTF8.Preamble.ToArray(), desk.Stop);
        await response.WriteAsync(DealRun.ReportHead, desk.Stop);
        if (job.Begun is null) await response.WriteAsync(await Problems(desk, import), desk.Stop);
        for (var from = 0; from < job.Done && job.Begun is not null; from += ImportLimits.Batch)
            if (await desk.Store.Query(sql => ImportParts.ReadReport(sql, desk.User.Scope, import, from), desk.Stop) is { } lines) await response.WriteAsync(lines, desk.Stop);
        return Results.Empty;
    }

    private static async Task<string> Problems(Desk desk, Guid import)
    {
        var found = await desk.Store.Query(sql => ImportParts.ReadPreview(sql, desk.User.Scope, import), desk.Stop);
        return string.Concat(found.Errors.Select(e => $"{e.Row},,wrong,{CsvCell.Write(Said(e))}\r\n").Concat(found.Warnings.Select(w => $"{w.Row},,warning,{CsvCell.Write(Said(w))}\r\n")));
    }

    private static string Said(ImportProblem problem) => problem.Column is { } column ? $"{column}: {problem.Reason}" : problem.Reason;
}
