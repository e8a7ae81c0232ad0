using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Requests;

namespace TrustCenter.Tests.Requests;

/// <summary>Somebody who asks for access, in a browser of their own.</summary>
internal sealed record Asker(TestHouse House, Browser Browser, string Email, string Path)
{
    public Guid Id => Guid.Parse(Path.Split('/')[^1]);

    public static string NameOf(string email) => "Known as " + email.Split('@')[0];

    public static async Task<List<(string Name, string Value)>> Form(TestHouse house, Browser browser, string email, params Guid[] documents)
    {
        (string, string)[] typed = [("email", email), ("name", NameOf(email)), ("company", "Acme"), ("why", "We review you."), .. documents.Select(d => ("documents", d.ToString()))];
        return Browser.FormOf(await browser.Get("/requests"), "/requests", typed).Fields;
    }

    /// <summary>As far as the code, which is mailed.</summary>
    public static async Task<Asker> Ask(TestHouse house, string email, params Guid[] documents)
    {
        var browser = house.Visitor();
        var answer = await browser.Post("/requests", [.. await Form(house, browser, email, documents)]);
        answer.Status.ShouldBe(303, answer.Text);
        return new Asker(house, browser, email, answer.Location!);
    }

    /// <summary>With the address proven.</summary>
    public static async Task<Asker> Waits(TestHouse house, string email, params Guid[] documents)
    {
        var asker = await Ask(house, email, documents);
        (await asker.Try((await house.Code(email))!)).Status.ShouldBe(303);
        return asker;
    }

    /// <summary>Proven at a time when the answer was promised for an hour ago.</summary>
    public static async Task<Asker> IsLate(TestHouse house, string email, params Guid[] documents)
    {
        var asker = await Ask(house, email, documents);
        var (id, keys) = (house.Scope.Id<AccessRequest>(asker.Id), house.App.Services.GetRequiredService<HostKeys>());
        await house.Decide(asker.Id, new TryRequestCode
        {
            Id = Guid.NewGuid(), CodeHash = Convert.ToHexStringLower(keys.CodeHash(id.Key, (await house.Code(email))!)), NextSecret = (await asker.State()).Secret,
            Due = house.App.Clock.GetUtcNow().AddHours(-1), Receipt = new OutgoingMail(Guid.CreateVersion7(), email, "Receipt", ""),
        });
        return asker;
    }

    public async Task<Answer> Try(string code) => await Browser.Submit(await Browser.Get(Path), "/code-tries", ("code", code));

    public async Task<AccessRequest> State() => (await House.App.Engine.Read<AccessRequest>(House.Scope.Id<AccessRequest>(Id)))!;
}
