using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Links;

/// <summary>What the page of one link is made from.</summary>
internal sealed record LinkDesk(HttpContext Context, LinkList Links, IEngine Engine, TenantStandings Standings, HostKeys Keys, HostRegister Hosts)
{
    public ConsoleUser User => Context.ConsoleUser();
    public CancellationToken Stop => Context.RequestAborted;

    public async Task<IResult> Page(Guid id, ShareLink link, TypedForm form, int status)
    {
        var address = await Hosts.AddressOf(User.Scope, User.Vendor, Stop) + User.Paths.Share(Keys.LinkToken(User.Scope.Tenant, id, link.Generation));
        var page = Context.ConsolePage<LinkPage>(new()
        {
            ["Id"] = id, ["Link"] = link, ["Address"] = address, ["View"] = await Links.View(User, id, link, Stop), ["Form"] = form, ["Rules"] = (await Engine.Settings(User.Scope, Stop)).Links,
            ["IsSuspended"] = !link.Outlasts((await Standings.Find(User.Scope.Tenant, Stop)).LinksSuspended),
        }, status);
        if (link.Summary is not null) Context.Response.Headers.ContentSecurityPolicy += "; object-src 'self'; frame-src 'self'"; // the summary, shown on the page
        return page;
    }
}
