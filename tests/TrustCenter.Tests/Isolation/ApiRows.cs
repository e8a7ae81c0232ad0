using System.Text.Json.Nodes;
using TrustCenter.Agreements;
using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Subprocessors;

namespace TrustCenter.Tests.Isolation;

/// <summary>What programs call.</summary>
internal static class ApiRows
{
    private const string Wording = """{"statement":"We answer in a day.","topic":"data","status":"inPlace","visibility":"public","owner":"Head of Platform"}""";

    public static readonly IReadOnlyList<Row> All =
    [
        Of("listClaims"), Of("listEvidence"), Of("listPages"), Of("listLinks"), Of("listDeals"), Of("readDealFigures"),
        Of("listJournal"), Of("listJournalCheckpoints"), Of("listPublications"), Of("listPublicationCheckpoints"),
        Of("nothing", _ => Value("path", "no/such/thing")),
        Of("readClaim", stage => Value("claim", stage.A.PublicClaim)),
        Of("createClaim", json: _ => $$"""{"wording":{{Wording}}}"""),
        Of("saveClaimDraft", Draft, _ => $$"""{"edit":1,"wording":{{Wording}}}"""),
        Of("askClaimApproval", Draft, _ => "{}"),
        Of("askClaimWithdrawal", stage => Claim(stage, ProposalStage.Draft, published: true), _ => """{"reason":"It was switched off."}"""),
        Of("publishClaim", WaitingClaim, _ => """{"edit":1}"""),
        Of("returnClaim", WaitingClaim, _ => """{"edit":1,"comment":"Say how."}"""),
        Of("scheduleClaim", WaitingClaim, stage => $$"""{"edit":1,"publishAt":"{{stage.App.Clock.GetUtcNow().AddDays(30):O}}"}"""),
        Of("endClaimSchedule", async stage => await Value("claim", await ClaimActRows.Scheduled(stage)), _ => """{"edit":1}"""),
        Of("listClaimComments", Draft), Of("commentClaim", Draft, _ => """{"text":"Say which records."}"""),
        new("api listClaimsAsOf", async stage => new Call((await stage.Program()).Http, []) { Query = "?date=2026-11-21" }),
        Of("listClaimTranslations", stage => Value("claim", stage.A.PublicClaim)),
        Of("saveClaimTranslation", async stage => ClaimActRows.German(await ClaimRows.Published(stage)), _ => """{"of":1,"edit":0,"ask":true,"words":{"statement":"Alpha Records verschlüsselt."} }"""),
        Of("publishClaimTranslation", async stage => ClaimActRows.German(await ClaimActRows.Translated(stage)), _ => """{"edit":1}"""),
        Of("returnClaimTranslation", async stage => ClaimActRows.German(await ClaimActRows.Translated(stage)), _ => """{"edit":1,"comment":"Say it shorter."}"""),
        Batch("publishClaims", WaitingClaim, claim => $$"""{"claims":[{"claim":"{{claim}}","edit":1}]}"""),
        Batch("checkClaims", stage => Claim(stage, ProposalStage.Draft, published: true), claim => $$"""{"claims":[{"claim":"{{claim}}","version":1}],"checked":"2026-11-21","reviewBy":"2027-11-21"}"""),
        Of("readClaimBatch", async stage => await Value("batch", await ClaimActRows.Begun(stage))),
        Of("readEvidence", stage => Value("evidence", stage.A.Report)),
        Upload("createEvidence", _ => [], "?title=Notes&kind=other&class=public"),
        Upload("addEvidenceVersion", stage => Value("evidence", stage.A.Policy).Result, "?kind=other"),
        Approval("publishEvidence", waiting => $$"""{"sha256":"{{waiting.File.Sha}}","at":"{{waiting.At:O}}"}"""),
        Approval("returnEvidence", waiting => $$"""{"sha256":"{{waiting.File.Sha}}","comment":"Say for which year."}"""),
        Of("askEvidenceWithdrawal", async stage => await Value("evidence", await EvidenceRows.Published(stage)), _ => """{"reason":"The figures are wrong."}"""),
        Leaving("withdrawEvidence", asked => $$"""{"version":1,"at":"{{asked.At:O}}"}"""),
        Leaving("declineEvidenceWithdrawal", asked => $$"""{"at":"{{asked.At:O}}","comment":"They are right."}"""),
        Of("readEvidenceFile", async stage => new(await Value("evidence", stage.A.Report)) { ["sha"] = (await stage.App.Engine.Read<EvidenceDocument>(stage.A.Scope.Id<EvidenceDocument>(stage.A.Report)))!.Current!.File.Sha }),
        new("api removeEvidenceMetadata", async stage =>
        {
            var id = await EvidenceRows.Told(stage);
            var waiting = (await stage.App.Engine.Read<EvidenceDocument>(stage.A.Scope.Id<EvidenceDocument>(id)))!.Waiting!;
            return new Call((await stage.Program()).Http, await Value("evidence", id)) { Json = $$"""{"sha256":"{{waiting.File.Sha}}"}""", Headers = Key() };
        }),
        Of("readLink", Link), Of("readLinkSummary", Link), Of("listGrants", Link), Of("listVisits", Link), Of("listLinkTouches", Link),
        Of("createLink", json: stage => $$"""{"account":"Acme","people":["ana@acme.com"],"documents":["{{stage.A.Report}}"],"deal":"{{stage.OwnDeal}}"}"""),
        Of("revokeLink", NewLink, _ => "{}"), Of("prolongLink", NewLink, stage => $$"""{"until":"{{SharingRows.Later(stage)}}"}"""),
        Of("addGrants", NewLink, _ => """{"people":["cy@acme.com"]}"""), Of("removeGrants", NewLink, _ => """{"people":["ana@acme.com"]}"""),
        Of("listLinkApprovals"), Of("approveAllLinks", json: _ => "{}"), Of("approveLink", Link, _ => "{}"),
        Of("readDeal", Deal), Of("listDealTouches", Deal),
        Of("createDeal", json: stage => $$"""{"words":{"account":"Acme","currency":"EUR","security":{"kind":"blocked","reason":"data location","saidBy":"buyersWords","claim":"{{stage.A.PublicClaim}}"} } }"""),
        Of("changeDeal", NewDeal, _ => """{"version":1,"words":{"account":"Acme again","currency":"EUR"}}"""),
        Of("readSubprocessors"),
        new("api addSubprocessor", async stage => new Call((await stage.Program()).Http, []) { Json = Entry(await SubprocessorRows.Edit(stage)), Headers = Key() }),
        new("api changeSubprocessor", async stage => new Call((await stage.Program()).Http, await SubprocessorRows.Entry(stage)) { Json = Entry(await SubprocessorRows.Edit(stage)), Headers = Key() }),
        Of("dropSubprocessorProposal", json: _ => "{}"),
        new("api publishSubprocessors", async stage => new Call((await stage.Program()).Http, []) { Json = $$"""{"edit":{{await Proposed(stage)}}}""", Headers = Key() }),
        new("api returnSubprocessors", async stage => new Call((await stage.Program()).Http, []) { Json = $$"""{"edit":{{await Proposed(stage)}},"comment":"Say where."}""", Headers = Key() }),
        Of("readAgreement"), Of("readAgreementVersion", _ => Value("version", 1)),
        new("api publishAgreement", async stage =>
        {
            // In the other vendor's house: a new version would close the room in which other rows have their download.
            var program = await Api.Program.Of(stage.App, stage.B.Scope, await Api.Program.Hire(stage.App, stage.B.Scope, Enum.GetValues<Role>()));
            var agreement = (await stage.App.Engine.Read<Agreement>(stage.B.Scope.Id<Agreement>(Agreement.Only)))!;
            return new Call(program.Http, []) { Json = $$"""{"version":{{agreement.Versions.Count}},"title":"Reading agreement","body":"Text {{Guid.NewGuid():N}}."}""", Headers = Key() };
        }),
        Of("readSettings"), Setting("setHours", "hours"), Setting("setDefaults", "defaults"), Setting("setRetention", "retention"), Setting("publishNotice", "body", s => s["notice"]!),
        .. new[] { "brand", "scope", "topics", "audiences" }.Select(part => Setting("set" + char.ToUpperInvariant(part[0]) + part[1..], part, s => s["vendor"]!)),
        Of("exportJournal", json: _ => "{}"),
        Of("listImports"), Of("readImport", async stage => await Value("import", await ImportRows.Own(stage))),
        Of("readImportReport", async stage => await Value("import", await ImportRows.Own(stage))),
        Of("mapImport", async stage => await Value("import", await ImportRows.Own(stage)), _ => """{"columns":{"key":"key","outcome":"outcome"} }"""),
        Of("beginImport", async stage => await Value("import", await ImportRows.Checked(stage)), _ => "{}"),
        Of("withdrawImport", async stage => await Value("import", await ImportRows.Own(stage)), _ => "{}"),
        new("api createImport", async stage =>
        {
            await ImportRows.MakeRoom(stage);
            return new Call((await stage.Program()).Http, []) { Raw = System.Text.Encoding.UTF8.GetBytes("key,account,currency,outcome\nCRM-8,Acme,EUR,open\n"), Headers = Key() };
        }),
    ];

