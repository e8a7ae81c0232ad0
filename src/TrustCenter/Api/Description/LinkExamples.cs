namespace TrustCenter.Api;

internal static class LinkExamples
{
    private static readonly Dictionary<string, string> Link = Example.Path("link", Example.Link);
    private static readonly NextStepShape NextStep = new("Book a call", "https://calendar.example/rosa");

    public static readonly ApiOperation List = new("listLinks", "List links")
    {
        IsPaged = true,
        Answer = new ListShape<LinkLineShape>([new(Example.Link, "Acme", LinkState.Open, Example.Noon, Example.Noon.AddDays(30), 2, Example.Noon, Example.Deal)], More: false, "Kq3…"),
    };

    public static readonly ApiOperation Create = new("createLink", "Share documents with an account")
    {
        Body = new NewLinkShape("Acme", People: ["ana@acme.com"], Domains: ["acme.com"], Documents: [Example.Document], Agreement: false, Deal: Example.Deal, NextStep: NextStep),
        Creates = true,
        Status = StatusCodes.Status201Created,
        Answer = new MadeShape(Guid.Parse(Example.NewKey)),
    };

    public static readonly ApiOperation Show = new("readLink", "Read a link, with its address")
    {
        Path = Link,
        Answer = new LinkShape(Example.Link, "https://northwind.example/s/3q2-7wAAAAAAAAAAAAAAAA", "Acme", LinkState.Open, Example.Rep, Example.Noon, Example.Noon.AddDays(30), [Example.Document], NeedsAgreement: true, HasSummary: true, Deal: Example.Deal, NextStep: NextStep),
    };

    public static readonly ApiOperation Summary = new("readLinkSummary", "Read the PDF summary that was made for the account, with what is claimed now") { Path = Link, AnswerMedia = "application/pdf" };

    public static readonly ApiOperation Revoke = new("revokeLink", "Revoke a link")
    {
        Description = "From the answer on nothing more opens through it, and running downloads end.",
        Path = Link,
        Body = new NothingShape(),
        Answer = new MadeShape(Example.Link),
    };

    public static readonly ApiOperation Prolong = new("prolongLink", "Prolong a link")
    {
        Description = "The address, the people and the documents stay. A link that is over opens again; one that was revoked does not.",
        Path = Link,
        Body = new ProlongationShape(DateOnly.FromDateTime(Example.Soon.UtcDateTime)),
        Answer = new MadeShape(Example.Link),
    };

    public static readonly ApiOperation Suspended = new("listLinkApprovals", "List the links that wait to be approved again")
    {
        Description = "After the data was restored from a backup every link made before is closed: what was revoked since that backup is not known. At any other time the list is empty.",
        IsPaged = true,
        Answer = new ListShape<SuspendedLinkShape>([new(Example.Link, "Acme", Example.Rep, Example.Noon, Example.Noon.AddDays(30))], More: false, "Kq3…"),
    };

    public static readonly ApiOperation ApproveAll = new("approveAllLinks", "Let all links stand again as they did in the backup")
    {
        Description = "Only if nothing was revoked since the backup.",
        Body = new NothingShape(),
        Answer = new NothingShape(),
    };

    public static readonly ApiOperation Approve = new("approveLink", "Let a link stand again after a restore")
    {
        Path = Link,
        Body = new NothingShape(),
        Answer = new MadeShape(Example.Link),
    };

    public static readonly ApiOperation Visits = new("listVisits", "List who came through a link")
    {
        Path = Link,
        IsPaged = true,
        Answer = new ListShape<VisitShape>([new(Example.Visit, "ana@acme.com", VisitStage.Accepted, Example.Noon, Example.Noon.AddMinutes(1), Example.Noon.AddMinutes(2))], More: false, "Kq3…"),
    };

    public static readonly ApiOperation Touches = new("listLinkTouches", "List what people did on a link")
    {
        Path = Link,
        IsPaged = true,
        Answer = new ListShape<TouchShape>([new(Example.Touch, Example.Noon, Example.Link, "downloaded", "Availability figures", "ana@acme.com", Example.Deal, Example.Visit, Example.Document)], More: false, "Kq3…"),
    };
}
