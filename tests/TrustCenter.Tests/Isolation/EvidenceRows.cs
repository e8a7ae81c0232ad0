using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Tests.Documents;

namespace TrustCenter.Tests.Isolation;

/// <summary>The evidence of the console. Each call that changes a document brings one of its own.</summary>
internal static class EvidenceRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        Rows.Staff("ConsoleEvidence", Role.Editor), Rows.Staff("NewEvidence", Role.Editor),
        new("CreateEvidence", async stage => await Upload(stage, [])),
        new("AddEvidenceVersion", async stage => await Upload(stage, Values(await Waiting(stage)))),
        Rows.Staff("ConsoleEvidenceDocument", Role.Editor, stage => Task.FromResult(Values(stage.A.Report))),
        Rows.Staff("ConsoleEvidenceFile", Role.Editor, async stage => new(Values(stage.A.Report)) { ["sha"] = (await Read(stage, stage.A.Report)).Current!.File.Sha }),
        OfPage("PublishEvidence", "/publications"),
        new("CleanEvidence", async stage =>
        {
            var evidence = await Told(stage);
            var browser = await stage.Staff(Role.Editor);
            return new Call(browser, Values(evidence)) { Form = Browser.FormOf(await browser.Get($"/console/evidence/{evidence}"), $"/console/evidence/{evidence}/metadata-removals").Fields };
        }),
        OfPage("AskEvidenceWithdrawal", "/withdrawal-requests", Role.Editor, stage => Published(stage), ("reason", "The figures are wrong.")),
        OfPage("WithdrawEvidence", "/withdrawals", Role.Approver, stage => Leaving(stage)),
        OfPage("DeclineEvidenceWithdrawal", "/withdrawal-returns", Role.Approver, stage => Leaving(stage), ("declined", "They are right.")),
        OfPage("ReturnEvidence", "/returns", ("comment", "Say for which year.")),
    ];

    private static Dictionary<string, string> Values(Guid evidence) => new() { ["evidence"] = evidence.ToString() };

    private static async Task<EvidenceDocument> Read(Stage stage, Guid evidence) => (await stage.App.Engine.Read<EvidenceDocument>(stage.A.Scope.Id<EvidenceDocument>(evidence)))!;

    private static async Task<Call> Upload(Stage stage, Dictionary<string, string> values)
    {
        var browser = await stage.Staff(Role.Editor);
        return new Call(browser, values)
        {
            Form = [("stamp", await Stage.StampOf(browser)), ("command", Guid.CreateVersion7().ToString()), ("title", "Notes"), ("kind", "Other"), ("class", "Public")],
            File = ("file", Guid.NewGuid().ToByteArray(), "notes.bin"),
        };
    }

    private static Row OfPage(string route, string action, params (string, string)[] typed) => OfPage(route, action, Role.Approver, Waiting, typed);

    private static Row OfPage(string route, string action, Role role, Func<Stage, Task<Guid>> document, params (string, string)[] typed) => new(route, async stage =>
    {
        var evidence = await document(stage);
        var browser = await stage.Staff(role);
        return new Call(browser, Values(evidence)) { Form = Browser.FormOf(await browser.Get($"/console/evidence/{evidence}"), $"/console/evidence/{evidence}{action}", typed).Fields };
    });

    internal static Task<Guid> Waiting(Stage stage) => Waiting(stage, Guid.NewGuid().ToByteArray(), "notes.bin");

    internal static async Task<Guid> Published(Stage stage)
    {
        var evidence = await Waiting(stage);
        await stage.A.Decide(evidence, new ApproveEvidence { Id = Guid.NewGuid(), Sha = (await Read(stage, evidence)).Waiting!.File.Sha }, stage.A.StaffId(Role.Approver));
        return evidence;
    }

    /// <summary>A published document of which the editor asked the withdrawal.</summary>
    internal static async Task<Guid> Leaving(Stage stage)
    {
        var evidence = await Published(stage);
        await stage.A.Decide(evidence, new AskEvidenceWithdrawal { Id = Guid.NewGuid(), Reason = "The figures are wrong." }, stage.A.StaffId(Role.Editor));
        return evidence;
    }

    internal static Task<Guid> Told(Stage stage) => Waiting(stage, Samples.WithMetadata(), "policy.pdf");

    private static async Task<Guid> Waiting(Stage stage, byte[] bytes, string name)
    {
        var evidence = Guid.CreateVersion7();
        using var file = new MemoryStream(bytes);
        var described = new EvidenceDescription { Title = "Notes", Kind = EvidenceKind.Other, Class = EvidenceClass.Public };
        var taken = (await stage.App.Services.GetRequiredService<EvidenceIntake>().Take(stage.A.Scope, described, file, name, false, default)).ShouldBeOfType<IntakeResult.Taken>();
        await stage.A.Decide(evidence, new UploadEvidence { Id = Guid.NewGuid(), Version = taken.Version, Files = taken.Files }, stage.A.StaffId(Role.Editor));
        return evidence;
    }
}