    private static Row Of(string operation, Func<Stage, Task<Dictionary<string, string>>>? values = null, Func<Stage, string>? json = null) => new("api " + operation, async stage =>
        new Call((await stage.Program()).Http, values is null ? [] : await values(stage)) { Json = json?.Invoke(stage), Headers = Key() });

    private static Row Upload(string operation, Func<Stage, Dictionary<string, string>> values, string query) => new("api " + operation, async stage =>
        new Call((await stage.Program()).Http, values(stage)) { Raw = Guid.NewGuid().ToByteArray(), Query = query, Headers = Key() });

    private static Row Approval(string operation, Func<EvidenceVersion, string> json) => new("api " + operation, async stage =>
    {
        var id = await EvidenceRows.Waiting(stage);
        var waiting = (await stage.App.Engine.Read<EvidenceDocument>(stage.A.Scope.Id<EvidenceDocument>(id)))!.Waiting!;
        return new Call((await stage.Program()).Http, await Value("evidence", id)) { Json = json(waiting), Headers = Key() };
    });

    private static Row Leaving(string operation, Func<EvidenceWithdrawal, string> json) => new("api " + operation, async stage =>
    {
        var id = await EvidenceRows.Leaving(stage);
        var asked = (await stage.App.Engine.Read<EvidenceDocument>(stage.A.Scope.Id<EvidenceDocument>(id)))!.Asked!;
        return new Call((await stage.Program()).Http, await Value("evidence", id)) { Json = json(asked), Headers = Key() };
    });

