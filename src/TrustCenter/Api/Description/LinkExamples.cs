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

    public static readonly ApiOperation Revoke = new("revokeLink", "Revoke a link")
    {
        Description = "From the answer on nothing more opens through it, and running downloads end.",
        Path = Link,
        Body = new NothingShape(),
        Answer = new MadeShape(Example.Link),
    };

    public static readonly ApiOperation Grants = new("listGrants", "List the addresses and domains that a link is for")
    {
        Path = Link,
        Answer = new ListShape<GrantShape>([new(GrantKind.Person, "ana@acme.com"), new(GrantKind.Domain, "acme.com")], More: false),
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
