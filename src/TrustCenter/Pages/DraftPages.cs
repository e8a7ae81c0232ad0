using TrustCenter.Claims;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Pages;

/// <summary>
/// The public pages as they would be with a draft in its place: for staff alone, at the console's own address, kept by no cache. The same
/// renderer as for readers makes them.
/// </summary>
public static class DraftPages
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
    private const string NoHash = "not yet made"; // where a published version has its hash

    public static void MapDrafts(this RouteGroupBuilder console)
    {
        console.MapMethods("/claims/{claim:guid}/draft", Reading, ([AsParameters] Desk desk, Guid claim, PageMaker maker, HostRegister hosts) => Show(desk, claim, maker, hosts, PageNames.Claim(claim))).Needs(Right.ReadConsole).WithName("ClaimDraft");
        console.MapMethods("/claims/{claim:guid}/draft/home", Reading, ([AsParameters] Desk desk, Guid claim, PageMaker maker, HostRegister hosts) => Show(desk, claim, maker, hosts, PageNames.Home)).Needs(Right.ReadConsole).WithName("ClaimDraftHome");
    }

    private static async Task<IResult> Show(Desk desk, Guid claim, PageMaker maker, HostRegister hosts, string page)
    {
        if (await desk.Read<Claim>(claim) is not { Proposal: { IsWithdrawal: false, Wording.Visibility: Visibility.Public } proposal } found) return Answers.Nothing();
        var (user, today) = (desk.User, desk.Today);
        var content = await desk.Store.Query(sql => PageReader.Read(sql, user.Scope.Tenant, user.Vendor, today), desk.Stop);
        // Addresses lead to the readers' own host.
        var paths = new Paths(await hosts.AddressOf(user.Scope, user.Vendor, desk.Stop) + user.Paths.Prefix);
        var with = WithDraft(content, claim, found, proposal);
        var html = await maker.Draft(with, paths, page, user.Paths.ConsoleClaim(claim));
        Answers.Private(desk.Context.Response, Answers.Policy(Style.WithAccent(page == PageNames.Home ? Style.Home : Style.Inner, user.Vendor.Accent)));
        return Results.Content(html, "text/html; charset=utf-8");
    }

    private static PageContent WithDraft(PageContent content, Guid id, Claim claim, ClaimProposal proposal)
    {
        var stood = content.Claims.FirstOrDefault(c => c.Id == id);
        var draft = new PublicClaimVersion(claim.Number + 1, proposal.Wording, proposal.SavedAt, NoHash, IsWithdrawal: false, Reason: null);
        var shown = PageClaim.Of(new PublicClaim { Id = id, Versions = [.. stood?.Versions ?? [], draft] }, content.Documents.Concat(content.Withdrawn).ToDictionary(d => d.Id), content.Today)!;
        return content with { Claims = stood is null ? [.. content.Claims, shown] : [.. content.Claims.Select(c => c.Id == id ? shown : c)] };
    }
}