    private static Row Batch(string operation, Func<Stage, Task<Dictionary<string, string>>> claim, Func<string, string> json) => new("api " + operation, async stage =>
        new Call((await stage.Program()).Http, []) { Json = json((await claim(stage))["claim"]), Headers = Key() });

    // With what stands.
    private static Row Setting(string operation, string part, Func<JsonNode, JsonNode>? within = null) => new("api " + operation, async stage =>
    {
        var program = await stage.Program();
        var settings = JsonNode.Parse((await program.Get("/settings")).Bytes)!;
        var place = within is null ? settings : within(settings);
        return new Call(program.Http, []) { Json = $$"""{"version":{{place["version"] ?? settings["version"]}},"{{part}}":{{place[part]!.ToJsonString()}}}""", Headers = Key() };
    });

    private static string Entry(int edit) => $$"""{"edit":{{edit}},"entry":{"name":"Birch Mail","purpose":"Sends mail","location":"France","since":"2027-04-01"} }""";

    // A fresh proposal of the editor's alone: a proposal that a program worked on, its maker does not approve.
    private static async Task<int> Proposed(Stage stage)
    {
        await stage.App.Engine.Decide(stage.A.Scope.Id<SubprocessorList>(SubprocessorList.Only), new DropSubprocessorProposal { Id = Guid.NewGuid() }, Actor.System);
        await SubprocessorRows.Waiting(stage);
        return await SubprocessorRows.Edit(stage);
    }

    private static (string, string)[] Key() => [(Api.Program.KeyHeader, Guid.CreateVersion7().ToString())];

    private static Task<Dictionary<string, string>> Value(string name, object value) => Task.FromResult(new Dictionary<string, string> { [name] = value.ToString()! });

    private static Task<Dictionary<string, string>> Link(Stage stage) => Value("link", stage.LinkId);

    private static async Task<Dictionary<string, string>> NewLink(Stage stage) => await Value("link", (await stage.A.Share(await stage.Staff(Role.Rep))).Id);

    private static Task<Dictionary<string, string>> Deal(Stage stage) => Value("deal", stage.OwnDeal);

    private static Task<Dictionary<string, string>> Draft(Stage stage) => Claim(stage, ProposalStage.Draft, published: false);

    private static Task<Dictionary<string, string>> WaitingClaim(Stage stage) => Claim(stage, ProposalStage.Waiting, published: false);

    // Written by a colleague of the key's maker, so that the key may approve it.
    private static async Task<Dictionary<string, string>> Claim(Stage stage, ProposalStage until, bool published)
    {
        var (id, editor) = (Guid.CreateVersion7(), stage.A.StaffId(Role.Editor));
        if (published) await stage.A.Claim(id, "We answer in two days.", Visibility.Public);
        else await stage.A.Decide(id, new SaveClaim { Id = Guid.NewGuid(), Wording = TestVendor.Wording("We answer in two days."), BasedOnEdit = 0 }, editor);
        if (until == ProposalStage.Waiting) await stage.A.Decide(id, new AskClaimApproval { Id = Guid.NewGuid() }, editor);
        return await Value("claim", id);
    }

    private static async Task<Dictionary<string, string>> NewDeal(Stage stage)
    {
        var id = Guid.CreateVersion7();
        await stage.A.Decide(id, new SetDeal { Id = Guid.NewGuid(), Words = new DealWords { Account = "Acme" }, BasedOn = 0 }, stage.A.StaffId(Role.Rep));
        return await Value("deal", id);
    }
}
