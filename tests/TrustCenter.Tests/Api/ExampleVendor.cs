using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Agreements;
using TrustCenter.Api;
using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Import;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Prospects;
using TrustCenter.Staff;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Api;

/// <summary>A vendor that has exactly what the examples of the OpenAPI document name, and nothing of any other.</summary>
internal sealed class ExampleVendor(RealApp app, Scope scope)
{
    private static readonly Guid Maker = new("0198a1b2-0000-7000-8000-000000000099");

    public static async Task<Program> Build(RealApp app, string host)
    {
        var vendor = new ExampleVendor(app, new Scope(Guid.CreateVersion7()));
        await vendor.People(host);
        await vendor.Evidence(Example.Document, Example.File, approved: true);
        await vendor.Evidence(Example.WaitingDocument, Example.WaitingFile, approved: false);
        await vendor.Evidence(Example.LeavingDocument, Example.LeavingFile, approved: true);
        await vendor.Decide(Example.LeavingDocument, new LeaveAtNoon { Id = Guid.NewGuid() }, Example.Editor);
        await vendor.Evidence(Example.ToldDocument, Example.ToldFile, approved: false);
        await vendor.Claim(Example.Claim, asks: false);
        await vendor.Claim(Example.WaitingClaim, asks: true);
        await vendor.Claim(Example.ScheduledClaim, asks: true);
        await vendor.Acts();
        await vendor.Lists();
        await vendor.Selling();
        await vendor.Import();
        await app.Services.GetRequiredService<JournalLog>().SignGrown(app.Clock.GetUtcNow(), CancellationToken.None);
        await app.Compiled(vendor.Scope);
        return await Program.Of(app, vendor.Scope, Maker);
    }

    private Scope Scope => scope;

    private async Task People(string host)
    {
        await Decide(Vendor.Only, new DefineVendor
        {
            Id = Guid.NewGuid(),
            Words = new Vendor { Name = "Northwind", Host = host, Languages = ["en", "de"], Products = ["Ledger"], Topics = [new Topic("data", "Data", "")], Audiences = [new Audiences.Audience("reviewer", "Reviewer", "", ["data"], "", "")] },
        }, Guid.Empty);
        foreach (var (id, roles) in new[] { (Example.Editor, new[] { Role.Editor }), (Example.Approver, [Role.Approver]), (Example.Rep, [Role.Rep]), (Maker, Enum.GetValues<Role>()) }) await Program.Set(app, scope, id, active: true, roles);
    }

