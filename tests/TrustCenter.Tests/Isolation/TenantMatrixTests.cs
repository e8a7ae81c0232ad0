using System.Security.Cryptography;
using System.Text.RegularExpressions;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Tests.Isolation;

/// <summary>Another vendor's id answers like one that never was: on every route of the running app, for every kind of id.</summary>
[Collection(StageGroup.Name)]
[Trait("Case", "T-070")]
public sealed partial class TenantMatrixTests(Stage stage)
{
    public static TheoryData<string> RouteNames => [.. Rows.All.Select(r => r.Route)];

    [Fact]
    public void Every_route_has_a_row_and_every_row_a_route()
    {
        var routes = stage.Routes.Select(r => r.Name).ToList();
        routes.Except(Rows.All.Select(r => r.Route)).ShouldBeEmpty("These routes have no row: write in Rows how to call them.");
        Rows.All.Select(r => r.Route).Except(routes).ShouldBeEmpty("These rows have no route any more.");
        routes.ShouldBeUnique();
    }

    [Fact]
    public void Every_route_says_whom_it_is_for() => stage.Routes.Where(r => r.Guard is null).Select(r => r.Name).ShouldBeEmpty();

    [Fact]
    public void Every_parameter_is_of_a_kind_that_the_matrix_knows()
        => stage.Routes.SelectMany(r => r.Parameters.Where(p => p is not ("from" or "to" or "version" or "path" or "language") && FormOf(r, p) is null).Select(p => $"{r.Name}: {p}")).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(RouteNames))]
    public async Task A_foreign_id_answers_like_one_that_never_was(string name)
    {
        var route = stage.Routes.Single(r => r.Name == name);
        var callers = await Callers(route);
        var before = await stage.Mark(stage.B.Scope);
        foreach (var parameter in route.Parameters.Where(p => FormOf(route, p) is not null))
            foreach (var (form, kind, value) in stage.Foreign.Where(f => f.Form == FormOf(route, parameter) && !IsNoSecret(f.Kind, route)))
                foreach (var call in callers)
                {
                    var never = Never(form, value);
                    var foreign = await call.Send(route, call.By, new Dictionary<string, string>(call.Values) { [parameter] = value });
                    var nothing = await call.Send(route, call.By, new Dictionary<string, string>(call.Values) { [parameter] = never });
                    Masked(foreign, value).ShouldBe(Masked(nothing, never), $"{name}: {kind} as {parameter}");
                }
        (await stage.Mark(stage.B.Scope)).ShouldBe(before);
    }

    [Fact]
    public async Task A_foreign_visit_with_its_own_download_answers_like_none()
    {
        var route = stage.Routes.Single(r => r.Name == "Download");
        string Foreign(string kind) => stage.Foreign.Single(f => f.Kind == kind).Value;
        var foreign = await stage.Prospect.Get(route.PathOf(new Dictionary<string, string> { ["visit"] = Foreign("visit"), ["access"] = Foreign("access") }));
        var nothing = await stage.Prospect.Get(route.PathOf(new Dictionary<string, string> { ["visit"] = Guid.NewGuid().ToString(), ["access"] = Guid.NewGuid().ToString() }));
        foreign.Status.ShouldBe(404);
        foreign.Fingerprint.ShouldBe(nothing.Fingerprint);
    }

    [Theory]
    [MemberData(nameof(RouteNames))]
    public async Task The_own_call_answers_so_that_a_refusal_means_something(string name)
    {
        var route = stage.Routes.Single(r => r.Name == name);
        var answer = await (await Rows.Of(name).Own(stage)).Send(route);
        if (name is "/{*path}" or "api nothing" or "public logo" or "public logo as PNG") answer.Status.ShouldBe(404);
        else answer.Status.ShouldBeOneOf(200, 201, 302, 303);
    }

    // Tenants are no secret to the operator; an invitation is whoever's who holds its address, at no vendor's host.
    private static bool IsNoSecret(string kind, Route route) => (kind == "tenant" && route.Guard!.Reader == Reader.Operator) || (kind == "invitation" && route.Name is "Invitation" or "AcceptInvitation");

    // A staff route is asked by everybody who has the right, each with the stamp of his own session.
    private async Task<IReadOnlyList<Call>> Callers(Route route)
    {
        var own = await Rows.Of(route.Name).Own(stage);
        if (route.Guard is not { Reader: Reader.Staff, Right: { } right }) return [own];
        var calls = new List<Call>();
        foreach (var role in Enum.GetValues<Role>().Where(r => Rights.Of(r).Contains(right)))
        {
            var browser = await stage.Staff(role);
            calls.Add((own with { By = browser }).With("stamp", await Stage.StampOf(browser)));
        }
        return calls;
    }

    private static string? FormOf(Route route, string parameter) => parameter switch
    {
        "token" or "audience" or "sha" => parameter,
        _ => route.Pattern.Contains($"{{{parameter}:guid}}", StringComparison.Ordinal) ? "id" : null,
    };

    private static string Never(string form, string like) => form switch
    {
        "id" => Guid.NewGuid().ToString(),
        "token" => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
        "sha" => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
        _ => new string('x', like.Length),
    };

    /// <summary>The answer with what must differ taken out: the id that a page echoes, and what is drawn for each answer.</summary>
    internal static string Masked(Answer answer, params string[] ids)
    {
        var text = $"{answer.Status}\n{string.Join('\n', answer.Headers.Where(h => h.Key != "Date").OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {h.Value}"))}\n\n{answer.Text}";
        foreach (var id in ids.Where(i => i.Length > 0)) text = text.Replace(id, "<id>", StringComparison.OrdinalIgnoreCase);
        return Drawn().Replace(text, "<drawn>");
    }

    // The command of a form; the time and the signature of an export; the seal of a cursor.
    [GeneratedRegex("\"next\":\"[^\"]*\"|name=\"command\" value=\"[^\"]*\"|\"exported\":[0-9]+|\\{\"seal\".*")]
    private static partial Regex Drawn();
}
