using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Requests;

/// <summary>
/// Grants a request by a share link for its person alone: read and decided as a rep's is, under the vendor's rules. The link is there before the answer
/// that mails it, and its address is in nobody's hands until then.
/// </summary>
public sealed class RequestGrant(IEngine engine, LinkForm forms, HostKeys keys, HostRegister hosts)
{
    /// <summary>The link under the form's command, made at the first time; null: problems were added to the form.</summary>
    /// <param name="offered">Documents to choose from: those asked for.</param>
    public async Task<ShareLink?> Make(ConsoleUser user, Guid request, string address, IReadOnlyList<Guid> offered, TypedForm form, CancellationToken stop)
    {
        var id = user.Scope.Id<ShareLink>(form.Command);
        if (await engine.Read<ShareLink>(id, stop) is { } made) return IsOurs(made, user, request) ? made : Used(form);
        var (link, people, rules) = await Read(user, address, offered, form, stop);
        if (form.Problems.Count > 0) return null;
        switch (await engine.Decide(id, new CreateLink { Id = form.Command, Link = link with { Request = request }, People = people, Rules = rules }, user.Actor, stop))
        {
            case Outcome.Done: return await engine.Read<ShareLink>(id, stop) is { } done && IsOurs(done, user, request) ? done : Used(form);
            case Outcome.Refused refused: form.Add(refused.Problems); return null;
            default: return Used(form);
        }
    }

    public async Task<string> AddressOf(ConsoleUser user, Guid link, CancellationToken stop)
        => await hosts.AddressOf(user.Scope, user.Vendor, stop) + user.Paths.Share(keys.LinkToken(user.Scope.Tenant, link, 1));

    /// <summary>Somebody else answered first: this link was for nothing.</summary>
    public Task TakeBack(ConsoleUser user, Guid link, CancellationToken stop) => engine.Decide(user.Scope.Id<ShareLink>(link), new RevokeLink { Id = Guid.CreateVersion7() }, user.Actor, stop);

    private async Task<(ShareLink Link, IReadOnlyList<PersonalRecord> People, LinkRules Rules)> Read(ConsoleUser user, string address, IReadOnlyList<Guid> offered, TypedForm form, CancellationToken stop)
    {
        var choices = await forms.Choices(user.Scope, stop);
        var wish = new TypedForm(new Dictionary<string, string[]>
        {
            ["account"] = [form["account"]], ["people"] = [address], ["documents"] = [.. form.All("documents")], ["agreement"] = [choices.Rules.AgreementDemanded ? "yes" : ""],
        });
        var (link, people) = forms.Read(wish, user, choices, form.Command);
        if (link.Documents.Count == 0) wish.Add("documents", "Choose what they may read.");
        else if (wish.Problems.Count == 0 && link.Documents.Except(offered).Any()) wish.Add("documents", "One of the documents is not published here. Choose from the list.");
        form.Add(wish.Problems);
        return (link, people, choices.Rules);
    }

    private static bool IsOurs(ShareLink link, ConsoleUser user, Guid request) => link.Request == request && link.Owner == user.Id && link.Revoked is null;

    private static ShareLink? Used(TypedForm form)
    {
        form.Add("", "This form was used before. Load the page again and send it once more.");
        return null;
    }
}
