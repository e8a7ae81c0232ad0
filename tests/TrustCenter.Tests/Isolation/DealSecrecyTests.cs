using TrustCenter.Api;
using TrustCenter.Deals;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Tests.Isolation;

/// <summary>What is known of a deal reaches the roles that read deals, its amount those that see amounts, on every route of the running app.</summary>
[Collection(StageGroup.Name)]
[Trait("Case", "T-106")]
[Trait("Case", "T-107")]
public sealed class DealSecrecyTests(Stage stage)
{
    private static readonly string[] Amounts = ["7654321", "7,654,321", "7.654.321", "7 654 321"];
    private static readonly string[] Words = ["Zarquon", .. Amounts];

    [Fact]
    public async Task No_page_tells_of_a_deal_to_whoever_may_not_read_deals()
    {
        var (deal, link) = await Told();
        foreach (var role in Enum.GetValues<Role>().Where(r => !Rights.Of(r).Contains(Right.ReadDeals)))
            foreach (var route in Reading(Reader.Staff)) await Silent(route, await stage.Staff(role), deal, link, Words);
        foreach (var route in Reading(Reader.Anybody).Concat(Reading(Reader.Prospect)).Concat(Reading(Reader.Operator))) await Silent(route, null, deal, link, Words);
        var rep = await stage.Staff(Role.Rep);
        (await rep.Get($"/console/links/{link}")).Text.ShouldContain("Account Zarquon");
    }

    [Fact]
    public async Task No_answer_to_a_key_tells_what_its_scopes_do_not_reach()
    {
        var (deal, link) = await Told();
        var all = ApiScopes.All.ToArray();
        var (blind, half) = (await stage.Program([.. all.Except([Right.ReadDeals, Right.WriteDeals, Right.ImportDeals, Right.SeeAmounts])]), await stage.Program([.. all.Except([Right.SeeAmounts])]));
        foreach (var route in Reading(Reader.Program))
        {
            await Silent(route, blind.Http, deal, link, Words);
            await Silent(route, half.Http, deal, link, Amounts);
        }
        (await half.Get($"/deals/{deal}")).Text.ShouldContain("Account Zarquon");
        (await (await stage.Program(all)).Get($"/deals/{deal}")).Text.ShouldContain("7654321");
    }

    private IEnumerable<Route> Reading(Reader reader) => stage.Routes.Where(r => !r.Changes && r.Guard?.Reader == reader);

    private async Task Silent(Route route, Browser? by, Guid deal, Guid link, string[] words)
    {
        var own = await Rows.Of(route.Name).Own(stage);
        if (by is not null) own = own with { By = by };
        foreach (var (name, value) in new[] { ("deal", deal), ("link", link) }) if (own.Values.ContainsKey(name)) own.Values[name] = value.ToString();
        var answer = await own.Send(route);
        foreach (var word in words) answer.Text.ShouldNotContain(word, Case.Insensitive, $"{route.Name}: {own.By.Origin}");
    }

    private async Task<(Guid Deal, Guid Link)> Told()
    {
        var deal = Guid.CreateVersion7();
        var words = new DealWords
        {
            ExternalKey = $"Key Zarquon {deal:N}", Account = "Account Zarquon", Domain = "zarquon.example", Product = "Product Zarquon", Amount = 7_654_321m, Stage = "Stage Zarquon", Owner = "Owner Zarquon", Manager = "Manager Zarquon", Region = "Region Zarquon",
            Factor = new SecurityFactor { Kind = FactorKind.Blocked, Reason = "Reason Zarquon", SaidBy = SaidBy.BuyersWords, Requirement = "Requirement Zarquon" },
        };
        await stage.A.Decide(deal, new SetDeal { Id = Guid.NewGuid(), BasedOn = 0, Words = words }, stage.A.StaffId(Role.Rep));
        return (deal, (await stage.A.Share(await stage.Staff(Role.Rep), ("deal", deal.ToString()), ("domains", "acme.com"))).Id);
    }
}
