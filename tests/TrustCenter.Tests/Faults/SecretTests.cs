using System.Text;
using TrustCenter.Keys;
using TrustCenter.Operation;

namespace TrustCenter.Tests.Faults;

/// <summary>A real host, walked through: nothing that opens something is in what it prints, in how it was started, or in a file's name.</summary>
[Trait("Case", "T-114")]
public sealed class SecretTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trust-center-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task No_secret_is_in_its_output_its_command_line_its_file_names_or_its_health()
    {
        var secrets = new HashSet<string>();
        var said = new StringBuilder();
        using (var first = HostProcess.Start(folder, HostProcess.FreePort(), "--demo"))
        {
            using var client = first.Client();
            await first.Ready(client);
            await MakeVendor(client, secrets);
            first.Kill();
            said.Append((await first.End()).Said);
        }
        using (var second = HostProcess.Start(folder, HostProcess.FreePort(), "--demo"))
        {
            using var client = second.Client();
            await second.Ready(client);
            await Walk(second, client, secrets);
            var commandLine = await File.ReadAllTextAsync($"/proc/{second.Id}/cmdline") + await File.ReadAllTextAsync($"/proc/{second.Id}/environ");
            foreach (var secret in secrets) commandLine.ShouldNotContain(secret);
            var health = await client.GetStringAsync("/health/live") + await client.GetStringAsync("/health/ready");
            health.ShouldBe("okok");
            second.Kill();
            said.Append((await second.End()).Said);
        }
        var root = await File.ReadAllBytesAsync(Path.Combine(folder, "keys", "host.key"));
        secrets.UnionWith([Convert.ToHexString(root), Convert.ToBase64String(root), Convert.ToHexStringLower(root), Encoding.Latin1.GetString(root)]);
        said.ToString().ShouldContain("Console:"); // it did print
        secrets.Count.ShouldBeGreaterThan(12);
        foreach (var secret in secrets)
        {
            said.ToString().Contains(secret, StringComparison.Ordinal).ShouldBeFalse($"{secret} in the output");
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(f => f.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
        }
    }

    [Fact]
    public void No_key_or_password_lies_in_the_source()
    {
        string[] marks = ["-----BEGIN " + "PRIVATE KEY", "-----BEGIN RSA " + "PRIVATE KEY", "-----BEGIN EC " + "PRIVATE KEY", "AKIA" + "IOSFODNN", "xox" + "b-", "gh" + "p_", "client_" + "secret="];
        var root = SourceTree.Folder();
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or ".git" or "node_modules" or "TestResults" or "data")).ToList();
        files.Count.ShouldBeGreaterThan(300);
        files.Where(f => Path.GetExtension(f) is ".key" or ".pfx" or ".p12" or ".pem").Select(f => Path.GetRelativePath(root, f)).Except([Path.Combine("tests", "TrustCenter.Tests", "Upgrade", "release-1.host.key")]).ShouldBeEmpty(); // the key of a test's data
        files.Where(f => Path.GetExtension(f) is ".cs" or ".razor" or ".json" or ".yaml" or ".yml" or ".sh" or ".md" or ".props" or ".csproj" or ".csv")
            .Where(f => { var text = File.ReadAllText(f); return marks.Any(m => text.Contains(m, StringComparison.Ordinal)); }).Select(f => Path.GetRelativePath(root, f)).ShouldBeEmpty();
    }

    private async Task MakeVendor(HttpClient client, HashSet<string> secrets)
    {
        var name = "Ana Ito of the platform";
        var code = OperatorCode.Of(HostKeys.FromFolder(Path.Combine(folder, "keys"), mayCreate: false), name, DateTimeOffset.UtcNow);
        var @operator = await Form(client, "", "/operator/sign-in", "/operator/sessions", ("name", name), ("code", code));
        var made = await Form(client, @operator.Cookie, "/operator/tenants/new", "/operator/tenants", ("name", "Northlight"), ("host", "northlight"));
        ((int)made.Answer.StatusCode).ShouldBe(303);
        await Form(client, "", "/operator/sign-in", "/operator/sessions", ("name", name), ("code", "abcd-ef01-2345-6789"));
        secrets.UnionWith([code, @operator.Cookie.Split('=')[1], name, "abcd-ef01-2345-6789"]);
    }

    private async Task Walk(HostProcess host, HttpClient console, HashSet<string> secrets)
    {
        var page = await console.GetStringAsync("/console/sign-in");
        var tenant = Guid.Parse(Page.Value(page, "vendor"));
        var (cookie, stamp) = await HostProcess.SignIn(console, tenant, "Rep");
        var made = await Form(console, cookie, "/console/links/new", "/console/links", ("account", "Acme"), ("people", "needle@acme.com"));
        using var get = new HttpRequestMessage(HttpMethod.Get, made.Answer.Headers.Location);
        get.Headers.Add("Cookie", cookie);
        var link = new Uri(Page.Dom(await (await console.SendAsync(get)).Content.ReadAsStringAsync()).QuerySelector("#f-address")!.GetAttribute("value")!).AbsolutePath;
        using var visitor = host.Client("northlight.localhost");
        var asked = await Form(visitor, "", link, link, ("email", "needle@acme.com"));
        ((int)asked.Answer.StatusCode).ShouldBe(303);
        await Task.Delay(1_200); // the mail is kept
        var code = System.Text.RegularExpressions.Regex.Match(await console.GetStringAsync("/mailbox"), "Your code is ([0-9]{6})", System.Text.RegularExpressions.RegexOptions.NonBacktracking).Groups[1].Value;
        code.Length.ShouldBe(6);
        var room = asked.Answer.Headers.Location!.OriginalString;
        await Form(visitor, asked.Cookie, room, room + "/code-tries", ("code", "12345"));
        await Form(visitor, asked.Cookie, room, room + "/code-tries", ("code", code));
        foreach (var bad in new[] { link + "x", link + "?code=" + code, "/s/%00" + link[3..] }) await visitor.GetAsync(bad);
        using var broken = HostProcess.Post(link, visitor, asked.Cookie, [("email", "needle@acme.com")]);
        broken.Content = new StringContent("{\"email\":\"needle@acme.com\"", Encoding.UTF8, "application/json");
        await visitor.SendAsync(broken);
        secrets.UnionWith([link[3..], "needle@acme.com", $"code {code}", $"{code} is your code", cookie.Split('=')[1], asked.Cookie.Split('=')[1], stamp, $"code={code}"]);
    }

    private static async Task<(HttpResponseMessage Answer, string Cookie)> Form(HttpClient client, string cookie, string page, string action, params (string Name, string Value)[] typed)
    {
        using var get = new HttpRequestMessage(HttpMethod.Get, page);
        if (cookie.Length > 0) get.Headers.Add("Cookie", cookie);
        var dom = Page.Dom(await (await client.SendAsync(get)).Content.ReadAsStringAsync());
        var form = dom.QuerySelectorAll("form").First(f => f.GetAttribute("action")!.EndsWith(action, StringComparison.Ordinal));
        var standing = form.QuerySelectorAll("input,select,textarea").Where(i => i.GetAttribute("type") is not ("checkbox" or "file"))
            .Select(i => (Name: i.GetAttribute("name") ?? "", Value: i is AngleSharp.Html.Dom.IHtmlSelectElement select ? select.Value ?? "" : i.GetAttribute("value") ?? i.TextContent)).Where(i => i.Name.Length > 0 && typed.All(t => t.Name != i.Name));
        using var post = HostProcess.Post(action, client, cookie, [.. standing, .. typed]);
        var answer = await client.SendAsync(post);
        return (answer, answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.First().Split(';')[0] : cookie);
    }
}
