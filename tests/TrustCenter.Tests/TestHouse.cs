using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Agreements;
using TrustCenter.Claims;
using TrustCenter.Documents;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Mail;
using TrustCenter.Staff;
using TrustCenter.Tenants;

namespace TrustCenter.Tests;

/// <summary>
/// A vendor with everything that the main job needs: staff, an agreement, a public and two gated documents, a public and a room claim.
/// People act over HTTP; what stands before the first act comes in by decisions.
/// </summary>
public sealed class TestHouse
{
    public const string AgreementBody = "You read these documents to decide about us and tell nobody else what is in them.";

    private TestHouse(RealApp app, Scope scope, string host) => (App, Scope, Host) = (app, scope, host);

    public RealApp App { get; }
    public Scope Scope { get; }
    public string Host { get; }
    public Guid Policy { get; private init; } = Guid.NewGuid(); // public class
    public Guid Architecture { get; private init; } = Guid.NewGuid(); // on request
    public Guid Report { get; private init; } = Guid.NewGuid(); // under agreement
    public Guid PublicClaim { get; private init; } = Guid.NewGuid();
    public Guid RoomClaim { get; private init; } = Guid.NewGuid();

    /// <summary>The app must run with <c>Demo</c>, so that personas sign in.</summary>
    public static async Task<TestHouse> Build(RealApp app, string host, string name)
    {
        var house = new TestHouse(app, new Scope(Guid.CreateVersion7()), host);
        await house.Decide(Vendor.Only, new DefineVendor { Id = Guid.NewGuid(), Words = Words(host, name) });
        await app.Services.GetRequiredService<DemoStaff>().Seed(house.Scope);
        await house.Decide(Agreement.Only, new PublishAgreement { Id = Guid.NewGuid(), Title = "Reading agreement", Body = AgreementBody });
        await house.Document(house.Policy, $"{name} security policy", EvidenceClass.Public);
        await house.Document(house.Architecture, $"{name} architecture", EvidenceClass.OnRequest);
        await house.Document(house.Report, $"{name} audit report", EvidenceClass.UnderAgreement);
        await house.Claim(house.PublicClaim, $"{name} encrypts all records at rest.", Visibility.Public);
        await house.Claim(house.RoomClaim, $"{name} keeps its keys in two vaults.", Visibility.Room);
        await app.Compiled(house.Scope);
        return house;
    }

    /// <summary>The same vendor in another app that runs on its data.</summary>
    public TestHouse In(RealApp other) => new(other, Scope, Host) { Policy = Policy, Architecture = Architecture, Report = Report, PublicClaim = PublicClaim, RoomClaim = RoomClaim };

    public Browser Visitor() => new(App, Host + ".localhost");

    /// <summary>A persona of this vendor, signed in at the console.</summary>
    public async Task<Browser> SignIn(Role role)
    {
        var browser = new Browser(App, "console.localhost");
        var page = await browser.Get(App.Prefix + "/console/sign-in");
        var (action, fields) = Browser.FormOf(page, "/console/sessions", ("vendor", Scope.Tenant.ToString()), ("role", role.ToString()));
        (await browser.Post(action, [.. fields])).Status.ShouldBe(303);
        return browser;
    }

    /// <summary>A link made by the rep through the console; its address path and its id.</summary>
    public async Task<(string Path, Guid Id)> Share(Browser rep, params (string Name, string Value)[] more)
    {
        var page = await rep.Get(App.Prefix + "/console/links/new");
        (string, string)[] standing = [("account", "Acme"), ("people", "ana@acme.com\nbo@acme.com"), ("domains", ""), ("documents", Report.ToString()), ("nextStepLabel", "Book a call"), ("nextStepAddress", "https://calendar.example/rosa"), ("summary", "")];
        var made = await rep.Submit(page, "/console/links", [.. standing.Where(s => more.All(m => m.Name != s.Item1)), .. more]);
        made.Status.ShouldBe(303, made.Text);
        var shown = await rep.Get(made.Location!);
        var address = new Uri(shown.Dom.QuerySelector("#f-address")!.GetAttribute("value")!);
        return (address.AbsolutePath, Guid.Parse(made.Location!.Split('/')[^1]));
    }

    /// <summary>Opens the link and asks for a code; the room's path.</summary>
    public static async Task<string> Ask(Browser prospect, string link, string email = "ana@acme.com")
    {
        var answer = await prospect.Submit(await prospect.Get(link), link, ("email", email));
        answer.Status.ShouldBe(303, answer.Text);
        return answer.Location!;
    }

    /// <summary>The newest code mailed to this address; null when none was.</summary>
    public async Task<string?> Code(string email = "ana@acme.com")
        => (await App.Services.GetRequiredService<MailQueue>().Newest(Scope.Tenant, 100, default)).FirstOrDefault(m => m.Content.Recipient == email)?.Content.Subject[..6];

