using System.Net;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Claims;

/// <summary>The steps of a claim's way, as people in their roles take them.</summary>
internal static class ClaimDesk
{
    public static (string, string)[] Fields(string statement, params (string Name, string Value)[] others)
    {
        var fields = new Dictionary<string, string>
        {
            ["statement"] = statement, ["topic"] = "data", ["status"] = "InPlace", ["owner"] = "Head of Platform", ["visibility"] = "Public",
            ["edit"] = "0", ["command"] = Guid.CreateVersion7().ToString(),
        };
        foreach (var (name, value) in others) fields[name] = value;
        return [.. fields.Select(f => (f.Key, f.Value))];
    }

    public static async Task<Guid> Write(this ConsoleVisitor editor, string statement, params (string, string)[] others)
    {
        var answer = await editor.Post("/console/claims", Fields(statement, others));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await ConsoleVisitor.Text(answer));
        return Page.Id(answer);
    }

    public static async Task AskApproval(this ConsoleVisitor editor, Guid claim)
        => (await editor.Post($"/console/claims/{claim}/approval-requests")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);

    public static async Task<HttpResponseMessage> Approve(this ConsoleVisitor approver, Guid claim)
        => await approver.Post($"/console/claims/{claim}/publications", ("edit", Page.Value(await approver.Read($"/console/claims/{claim}/review"), "edit")));

    public static async Task<Guid> Publish(this ConsoleApp app, string statement, params (string, string)[] others)
    {
        var editor = await app.As(Role.Editor);
        var claim = await editor.Write(statement, others);
        await editor.AskApproval(claim);
        (await (await app.As(Role.Approver)).Approve(claim)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return claim;
    }

    public static async Task<Claim> Claim(this ConsoleApp app, Guid claim) => (await app.Engine.Read<Claim>(app.Vendor.Id<Claim>(claim)))!;
}
