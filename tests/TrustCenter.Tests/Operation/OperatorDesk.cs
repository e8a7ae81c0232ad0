using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Keys;
using TrustCenter.Operation;

namespace TrustCenter.Tests.Operation;

/// <summary>What an operator does at the console and at his pages.</summary>
internal static class OperatorDesk
{
    private static int names;

    /// <summary>A name that nobody used in this process: a code works once for a name and a while.</summary>
    public static string NewName() => $"Ana Ito {Interlocked.Increment(ref names)}";

    public static string Code(RealApp app, string name) => OperatorCode.Of(app.Services.GetRequiredService<HostKeys>(), name, app.Clock.GetUtcNow());

    public static async Task<Browser> SignIn(RealApp app, string? name = null)
    {
        var browser = new Browser(app, "console.localhost");
        var typed = name ?? NewName();
        (await Try(browser, typed, Code(app, typed))).Status.ShouldBe(303);
        return browser;
    }

    public static async Task<Answer> Try(Browser browser, string name, string code) => await browser.Submit(await browser.Get("/operator/sign-in"), "/operator/sessions", ("name", name), ("code", code));

    public static async Task<string> Stamp(Browser @operator) => (await @operator.Get("/operator")).Dom.QuerySelector("form[action$='/session-ends'] input[name=stamp]")!.GetAttribute("value")!;

    /// <summary>A tenant made at the page; its id.</summary>
    public static async Task<Guid> Make(Browser @operator, string host, string name = "A new vendor")
    {
        var made = await @operator.Submit(await @operator.Get("/operator/tenants/new"), "/operator/tenants", ("name", name), ("host", host));
        made.Status.ShouldBe(303, made.Text);
        return Guid.Parse(made.Location!.Split('/')[^1]);
    }

    /// <summary>Suspends, resumes or deletes.</summary>
    public static async Task<Answer> Change(Browser @operator, Guid tenant, string what, params (string, string)[] typed)
        => await @operator.Submit(await @operator.Get($"/operator/tenants/{tenant}"), "/" + what, typed);
}
