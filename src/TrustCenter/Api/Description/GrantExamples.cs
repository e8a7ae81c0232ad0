namespace TrustCenter.Api;

internal static class GrantExamples
{
    private static readonly Dictionary<string, string> Link = Example.Path("link", Example.Link);

    public static readonly ApiOperation List = new("listGrants", "List the addresses and domains that a link is for")
    {
        Path = Link,
        Answer = new ListShape<GrantShape>([new(GrantKind.Person, "ana@acme.com"), new(GrantKind.Domain, "acme.com")], More: false),
    };

    public static readonly ApiOperation Add = new("addGrants", "Let more addresses or domains through a link")
    {
        Description = "Everybody who is on the list stays on it.",
        Path = Link,
        Body = new GrantsShape(People: ["bo@acme.com"]),
        Answer = new MadeShape(Example.Link),
    };

    public static readonly ApiOperation Remove = new("removeGrants", "Take addresses or domains off a link")
    {
        Description = "Whoever is taken off is out from the answer on, also in the middle of a download. Somebody stays on the list: to let nobody in, revoke the link.",
        Path = Link,
        Body = new GrantsShape(Domains: ["acme.com"]),
        Answer = new MadeShape(Example.Link),
    };
}
