using TrustCenter.Agreements;
using TrustCenter.Api;
using TrustCenter.Audiences;
using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Documents;
using TrustCenter.Evidence;
using TrustCenter.Import;
using TrustCenter.Links;
using TrustCenter.Operation;
using TrustCenter.Prospects;
using TrustCenter.Requests;
using TrustCenter.Staff;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Golden;

/// <summary>What the golden files say, with every field set to something that is not its default.</summary>
internal static class GoldenStates
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 21);
    private static readonly StoredFile File = new(new string('a', 64), 1_000, "soc2 “2026”.pdf", "application/pdf");

    private static Guid Id(int n) => new($"0198a1b2-0000-7000-8000-{n:d12}");

    private static readonly ClaimWording Wording = new()
    {
        Statement = "Data is encrypted at rest with AES-256 – always.",
        Topic = "data",
        Status = ClaimStatus.Partly,
        Owner = "Head of Security",
        Visibility = Visibility.Room,
        Products = ["Ledger"],
        Plans = ["Business"],
        Regions = ["EU"],
        Checked = Day,
        ReviewBy = Day.AddDays(90),
        Frameworks = ["SOC2:CC6.1"],
        Why = new Dictionary<string, string> { ["legal"] = "A stolen disk is no breach." },
        Evidence = [Id(1)],
    };

    public static readonly Claim Claim = new()
    {
        Published =
        [
            new ClaimVersion { Number = 1, Wording = Wording, Author = Id(2), Approver = Id(3), At = Noon, Hash = new string('b', 64) },
            new ClaimVersion { Number = 2, Wording = Wording, Author = Id(2), Approver = Id(3), At = Noon.AddDays(1), Hash = new string('c', 64), IsWithdrawal = true, Reason = "It was switched off." },
        ],
        Proposal = new ClaimProposal { Wording = Wording, Author = Id(2), SavedAt = Noon.AddTicks(10), Edit = 7, BasedOn = 2, Stage = ProposalStage.Returned, IsWithdrawal = true, Comment = "Name the cipher.", ReturnedBy = Id(3) },
        Edits = 7,
    };

    /// <summary>With everything that came after the first release.</summary>
    public static readonly Claim ClaimWithTongues = Claim with
    {
        Published = [.. Claim.Published, Claim.Published[0] with { Number = 3, Salt = Id(12) }],
        Proposal = Claim.Proposal! with { Stage = ProposalStage.Approved, ReturnedBy = null, IsWithdrawal = false, Approver = Id(3), PublishAt = Noon.AddDays(2) },
        Key = "backups",
        Comments = [new ClaimComment { Number = 1, By = Id(3), At = Noon, Text = "Name the cipher.", Edit = 6, IsReturn = true }],
        Translations = [new ClaimTranslation { Language = "de", Number = 1, Of = 1, Words = German, Author = Id(2), Approver = Id(3), At = Noon, Hash = new string('9', 64) }],
        Translating = [new TranslationProposal { Language = "pt-BR", Of = 3, Words = German, Author = Id(2), SavedAt = Noon, Edit = 4, Stage = ProposalStage.Returned, Comment = "Shorter.", ReturnedBy = Id(3) }],
        TranslationEdits = 4,
    };

    private static TranslatedWords German => new() { Statement = "Daten sind verschlüsselt.", Owner = "Leitung Sicherheit", Why = new Dictionary<string, string> { ["legal"] = "Kein Vorfall." } };

    public static readonly ClaimBatch Batch = new()
    {
        Act = BatchAct.Check,
        By = Id(2),
        At = Noon,
        Items = [new BatchItem(Id(10), 3), new BatchItem(Id(11), 1)],
        Checked = Day,
        ReviewBy = Day.AddDays(180),
        Note = "Looked at in the quarter’s review.",
        Results = [new BatchResult(Id(10), 4, null), new BatchResult(Id(11), 0, "A draft of it is in work.")],
    };

    private static readonly EvidenceVersion Version = new()
    {
        Number = 1,
        Title = "SOC 2 Type II",
        Kind = EvidenceKind.Soc2Report,
        Class = EvidenceClass.UnderAgreement,
        From = Day.AddYears(-1),
        To = Day,
        ValidUntil = Day.AddYears(1),
        File = File,
        Template = new MarkTemplate(new string('d', 64), 1_200, 800, 96),
        Pages = 40,
        Warnings = ["Signed: marking breaks the signature."],
        Uploader = Id(2),
        Approver = Id(3),
        At = Noon,
        MayGoUnmarked = true,
    };

    public static readonly EvidenceDocument WithdrawnEvidence = new()
    {
        Versions = [Version],
        Withdrawal = new EvidenceWithdrawal { Version = 1, Reason = "It is over.", Asker = Id(2), At = Noon.AddDays(1), Declined = "It is not." },
        Withdrawals = [new EvidenceWithdrawal { Version = 1, Reason = "The figures were wrong.", Asker = Id(2), At = Noon.AddDays(3), Approver = Id(3) }],
    };

    public static readonly EvidenceDocument Evidence = new() { Versions = [Version], Waiting = Version with { Number = 2, Approver = null, Template = null }, Returned = "The period is wrong." };

    public static readonly ShareLink Link = new()
    {
        Account = "Example Inc",
        People = [new Person(Id(4), new string('e', 64))],
        Domains = ["example.com"],
        Documents = [Id(1)],
        Expires = Noon.AddDays(30),
        NeedsAgreement = true,
        Deal = Id(5),
        NextStep = new NextStep("Book a call", "https://example.com/?a=1&b=2"),
        Summary = File,
        Owner = Id(6),
        Created = Noon,
        Generation = 2,
        TokenHash = new string('f', 64),
        Revoked = Noon.AddDays(2),
    };

    public static readonly Visit Visit = new()
    {
        Link = Id(7),
        Deal = Id(5),
        Person = Id(4),
        Lookup = new string('e', 64),
        Host = "example.com",
        Asked = Noon,
        Secret = new string('0', 64),
        CodeHash = new string('1', 64),
        Tries = 3,
        Proven = Noon.AddMinutes(1),
        Acceptances = [new Acceptance(1, new string('2', 64), Noon.AddMinutes(2), "192.0.2.1", "A browser")],
        Accesses = [new Access(Id(8), Id(1), 1, "TRACE-1", Noon.AddMinutes(3)), new Access(Id(9), null, 0, "TRACE-2", Noon.AddMinutes(4))],
    };

    public static readonly Tenancy Tenancy = new()
    {
        Name = "Northwind", Host = "northwind", Status = TenancyStatus.Deleted, Since = Noon, Due = Noon.AddDays(14), Before = [new TableCount("states", 12)],
        Proof = new DeletionProof("Nothing is left.", "a.b.c", Noon.AddDays(15), [new TableCount("states", 0)]),
    };

    public static readonly LinkSuspension LinkSuspension = new() { Since = Noon };

    public static readonly OperatorEntrance OperatorEntrance = new()
    {
        Spent = [new SpentCode(new string('a', 64), Noon)], Wrong = [new WrongTries(new string('b', 64), 3, Noon)], Sessions = [new OpenSession(Id(11), Id(12), Noon)],
    };

    public static readonly BackupLog Backups = new() { Made = [new BackupMade("trustcenter-20261121-020000.tcbackup", Noon, 1_000, new string('c', 64), true, "An entry is missing.")] };

    public static readonly Agreement Agreement = new() { Versions = [new AgreementVersion(1, "Reading agreement", "Keep it to yourself.", Noon, new string('2', 64))] };

    public static readonly Deal Deal = new()
    {
        Version = 3,
        Words = new DealWords
        {
            ExternalKey = "CRM-1",
            Account = "Example Inc",
            Domain = "example.com",
            Product = "Ledger",
            Amount = 1_234.50m,
            Currency = "CHF",
            Stage = "Closed",
            Opened = Day.AddDays(-60),
            Closed = Day,
            Owner = "Rita",
            Manager = "Max",
            Region = "EU",
            Outcome = DealOutcome.Lost,
            Factor = new SecurityFactor { Kind = FactorKind.Blocked, Reason = "Data must stay in the EU.", SaidBy = SaidBy.BuyersWords, Claim = Id(10), Requirement = "EU-only storage" },
        },
    };

    public static readonly Vendor Vendor = new()
    {
        Name = "Northwind Ledger",
        Host = "northwind",
        Tagline = "Books that balance",
        Accent = "#123456",
        Logo = "<svg xmlns='http://www.w3.org/2000/svg'/>",
        Contact = "security@northwind.example",
        Website = "https://northwind.example",
        Currency = "CHF",
        Products = ["Ledger"],
        Plans = ["Business"],
        Regions = ["EU"],
        Topics = [new Topic("data", "Data", "Where it lies.")],
        Audiences = [new Audience("legal", "Legal", "You sign.", ["data"], "Ask us", "mailto:legal@northwind.example")],
        Version = 2,
    };

    public static readonly SubprocessorList Subprocessors = new() { Version = 2, Entries = [new Subprocessor(Id(11), "Alder Hosting", "Hosting", "Germany", "https://alder.example", ["Ledger"], Day)] };

    public static readonly StaffMember Staff = new() { Name = "Ada", Roles = [Role.Editor, Role.DecisionMaker], Active = false };

    public static readonly ApiKey ApiKey = new()
    {
        Name = "release build",
        Scopes = [Right.ReadConsole, Right.Write],
        Expires = Noon.AddDays(90),
        TokenHash = new string('3', 64),
        Creator = Id(12),
        Created = Noon,
        Revoked = Noon.AddDays(3),
    };
    private static readonly ImportMapping Columns = new()
    {
        Separator = ";",
        Columns = new Dictionary<string, string> { ["key"] = "Opportunity ID", ["outcome"] = "Stage “now”" },
        Words = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["outcome"] = new Dictionary<string, string> { ["Closed Won"] = "won" } },
        Dates = "d.M.yyyy",
    };

    public static readonly ImportJob Import = new()
    {
        Source = new ImportSource(Id(12), "deals 2026.csv", new string('3', 64), 12_345),
        Header = ["Opportunity ID", "Stage “now”"],
        Mapping = Columns,
        Total = 1_200,
        Stage = ImportStage.Failed,
        Done = 500,
        Checked = new ImportCounts(700, 300, 200, 0),
        Counts = new ImportCounts(300, 150, 50, 1),
        By = Id(6),
        Created = Noon,
        Begun = Noon.AddMinutes(1),
        Ended = Noon.AddMinutes(2),
        Problem = "The uploaded file is gone.",
    };

    public static readonly RememberedMapping Mapping = new() { Mapping = Columns };

    public static readonly TenantSettings Settings = new()
    {
        Hours = new WorkingHours { Zone = "Europe/Berlin", Days = [DayOfWeek.Sunday, DayOfWeek.Monday], From = new TimeOnly(8, 30), To = new TimeOnly(16, 0) },
        FiscalYearStart = 4,
        Links = new LinkRules { DefaultDays = 14, MostDays = 60, AgreementDemanded = true },
        AnswerHours = 8,
        NoticeDays = 45,
        Retention = new Retention { People = 12, Acceptances = 60, Touches = 18, Deals = 84 },
        Notices = [new PrivacyNotice(1, "We record – little.", Noon, IsOwn: true)],
        Version = 4,
    };

    public static readonly HostNames Hosts = new()
    {
        Names = [new HostName { Id = Id(12), Name = "trust.northwind.example", Token = "AAAAAAAAAAAAAAAAAAAAAA", Asked = Noon, Proven = Noon.AddHours(1), Checked = Noon.AddDays(1), FailingSince = Noon.AddDays(1), Seen = HostSeen.OthersToo, IsPrimary = true }],
    };

    public static readonly Visit ForgottenVisit = Visit with { Notice = new NoticeShown(3, new string('3', 64), 12, 60), Forgotten = Noon.AddYears(1) };

    public static readonly ShareLink AskedLink = Link with { Request = Id(13) };

    public static readonly ShareLink SummaryLink = Link with { Edition = new SummaryEdition(2, new string('5', 64), PaperFormat.Letter) };

    public static readonly TrustCenter.Rooms.RoomTemplate RoomTemplate = new() { Brotli = [11, 2, 128, 65, 66, 67, 68, 69, 3] };

    public static readonly AccessRequest Request = new()
    {
        Person = Id(7), Words = Id(8), Lookup = new string('e', 64), Documents = [Id(1)], Asked = Noon, Secret = new string('a', 64), CodeHash = new string('b', 64), Tries = 2,
        Proven = Noon.AddMinutes(1), Due = Noon.AddDays(3), Answer = new AnsweredRequest(RequestAnswer.Granted, Id(6), Noon.AddDays(2), Id(4), Id(9)), Notice = new NoticeShown(3, new string('3', 64), 12, 60), Forgotten = Noon.AddYears(1),
    };

    private static readonly Subprocessor Announced = Subprocessors.Entries[0] with { Announced = Day, Until = Day.AddYears(1) };

    public static readonly SubprocessorList ProposedSubprocessors = new()
    {
        Version = 3,
        Entries = [Announced],
        Proposal = new SubprocessorProposal([Announced], [Id(2)], 7, Noon) { Returned = "Say where." },
        Versions = [new SubprocessorVersion(3, [Announced], [Subprocessors.Entries[0]], [Id(2)], Id(3), Noon)],
    };
}
