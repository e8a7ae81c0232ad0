using System.Net;
using System.Net.Sockets;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Deals;

/// <summary>The real app on a loopback port, with two vendors and their demo staff.</summary>
public sealed class DealsApp : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("deals-").FullName;
    private WebApplication app = null!;

    public Scope Northwind { get; } = new(Guid.CreateVersion7());
    public Scope Contoso { get; } = new(Guid.CreateVersion7());
    public Uri Address { get; private set; } = null!;
    public IEngine Engine => app.Services.GetRequiredService<IEngine>();
    public IStore Store => app.Services.GetRequiredService<IStore>();
    public IServiceProvider Services => app.Services;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddTrustCenter(o => { o.Demo = true; o.PackAfterSeconds = 3_600; o.DataFolder = folder; });
        app = builder.Build();
        app.MapTrustCenter();
        await Vendor(Northwind, "Northwind Ledger", "northwind");
        await Vendor(Contoso, "Contoso Cloud", "contoso");
        await app.StartAsync();
        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        Address = new Uri($"http://console.localhost:{port}");
    }

    private async Task Vendor(Scope scope, string name, string host)
    {
        var words = new Vendor { Name = name, Host = host, Accent = "#1f5f5b", Products = ["Ledger", "Payroll", "Reports"] };
        (await Engine.Decide(scope.Id<Vendor>(TrustCenter.Tenants.Vendor.Only), new DefineVendor { Id = Guid.CreateVersion7(), Words = words }, Actor.System)).ShouldBeOfType<Outcome.Done>();
        await app.Services.GetRequiredService<DemoStaff>().Seed(scope);
    }

    public async Task<Guid> Deal(Scope scope, DealWords words)
    {
        var deal = Guid.CreateVersion7();
        (await Engine.Decide(scope.Id<Deal>(deal), new SetDeal { Id = Guid.CreateVersion7(), Words = words, BasedOn = 0 }, Actor.System)).ShouldBeOfType<Outcome.Done>();
        return deal;
    }

    /// <summary>Many at once: their rows alone, as the decisions would write them.</summary>
    public Task Rows(Scope scope, IEnumerable<DealWords> deals)
        => Store.Commit(new Commit { Tenant = scope.Tenant, Rows = [.. deals.SelectMany(words => new Deal { Words = words, Version = 1 }.Rows(scope.Id<Deal>(Guid.CreateVersion7())))] }, CancellationToken.None);

    public async Task<Guid> Claim(Scope scope, string statement)
    {
        var claim = Guid.CreateVersion7();
        var wording = new ClaimWording { Statement = statement, Topic = "access", Status = ClaimStatus.InPlace, Owner = "Head of Security" };
        (await Engine.Decide(scope.Id<Claim>(claim), new SaveClaim { Id = Guid.CreateVersion7(), Wording = wording, BasedOnEdit = 0 }, Actor.Staff(DemoStaff.IdOf(scope.Tenant, Role.Editor)))).ShouldBeOfType<Outcome.Done>();
        return claim;
    }

    public async Task<StaffBrowser> As(Role role, Scope? scope = null)
    {
        var browser = new StaffBrowser(Address);
        await browser.SignIn((scope ?? Northwind).Tenant, role);
        return browser;
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>A browser without script: it keeps the session cookie by hand, because a client takes no Secure cookie over http.</summary>
public sealed class StaffBrowser(Uri address)
{
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectCallback = async (context, stop) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    }) { BaseAddress = address };

    public string Cookie { get; private set; } = "";

    public async Task SignIn(Guid vendor, Role role)
    {
        var stamp = (await Page("/console/sign-in")).QuerySelector("input[name=stamp]")!.GetAttribute("value")!;
        var answer = await Post("/console/sessions", new() { ["stamp"] = stamp, ["vendor"] = vendor.ToString("D"), ["role"] = role.ToString() });
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        Cookie = answer.Headers.GetValues("Set-Cookie").First().Split(';')[0];
    }

    public async Task<IDocument> Page(string path) => await Read(await Get(path));

    public Task<HttpResponseMessage> Get(string path, HttpMethod? method = null) => Send(new HttpRequestMessage(method ?? HttpMethod.Get, path));

    public Task<HttpResponseMessage> Post(string path, Dictionary<string, string> fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Origin", address.GetLeftPart(UriPartial.Authority));
        return Send(request);
    }

    /// <summary>Fills in the form of the page that posts to <paramref name="action"/>: what stands there, with <paramref name="typed"/> over it.</summary>
    public static Dictionary<string, string> Fill(IDocument page, string action, params (string Field, string Value)[] typed)
    {
        var form = page.QuerySelectorAll("form[method=post]").Single(f => f.GetAttribute("action") == action);
        var fields = form.QuerySelectorAll("input[name], textarea[name], select[name]").ToDictionary(f => f.GetAttribute("name")!, Standing);
        foreach (var (field, value) in typed) fields[field] = value;
        return fields;
    }

    public static string Standing(IElement field) => field switch
    {
        AngleSharp.Html.Dom.IHtmlSelectElement select => select.Value ?? "",
        AngleSharp.Html.Dom.IHtmlTextAreaElement area => area.Value,
        _ => field.GetAttribute("value") ?? "",
    };

    public static async Task<IDocument> Read(HttpResponseMessage answer) => new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    private Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        if (Cookie.Length > 0) request.Headers.Add("Cookie", Cookie);
        return http.SendAsync(request);
    }
}
