using System.Text;
using TrustCenter.Import;

namespace TrustCenter.Tests.Import;

/// <summary>A browser of a rep who brings tables, as a person does it.</summary>
internal static class ImportDesk
{
    public static async Task<Answer> Upload(this Browser rep, byte[] table, string name = "deals.csv", Guid? command = null)
    {
        var stamp = (await rep.Get("/console/imports")).Dom.QuerySelector("form[action$='/imports'] input[name=stamp]")!.GetAttribute("value")!;
        var body = new MultipartFormDataContent { { new StringContent(stamp), "stamp" }, { new StringContent((command ?? Guid.CreateVersion7()).ToString()), "command" }, { new ByteArrayContent(table), "file", name } };
        return await rep.Send(HttpMethod.Post, "/console/imports", body);
    }

    public static async Task<Guid> Bring(this Browser rep, string table, string name = "deals.csv")
    {
        var answer = await rep.Upload(Encoding.UTF8.GetBytes(table), name);
        answer.Status.ShouldBe(303, answer.Text);
        return Guid.Parse(answer.Location!.Split('/')[^1]);
    }

    /// <summary>Sends the mapping as it is filled in, with these fields over it, and waits for the check.</summary>
    public static async Task<ImportJob> Check(this Browser rep, TestHouse house, Guid import, params (string, string)[] fields)
    {
        var answer = await rep.Submit(await rep.Get($"/console/imports/{import}"), "/mappings", fields);
        answer.Status.ShouldBe(303, answer.Text);
        return await house.Reaches(import, ImportStage.Checked);
    }

    public static async Task<ImportJob> Run(this Browser rep, TestHouse house, Guid import)
    {
        var answer = await rep.Submit(await rep.Get($"/console/imports/{import}"), "/runs");
        answer.Status.ShouldBe(303, answer.Text);
        return await house.Reaches(import, ImportStage.Done);
    }

    /// <summary>Brings, checks and lets in.</summary>
    public static async Task<ImportJob> Import(this Browser rep, TestHouse house, string table)
    {
        var import = await rep.Bring(table);
        await rep.Check(house, import);
        return await rep.Run(house, import);
    }

    public static async Task<ImportJob> Reaches(this TestHouse house, Guid import, ImportStage stage, int seconds = 120)
    {
        for (var until = DateTime.UtcNow.AddSeconds(seconds); DateTime.UtcNow < until; await Task.Delay(50))
        {
            var job = (await house.App.Engine.Read<ImportJob>(house.Scope.Id<ImportJob>(import)))!;
            if (job.Stage == stage) return job;
            if (job.Stage == ImportStage.Failed) throw new InvalidOperationException("The import failed: " + job.Problem);
        }
        throw new TimeoutException($"The import did not reach {stage}.");
    }

    /// <summary>Deals of a customer system: rows of about 200 bytes.</summary>
    public static string Table(int rows, string reason = "The buyer asked for keys of his own and for a report that is not older than a year")
    {
        var table = new StringBuilder("Opportunity ID,Account Name,Amount,Currency,Stage,Created Date,Close Date,Opportunity Owner,Loss Reason\n");
        for (var n = 0; n < rows; n++) table.Append($"006A{n:D8},Customer {n % 5_000} Ltd,{n % 90_000}.50,EUR,{(n % 3 == 0 ? "Closed Won" : n % 3 == 1 ? "Closed Lost" : "Negotiation")},2026-01-{n % 28 + 1:D2},2026-06-{n % 28 + 1:D2},Owner {n % 40},{reason}\n");
        return table.ToString();
    }
}
