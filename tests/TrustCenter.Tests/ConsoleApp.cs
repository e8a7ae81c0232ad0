using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrustCenter.Audiences;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Tests;

/// <summary>The real app on a loopback port, with two vendors and their staff.</summary>
public sealed class ConsoleApp : IAsyncLifetime
{
    /// <summary>Somebody who may write and approve, so that rules beyond the rights show.</summary>
    public const Role Both = Role.Legal;

    private readonly string folder = Directory.CreateTempSubdirectory("console-app-").FullName;
    private WebApplication app = null!;

    public Scope Vendor { get; } = new(Guid.CreateVersion7());
    public Scope Other { get; } = new(Guid.CreateVersion7());
    public int Port { get; private set; }
    public string Host => $"console.localhost:{Port}";
    public IEngine Engine => app.Services.GetRequiredService<IEngine>();
    public IStore Store => app.Services.GetRequiredService<IStore>();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder });
        builder.Logging.ClearProviders();
        builder.AddTrustCenter(o =>
        {
            o.Demo = true;
            o.DataFolder = Path.Combine(folder, "data");
            o.PackAfterSeconds = 3_600; // as in RealApp
        });
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapTrustCenter();
        await app.StartAsync();
        Port = new Uri(app.Urls.Single()).Port;
        await Seed(Vendor, "northwind", "Northwind Ledger");
        await Seed(Other, "alder", "Alder Clinic Systems");
    }

    public async Task<ConsoleVisitor> As(Role role, Scope? vendor = null)
    {
        var visitor = new ConsoleVisitor(this);
        await visitor.SignIn((vendor ?? Vendor).Tenant, role);
        return visitor;
    }

    public async Task DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task Seed(Scope scope, string host, string name)
    {
        var vendor = new Vendor
        {
            Name = name,
            Host = host,
            Tagline = "Your ledger stays yours.",
            Accent = "#1f5f5b",
            Products = ["Ledger", "Payroll", "Reports"],
            Plans = ["Team", "Business", "Enterprise"],
            Regions = ["EU", "US"],
            Languages = ["en", "de"],
            Topics = [new Topic("data", "Data protection", "How data is kept."), new Topic("access", "Access", "Who gets in.")],
            Audiences = [new Audience("reviewer", "Security reviewer", "An hour, not a month.", ["data", "access"], "Ask", "mailto:a@b.example"), new Audience("legal", "Legal and privacy", "All in full.", ["access"], "Ask", "mailto:a@b.example")],
        };
        (await Engine.Decide(scope.Id<Vendor>(TrustCenter.Tenants.Vendor.Only), new DefineVendor { Id = Guid.CreateVersion7(), Words = vendor }, Actor.System)).ShouldBeOfType<Outcome.Done>();
        await app.Services.GetRequiredService<DemoStaff>().Seed(scope);
        await Join(scope, Both, "Bea Both", [Role.Editor, Role.Approver]);
        await Join(scope, Role.Marketing, "Mark Etting", [Role.Marketing]);
    }

    private Task Join(Scope scope, Role persona, string name, Role[] roles)
        => Engine.Decide(scope.Id<StaffMember>(DemoStaff.IdOf(scope.Tenant, persona)), new SetStaffMember { Id = Guid.CreateVersion7(), Name = name, Roles = roles }, Actor.System);
}

/// <summary>A browser of a member of staff. Cookies are carried by hand: they are Secure, and loopback is plain HTTP.</summary>
public sealed class ConsoleVisitor(ConsoleApp app)
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromMinutes(3) };

    public string Cookie { get; private set; } = "";
    public string Stamp { get; private set; } = "";

    public async Task SignIn(Guid tenant, Role role)
    {
        Stamp = Page.Stamp(await Text(await Get("/console/sign-in")));
        var answer = await Post("/console/sessions", ("vendor", tenant.ToString()), ("role", role.ToString()));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        Cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Stamp = Page.Stamp(await Text(await Get("/console")));
    }

    public Task<HttpResponseMessage> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, Url(path)));

    public async Task<string> Read(string path)
    {
        var answer = await Get(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await Text(answer);
    }

    public Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields) => Post(path, Encoded([("stamp", Stamp), .. fields]));

    public Task<HttpResponseMessage> Post(string path, HttpContent content, string? origin = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Url(path)) { Content = content };
        request.Headers.TryAddWithoutValidation("Origin", origin ?? $"http://{app.Host}");
        return Send(request);
    }

    /// <summary>The form's fields, then its file, as a browser sends them.</summary>
    public Task<HttpResponseMessage> Upload(string path, HttpContent file, string name, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in new[] { ("stamp", Stamp) }.Concat(fields)) form.Add(new StringContent(value), field);
        file.Headers.TryAddWithoutValidation("Content-Type", "application/pdf");
        form.Add(file, "file", name);
        return Post(path, form);
    }

    public static FormUrlEncodedContent Encoded(IEnumerable<(string Name, string Value)> fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    public static Task<string> Text(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync();

    public Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        request.Headers.Host = app.Host;
        if (Cookie.Length > 0) request.Headers.TryAddWithoutValidation("Cookie", Cookie);
        return Client.SendAsync(request);
    }

    public Uri Url(string path) => new($"http://127.0.0.1:{app.Port}{path}");
}

/// <summary>What a test looks for on a page.</summary>
internal static class Page
{
    public static string Stamp(string html) => Value(html, "stamp");

    public static string Value(string html, string field) => Dom(html).QuerySelector($"[name='{field}']")?.GetAttribute("value") ?? throw new InvalidOperationException($"No field {field} on the page.");

    public static AngleSharp.Html.Dom.IHtmlDocument Dom(string html) => new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);

    public static string Words(string html) => string.Join(' ', Dom(html.Replace("<br", " <br")).QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The id at the end of an address, or before its last part.</summary>
    public static Guid Id(HttpResponseMessage answer) => answer.Headers.Location!.OriginalString.Split('/').Select(part => Guid.TryParse(part, out var id) ? id : Guid.Empty).Single(id => id != Guid.Empty);
}