    private async Task Evidence(Guid id, string content, bool approved)
    {
        var described = new EvidenceDescription { Title = "Availability figures", Kind = EvidenceKind.Other, Class = EvidenceClass.Public, ValidUntil = Example.NextYear };
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(content));
        var taken = (await app.Services.GetRequiredService<EvidenceIntake>().Take(scope, described, file, "availability.txt", false, default)).ShouldBeOfType<IntakeResult.Taken>();
        await Decide(id, new UploadAtNoon { Id = Guid.NewGuid(), Upload = new UploadEvidence { Id = Guid.NewGuid(), Version = taken.Version, Files = taken.Files } }, Example.Editor);
        if (approved) await Decide(id, new ApproveEvidence { Id = Guid.NewGuid(), Sha = taken.Version.File.Sha }, Example.Approver);
    }

    // An approval names the time of the upload.
    private sealed record UploadAtNoon : Command<EvidenceDocument>
    {
        public required UploadEvidence Upload { get; init; }

        public override Decision<EvidenceDocument> Decide(EvidenceDocument? document, Actor by, DateTimeOffset now) => Upload.Decide(document, by, Example.Noon);
    }

    private sealed record LeaveAtNoon : Command<EvidenceDocument>
    {
        public override Decision<EvidenceDocument> Decide(EvidenceDocument? document, Actor by, DateTimeOffset now) => new AskEvidenceWithdrawal { Id = Id, Reason = "The figures are wrong." }.Decide(document, by, Example.Noon);
    }

    private async Task Claim(Guid id, bool asks)
    {
        await Decide(id, new SaveClaim { Id = Guid.NewGuid(), Wording = TestVendor.Wording("We answer in two days.") with { Evidence = [Example.Document], ReviewBy = Example.NextYear, Why = new Dictionary<string, string> { ["reviewer"] = "You wait no week." } }, BasedOnEdit = 0 }, Example.Editor);
        await Decide(id, new AskClaimApproval { Id = Guid.NewGuid() }, Example.Editor);
        await Decide(id, new ApproveClaim { Id = Guid.NewGuid(), Edit = 1 }, Example.Approver);
        await Decide(id, new SaveClaim { Id = Guid.NewGuid(), Wording = TestVendor.Wording("We answer in a day."), BasedOnEdit = 1 }, Example.Editor);
        if (asks) await Decide(id, new AskClaimApproval { Id = Guid.NewGuid() }, Example.Editor);
    }

    private async Task Acts()
    {
        await Decide(Example.ScheduledClaim, new ApproveClaim { Id = Guid.NewGuid(), Edit = Example.Edit, PublishAt = app.Clock.GetUtcNow().AddDays(30) }, Example.Approver);
        await Decide(Example.WaitingClaim, new SaveClaimTranslation { Id = Guid.NewGuid(), Language = "de", Of = 1, BasedOnEdit = 0, Ask = true, Words = new TranslatedWords { Statement = "Wir antworten in zwei Tagen." } }, Example.Editor);
        await Decide(Example.Claim, new AddClaimComment { Id = Guid.NewGuid(), Text = "Who counts the days?" }, Example.Approver);
        await Decide(Example.Batch, new StartClaimBatch { Id = Guid.NewGuid(), Act = BatchAct.Publish, Items = [new BatchItem(Example.Claim, Example.Edit)] }, Example.Approver);
        await Decide(Example.Batch, new FinishClaimBatch { Id = Guid.NewGuid(), Results = [new BatchResult(Example.Claim, 0, "Nothing waits for approval here.")] }, Example.Approver);
    }

    private async Task Lists()
    {
        var entry = new Subprocessor(Example.Subprocessor, "Birch Mail", "Sends mail.", "France", "", [], Example.Day);
        await Decide(SubprocessorList.Only, new PublishSubprocessors { Id = Guid.NewGuid(), Entries = [entry] }, Example.Approver);
        await Decide(SubprocessorList.Only, new ProposeSubprocessor { Id = Guid.NewGuid(), Entry = entry with { Location = "Spain" }, BasedOn = 0 }, Example.Editor);
        await Decide(Agreement.Only, new PublishAgreement { Id = Guid.NewGuid(), Title = "Reading agreement", Body = "You tell nobody." }, Example.Approver);
    }

    private async Task Selling()
    {
        var today = app.Clock.Today;
        await Decide(Example.Deal, new SetDeal { Id = Guid.NewGuid(), Words = new DealWords { Account = "Acme", Amount = 1_200.50m, Opened = today }, BasedOn = 0 }, Example.Rep);
        await Decide(Guid.NewGuid(), new SetDeal { Id = Guid.NewGuid(), Words = new DealWords { Account = "Gone", Amount = 900, Closed = today, Outcome = DealOutcome.Lost, Factor = new SecurityFactor { Kind = FactorKind.Blocked, Reason = "No EU storage.", SaidBy = SaidBy.BuyersWords } }, BasedOn = 0 }, Example.Rep);
        var keys = app.Services.GetRequiredService<HostKeys>();
        var person = PersonalRecord.Of(keys, scope.Tenant, PersonalRecord.Email, "ana@acme.com");
        var link = new ShareLink
        {
            Account = "Acme", People = [new Person(person.Id, Convert.ToHexStringLower(person.Lookup))], Domains = ["acme.com"], Documents = [Example.Document], Deal = Example.Deal, NextStep = new NextStep("Book a call", "https://calendar.example/rosa"),
            Expires = app.Clock.GetUtcNow().AddDays(30), Owner = Example.Rep, Created = app.Clock.GetUtcNow(), TokenHash = ShareLink.HashOf(keys.LinkToken(scope.Tenant, Example.Link, 1)),
        };
        using var paper = new MemoryStream(Encoding.UTF8.GetBytes(Example.ToldFile));
        var summary = (await app.Services.GetRequiredService<FileStore>().Stage(scope, paper, paper.Length, default))!;
        link = link with { Summary = new StoredFile(summary.Sha, summary.Length, "summary.pdf", "application/pdf") };
        await Decide(Example.Link, new CreateLink { Id = Guid.NewGuid(), Link = link, People = [person], Files = [summary], Rules = new() }, Example.Rep);
        var visitor = PersonalRecord.Of(keys, scope.Tenant, PersonalRecord.Email, "ana@acme.com");
        var visit = new Visit { Link = Example.Link, Deal = Example.Deal, Person = visitor.Id, Lookup = "", Host = "acme.com", Asked = default, Secret = new string('0', 64) };
        await Decide(Example.Visit, new AskCode { Id = Guid.NewGuid(), Visit = visit, Person = visitor, Target = scope.Id<Visit>(Example.Visit) }, Guid.Empty);
    }

    private async Task Import()
    {
        using var table = new MemoryStream(Encoding.UTF8.GetBytes(Example.Table));
        var source = (await app.Services.GetRequiredService<ImportFiles>().Keep(scope, table, "deals.csv", default))!;
        string[] columns = ["key", "account", "currency", "outcome"];
        await Decide(Example.Import, new BringTable { Id = Guid.NewGuid(), Source = source, Header = columns, Mapping = ImportMapping.Own(columns), Total = 1 }, Example.Rep);
        await Decide(Example.Import, new ChooseMapping { Id = Guid.NewGuid(), Mapping = ImportMapping.Own(columns) }, Example.Rep);
        for (var wait = 0; (await app.Engine.Read<ImportJob>(scope.Id<ImportJob>(Example.Import)))!.Stage != ImportStage.Checked; wait++)
            if (wait < 600) await Task.Delay(50);
            else throw new TimeoutException("The import was not checked.");
    }

    private async Task Decide<TState>(Guid id, Command<TState> command, Guid by) where TState : class, IState<TState>
        => (await app.Engine.Decide(scope.Id<TState>(id), command, by == Guid.Empty ? Actor.System : Actor.Staff(by))).ShouldBeOfType<Outcome.Done>();
}
