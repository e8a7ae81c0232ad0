using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Tests.Isolation;

/// <summary>Every console route for every role: the table of rights decides, and who may not leaves no trace.</summary>
[Collection(StageGroup.Name)]
[Trait("Case", "T-085")]
public sealed class RoleMatrixTests(Stage stage)
{
    public static TheoryData<string> RouteNames => [.. Rows.All.Select(r => r.Route)];

    [Theory]
    [MemberData(nameof(RouteNames))]
    public async Task A_role_without_the_right_is_told_whose_work_it_is(string name)
    {
        var route = stage.Routes.Single(r => r.Name == name);
        if (route.Guard is not { Reader: Reader.Staff }) return;
        route.Guard.Right.ShouldNotBeNull("a console route names its right");
        var own = await Rows.Of(name).Own(stage);
        foreach (var role in Enum.GetValues<Role>())
        {
            var browser = await stage.Staff(role);
            var call = (own with { By = browser }).With("stamp", await Stage.StampOf(browser));
            var may = Rights.Of(role).Contains(route.Guard.Right.Value);
            if (may && route.Changes) continue; // that it works is seen in the tenant matrix
            var before = await stage.Mark(stage.A.Scope);
            var answer = await call.Send(route);
            if (may) answer.Status.ShouldBeOneOf(200, 404); // a colleague's link is nothing to him
            else answer.Status.ShouldBe(403, $"{role} at {name}");
            if (!may) answer.Dom.QuerySelector("h1")!.TextContent.ShouldBe("Somebody else does this here");
            if (!may || name is not ("ConsoleEvidenceFile" or "LinkSummary")) (await stage.Mark(stage.A.Scope)).ShouldBe(before, $"{role} at {name}"); // that a colleague took a file is recorded, a summary is made again
        }
    }

    [Theory]
    [MemberData(nameof(RouteNames))]
    public async Task Without_a_session_a_console_route_leads_to_the_sign_in(string name)
    {
        var route = stage.Routes.Single(r => r.Name == name);
        if (route.Guard is not { Reader: Reader.Staff }) return;
        var call = await Rows.Of(name).Own(stage);
        var before = await stage.Mark(stage.A.Scope);
        foreach (var cookie in new[] { "", "x", new string('A', 600) })
        {
            var nobody = stage.NewPlatform();
            if (cookie.Length > 0) nobody.Cookies["__Host-staff"] = cookie;
            var answer = await (call with { By = nobody }).Send(route);
            answer.Status.ShouldBe(303);
            answer.Location!.Split('?')[0].ShouldBe("/console/sign-in");
        }
        (await stage.Mark(stage.A.Scope)).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(RouteNames))]
    public async Task A_route_is_there_on_its_own_kind_of_host_only(string name)
    {
        var route = stage.Routes.Single(r => r.Name == name);
        if (route.Guard!.Reader == Reader.Machine) return;
        var call = await Rows.Of(name).Own(stage);
        var isPlatform = call.By.Origin.Contains("console.", StringComparison.Ordinal);
        string[] hosts = isPlatform ? [stage.A.Host + ".localhost", "stranger.localhost", "localhost"] : ["console.localhost", "stranger.localhost", "localhost", "127.0.0.1"];
        var before = await stage.Mark(stage.A.Scope);
        foreach (var host in hosts)
        {
            using var browser = new Browser(stage.App, host);
            foreach (var cookie in call.By.Cookies) browser.Cookies[cookie.Key] = cookie.Value;
            var answer = await (call with { By = browser }).Send(route);
            if ((name, host) == ("public home", "console.localhost")) answer.Location.ShouldBe("/console"); // the bare address of the platform leads to the console
            else answer.Fingerprint.ShouldBe((await browser.Get("/never/was")).Fingerprint, $"{name} at {host}");
        }
        (await stage.Mark(stage.A.Scope)).ShouldBe(before);
    }
}
