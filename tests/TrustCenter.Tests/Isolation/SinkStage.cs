using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Isolation;

/// <summary>Two vendors who say the same number of things: one in plain words, one in naughty ones.</summary>
public sealed class SinkStage : IAsyncLifetime
{
    public RealApp App { get; private set; } = null!;
    public TestHouse Naughty { get; private set; } = null!;
    public TestHouse Plain { get; private set; } = null!;
    public IReadOnlyList<(string Text, Guid Naughty, Guid Plain)> Claims { get; private set; } = [];
    public IReadOnlyList<(string Text, Guid Naughty, Guid Plain)> Deals { get; private set; } = [];

    public async Task InitializeAsync()
    {
        App = await RealApp.Start(o => o.Demo = true);
        Naughty = await TestHouse.Build(App, "naughty", "Alpha Records");
        Plain = await TestHouse.Build(App, "plain", "Alpha Records");
        var (claims, deals) = (new List<(string, Guid, Guid)>(), new List<(string, Guid, Guid)>());
        foreach (var (text, n) in NaughtyTexts.All.Select((t, n) => (t, n)))
        {
            claims.Add((text, await Claim(Naughty, text), await Claim(Plain, $"Plain words number {n}.")));
            deals.Add((text, await Deal(Naughty, text), await Deal(Plain, $"Plain {n}")));
        }
        (Claims, Deals) = (claims, deals);
        await App.Compiled(Naughty.Scope);
        await App.Compiled(Plain.Scope);
    }

    public async Task DisposeAsync() => await App.DisposeAsync();

    private static async Task<Guid> Claim(TestHouse house, string statement)
    {
        var claim = Guid.CreateVersion7();
        await house.Claim(claim, statement, Visibility.Public);
        return claim;
    }

    private static async Task<Guid> Deal(TestHouse house, string text)
    {
        var deal = Guid.CreateVersion7();
        var words = new DealWords { Account = Cut(text, 100), Stage = Cut(text, 100), Owner = "Rosa Lindqvist", Factor = new SecurityFactor { Kind = FactorKind.Blocked, Reason = Cut(text, 400), SaidBy = SaidBy.BuyersWords, Requirement = Cut(text, 100) } };
        await house.Decide(deal, new SetDeal { Id = Guid.NewGuid(), Words = words, BasedOn = 0 }, house.StaffId(Role.Rep));
        return deal;
    }

    public static string Cut(string text, int most) => text.Length <= most ? text : char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)] : text[..most];
}
