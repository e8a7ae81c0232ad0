using TrustCenter.Staff;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Isolation;

/// <summary>What a vendor calls itself, its topics and its audiences; what a rep calls an account: text on every page and in the mail.</summary>
[Trait("Case", "T-060")]
public sealed class VendorWordsTests : IAsyncLifetime
{
    private static readonly string[] Texts =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title></style><svg onload=alert(1)>",
        "Alpha\r\nBcc: eve@evil.example\r\n\r\n<b>",
        "{{7*7}} ${7*7} @(7*7)",
        "‮evil‬ ​name",
    ];

    private RealApp app = null!;
    private TestHouse naughtyHouse = null!, plainHouse = null!;

    public async Task InitializeAsync()
    {
        app = await RealApp.Start(o => o.Demo = true);
        naughtyHouse = await TestHouse.Build(app, "naughty", "Alpha Records");
        plainHouse = await TestHouse.Build(app, "plain", "Alpha Records");
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_vendors_own_words_keep_every_page_and_mail_in_shape()
    {
        foreach (var text in Texts) await KeepsShape(text);
    }

    private async Task KeepsShape(string text)
    {
        var email = $"p{Guid.NewGuid():N}@acme.com";
        var short80 = SinkStage.Cut(text, 80);
        await Say(v => v with { Name = short80, Tagline = text, Contact = "security@naughty.example", Topics = [v.Topics[0] with { Name = text, Summary = text }], Audiences = [v.Audiences[0] with { Name = text, Why = text }] });
        using var naughty = naughtyHouse.Visitor();
        using var plain = plainHouse.Visitor();
        foreach (var path in new[] { "/", "/updates", "/documents", "/for/reviewer", "/check", "/subprocessors" })
        {
            // Naughty names may be cut or moved; what elements they make is what counts.
            var (with, without) = (await naughty.Get(path), await plain.Get(path));
            with.Status.ShouldBe(200);
            Shape.Of(with.Dom).Distinct().Except(Shape.Of(without.Dom).Distinct()).ShouldBeEmpty($"{path}: {text}");
        }
        var (rep, other) = (await naughtyHouse.SignIn(Role.Rep), await plainHouse.SignIn(Role.Rep));
        var (link, id) = await naughtyHouse.Share(rep, ("account", text), ("people", email), ("nextStepLabel", SinkStage.Cut(text.ReplaceLineEndings(" "), 40)));
        var (reference, otherId) = await plainHouse.Share(other, ("people", email));
        using var prospect = naughtyHouse.Visitor();
        using var twin = plainHouse.Visitor();
        (await prospect.Get(link)).ShouldBeThatOf(await twin.Get(reference), "the link's page");
        (await rep.Get($"/console/links/{id}")).ShouldBeThatOf(await other.Get($"/console/links/{otherId}"), "the rep's page of the link");
        var (room, plainRoom) = (await naughtyHouse.Enter(prospect, link, email), await plainHouse.Enter(twin, reference, email));
        (await prospect.Get(room)).ShouldBeThatOf(await twin.Get(plainRoom), "the room");
        var mails = (await (await naughtyHouse.SignIn(Role.Admin)).Get("/mailbox")).Dom;
        Shape.Of(mails).Where(s => s.StartsWith("script", StringComparison.Ordinal) || s.StartsWith("img", StringComparison.Ordinal) || s.StartsWith("svg", StringComparison.Ordinal) || s.Contains("on", StringComparison.Ordinal) && s.Contains("[on", StringComparison.Ordinal)).ShouldBeEmpty();
        mails.Body!.TextContent.ShouldContain("is your code for");
    }

    private async Task Say(Func<Vendor, Vendor> words)
    {
        var before = (await app.Engine.Read<Vendor>(naughtyHouse.Scope.Id<Vendor>(Vendor.Only)))!;
        await naughtyHouse.Decide(Vendor.Only, new DefineVendor { Id = Guid.NewGuid(), Words = words(before) });
        await app.Compiled(naughtyHouse.Scope);
    }
}