    /// <summary>All the way into the room: address, code and, where it is asked, the agreement. The room's path.</summary>
    public async Task<string> Enter(Browser prospect, string link, string email = "ana@acme.com")
    {
        var room = await Ask(prospect, link, email);
        (await prospect.Submit(await prospect.Get(room), "/code-tries", ("code", (await Code(email))!))).Status.ShouldBe(303);
        var page = await prospect.Get(room);
        if (page.Dom.QuerySelector("form[action$='/acceptances']") is not null) (await prospect.Submit(page, "/acceptances", ("agree", "yes"))).Status.ShouldBe(303);
        return room;
    }

    /// <summary>Starts a download from the room; the path of its bytes.</summary>
    public static async Task<string> Download(Browser prospect, string room, string document)
    {
        var page = await prospect.Get(room);
        var (action, fields) = Browser.FormOf(page, "/downloads", ("document", document));
        var answer = await prospect.Post(action, [.. fields]);
        answer.Status.ShouldBe(303, answer.Text);
        return answer.Location!;
    }

    public async Task<Outcome> Decide<TState>(Guid key, Command<TState> command, Guid? by = null) where TState : class, IState<TState>
    {
        var outcome = await App.Engine.Decide(Scope.Id<TState>(key), command, by is { } staff ? Actor.Staff(staff) : Actor.System);
        outcome.ShouldBeOfType<Outcome.Done>();
        return outcome;
    }

    public Guid StaffId(Role role) => DemoStaff.IdOf(Scope.Tenant, role);

    // The same words are the same file for all tests: drawing it again would tell nothing new.
    private static readonly ConcurrentDictionary<(string Title, int Pages), Task<byte[]>> Written = new();

    private static async Task<byte[]> Write((string Title, int Pages) of)
    {
        var text = string.Join("\n\n", Enumerable.Range(1, of.Pages).Select(n => $"# Part {n}\n\n" + string.Join("\n\n", Enumerable.Repeat(string.Join(" ", Enumerable.Repeat($"What {of.Title} says in part {n}.", 55)), 4))));
        while (true)
            try { return await DocumentFromMarkdown.Write(of.Title, "Vendor", new DateOnly(2026, 11, 1), text); }
            catch (PdfRefusedException) when (PdfWriter.WhatIsMissing() is null) { await Task.Delay(100); } // another test has filled the queue
    }

    public async Task Document(Guid key, string title, EvidenceClass @class, int pages = 2, DateOnly? until = null)
    {
        using var pdf = new MemoryStream(await Written.GetOrAdd((title, pages), Write));
        var taken = (await App.Services.GetRequiredService<EvidenceIntake>().Take(Scope, new EvidenceDescription { Title = title, Kind = EvidenceKind.Policy, Class = @class, ValidUntil = until }, pdf, title + ".pdf", false, default)).ShouldBeOfType<IntakeResult.Taken>();
        await Decide(key, new UploadEvidence { Id = Guid.NewGuid(), Version = taken.Version, Files = taken.Files }, StaffId(Role.Editor));
        await Decide(key, new ApproveEvidence { Id = Guid.NewGuid(), Sha = taken.Version.File.Sha }, StaffId(Role.Approver));
    }

    public async Task Claim(Guid key, string statement, Visibility visibility, ClaimStatus status = ClaimStatus.InPlace, DateOnly? reviewBy = null)
    {
        var before = await App.Engine.Read<Claim>(Scope.Id<Claim>(key));
        var wording = new ClaimWording { Statement = statement, Topic = "data", Status = status, Owner = "Head of Security", ReviewBy = reviewBy, Visibility = visibility, Evidence = [Report] };
        await Decide(key, new SaveClaim { Id = Guid.NewGuid(), Wording = wording, BasedOnEdit = before?.Edits ?? 0 }, StaffId(Role.Editor));
        await Decide(key, new AskClaimApproval { Id = Guid.NewGuid() }, StaffId(Role.Editor));
        await Decide(key, new ApproveClaim { Id = Guid.NewGuid(), Edit = (before?.Edits ?? 0) + 1 }, StaffId(Role.Approver));
    }

    /// <summary>Written by the editor and approved by the approver.</summary>
    public async Task Translate(Guid key, string language, string statement, string owner = "")
    {
        var claim = (await App.Engine.Read<Claim>(Scope.Id<Claim>(key)))!;
        var words = new TranslatedWords { Statement = statement, Owner = owner };
        await Decide(key, new SaveClaimTranslation { Id = Guid.NewGuid(), Language = language, Of = claim.Number, BasedOnEdit = claim.ProposalIn(language)?.Edit ?? 0, Ask = true, Words = words }, StaffId(Role.Editor));
        await Decide(key, new ApproveClaimTranslation { Id = Guid.NewGuid(), Language = language, Edit = (claim.TranslationEdits ?? 0) + 1 }, StaffId(Role.Approver));
    }

    private static Vendor Words(string host, string name) => new()
    {
        Name = name,
        Host = host,
        Tagline = $"{name} keeps it safe.",
        Contact = $"security@{host}.example",
        Products = ["Ledger"],
        Languages = ["en", "de"],
        Topics = [new Topic("data", "Data protection", "How data is kept.")],
        Audiences = [new Audiences.Audience("reviewer", "Security reviewer", "It answers in an hour.", ["data"], "", "")],
    };
}
