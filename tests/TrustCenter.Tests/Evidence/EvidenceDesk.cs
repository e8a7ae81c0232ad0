using System.Net;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Tests.Documents;

namespace TrustCenter.Tests.Evidence;

/// <summary>The steps of a document's way, as people in their roles take them.</summary>
internal static class EvidenceDesk
{
    public static (string, string)[] Fields(params (string Name, string Value)[] others)
    {
        var fields = new Dictionary<string, string> { ["command"] = Guid.CreateVersion7().ToString(), ["title"] = "SOC 2 Type II", ["kind"] = "Soc2Report", ["class"] = "UnderAgreement", ["validUntil"] = "2027-04-30" };
        foreach (var (name, value) in others) fields[name] = value;
        return [.. fields.Select(f => (f.Key, f.Value))];
    }

    public static Task<HttpResponseMessage> Bring(this ConsoleVisitor editor, byte[] file, string name, params (string, string)[] others)
        => editor.Upload("/console/evidence", new ByteArrayContent(file), name, Fields(others));

    public static async Task<Guid> BringWell(this ConsoleVisitor editor, byte[] file, string name, params (string, string)[] others)
    {
        var answer = await editor.Bring(file, name, others);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther, Page.Words(await Whole(answer)));
        return Page.Id(answer);
    }

    public static async Task<HttpResponseMessage> ApproveFile(this ConsoleVisitor approver, Guid id, params (string, string)[] others)
    {
        var page = await approver.Read($"/console/evidence/{id}");
        return await approver.Post($"/console/evidence/{id}/publications", [("sha", Page.Value(page, "sha")), ("uploaded", Page.Value(page, "uploaded")), .. others]);
    }

    public static async Task<EvidenceDocument> Document(this ConsoleApp app, Guid id) => (await app.Engine.Read<EvidenceDocument>(app.Vendor.Id<EvidenceDocument>(id)))!;

    /// <summary>What stands against the upload, and that what was typed is still there.</summary>
    public static async Task<string> ShouldBeRefused(this HttpResponseMessage answer, string field = "file")
    {
        var html = await ConsoleVisitor.Text(answer);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = Page.Dom(html);
        page.QuerySelector("input[name=title]")!.GetAttribute("value").ShouldBe("SOC 2 Type II");
        page.QuerySelector($"#f-{field}").ShouldNotBeNull();
        page.QuerySelector("main")!.TextContent.ShouldContain("Choose the file again");
        return page.QuerySelector($".errors a[href='#f-{field}']")!.TextContent;
    }

    public static byte[] Encrypted(string user, string owner)
    {
        using var folder = new Folder();
        Samples.Run("qpdf", folder.Write("plain.pdf", Samples.OnePage()), "--encrypt", user, owner, "256", "--print=none", "--", folder["locked.pdf"]).ExitCode.ShouldBe(0);
        return File.ReadAllBytes(folder["locked.pdf"]);
    }

    private static async Task<string> Whole(HttpResponseMessage answer) => answer.StatusCode == HttpStatusCode.SeeOther ? "<main></main>" : await ConsoleVisitor.Text(answer);
}
