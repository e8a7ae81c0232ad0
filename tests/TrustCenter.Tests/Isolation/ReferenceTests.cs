using TrustCenter.Deals;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Tests.Isolation;

/// <summary>What a form refers to is looked for in the house of whoever sends it; who owns a request is said by host and session alone.</summary>
[Collection(StageGroup.Name)]
public sealed class ReferenceTests(Stage stage)
{
    public static TheoryData<string, string> Fields => new()
    {
        { "CreateClaim", "evidence" }, { "SaveClaim", "evidence" }, { "CreateLink", "documents" }, { "CreateLink", "deal" }, { "RecordDeal", "claim" }, { "ChangeDeal", "claim" }, { "StartDownload", "document" },
        { "AskAccess", "documents" }, { "AnswerRequest", "documents" },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    [Trait("Case", "T-072")]
    public async Task A_form_that_names_a_foreign_thing_is_refused_like_one_that_names_nothing(string name, string field)
    {
        var route = stage.Routes.Single(r => r.Name == name);
        var call = await Rows.Of(name).Own(stage);
        var (a, b) = (await stage.Mark(stage.A.Scope), await stage.Mark(stage.B.Scope));
        foreach (var (_, kind, value) in stage.Foreign.Where(f => f.Form == "id"))
        {
            var never = Guid.NewGuid().ToString();
            var foreign = await call.With(field, value).Send(route);
            var nothing = await call.With(field, never).Send(route);
            foreign.Status.ShouldBeOneOf(404, 422);
            TenantMatrixTests.Masked(foreign, value).ShouldBe(TenantMatrixTests.Masked(nothing, never), $"{name}: {kind} as {field}");
        }
        (await stage.Mark(stage.A.Scope)).ShouldBe(a);
        (await stage.Mark(stage.B.Scope)).ShouldBe(b);
    }

    [Fact]
    [Trait("Case", "T-071")]
    public async Task A_tenant_named_in_query_header_or_cookie_is_not_heard()
    {
        var tenant = stage.B.Scope.Tenant.ToString();
        await Task.Delay(2_000); // what pages show of earlier tests comes to rest: views and checkpoints, at most a second later
        var b = await stage.Mark(stage.B.Scope);
        // The operator's page and the demo's mailbox are of the moment, and of no vendor.
        foreach (var route in stage.Routes.Where(r => !r.Changes && r.Guard!.Reader != Reader.Machine && r.Name is not ("Operator" or "Mailbox")).OrderBy(r => r.Name is "Room" or "ConsoleEvidenceFile" or "api readEvidenceFile"))
        {
            var call = await Rows.Of(route.Name).Own(stage);
            var path = route.PathOf(call.Values) + call.Query;
            foreach (var name in new[] { "tenant", "vendor", "tenantId", "host" })
                await Same(call.By, path, () => call.By.Get($"{path}{(call.Query.Length > 0 ? "&" : "?")}{name}={tenant}"), $"{route.Name}?{name}");
            foreach (var header in new[] { "X-Tenant", "X-Tenant-Id", "Tenant", "X-Vendor" })
                await Same(call.By, path, () => call.By.Get(path, (header, tenant)), $"{route.Name} with {header}");
            foreach (var cookie in new[] { "tenant", "vendor", "__Host-tenant" })
                await Same(call.By, path, async () =>
                {
                    call.By.Cookies[cookie] = tenant;
                    var answer = await call.By.Get(path);
                    call.By.Cookies.Remove(cookie);
                    return answer;
                }, $"{route.Name} with cookie {cookie}");
        }
        (await stage.Mark(stage.B.Scope)).ShouldBe(b);
    }

    [Fact]
    [Trait("Case", "T-086")]
    public async Task Fields_that_the_form_does_not_have_change_nothing_and_nothing_of_the_other_vendor()
    {
        var route = stage.Routes.Single(r => r.Name == "RecordDeal");
        var call = await Rows.Of("RecordDeal").Own(stage);
        var b = await stage.Mark(stage.B.Scope);
        foreach (var (name, value) in new[] { ("tenant", stage.B.Scope.Tenant.ToString()), ("vendor", "beta"), ("tenantId", stage.B.Scope.Tenant.ToString()), ("externalKey", "K-1"), ("manager", "Eve"), ("region", "Moon"), ("createdBy", Guid.NewGuid().ToString()), ("Version", "9") })
            call.Form.Add((name, value));
        var made = await call.Send(route);
        made.Status.ShouldBe(303, made.Text);
        var deal = (await stage.App.Engine.Read<Deal>(stage.A.Scope.Id<Deal>(Guid.Parse(made.Location!.Split('/')[^1]))))!;
        (deal.Words.ExternalKey, deal.Words.Manager, deal.Words.Region, deal.Version).ShouldBe((null, "", "", 1));
        (await stage.Mark(stage.B.Scope)).ShouldBe(b);
    }

    [Fact]
    [Trait("Case", "T-075")]
    public async Task A_session_and_a_visit_of_one_vendor_open_nothing_at_the_other()
    {
        using var there = stage.B.Visitor();
        var plain = (await there.Get("/")).Fingerprint;
        var nothing = (await there.Get("/never/was")).Fingerprint;
        foreach (var cookies in new[] { (await stage.Staff(Role.Admin)).Cookies, stage.Prospect.Cookies })
        {
            foreach (var (name, value) in cookies) there.Cookies[name] = value;
            (await there.Get("/")).Fingerprint.ShouldBe(plain);
            foreach (var path in new[] { stage.RoomPath, $"{stage.RoomPath}/downloads/{stage.Access}", stage.LinkPath, "/console", "/console/links", "/console/journal", "/mailbox", $"/claims/{stage.B.RoomClaim}", $"/documents/{stage.B.Report}/versions/1" })
                (await there.Get(path)).Fingerprint.ShouldBe(nothing, path);
        }
    }

    [Theory]
    [Trait("Case", "T-073")]
    [InlineData("beta.localhost", true)]
    [InlineData("BETA.LocalHost", true)]
    [InlineData("beta.localhost:99", true)]
    [InlineData("beta.localhost.", false)]
    [InlineData("x.beta.localhost", false)]
    [InlineData("alpha.localhost.beta.localhost", false)]
    [InlineData("betа.localhost", false)] // a Cyrillic а
    [InlineData("beta.localhost@alpha.localhost", false)]
    [InlineData("localhost", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("[::1]", false)]
    [InlineData("beta", false)]
    [InlineData("stranger.localhost", false)]
    public async Task One_spelling_of_a_host_is_one_vendor_and_every_other_is_nothing(string host, bool isBeta)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(System.Net.IPAddress.Loopback, stage.App.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        answer.Split(' ')[1].ShouldBeOneOf(isBeta ? ["200"] : ["400", "404"]);
        answer.Contains("Beta Ledgers", StringComparison.Ordinal).ShouldBe(isBeta);
        answer.ShouldNotContain("Alpha Records");
    }

    // A checkpoint or a noted visit may fall between two requests: what moves by itself is read again, what a name moves is found.
    private static async Task Same(Browser by, string path, Func<Task<Answer>> named, string what)
    {
        string before = "", with = "";
        for (var time = 0; time < 10; time++)
        {
            before = TenantMatrixTests.Masked(await by.Get(path));
            with = TenantMatrixTests.Masked(await named());
            if (with == before) return;
            if (TenantMatrixTests.Masked(await by.Get(path)) == before) break;
        }
        with.ShouldBe(before, what);
    }
}
