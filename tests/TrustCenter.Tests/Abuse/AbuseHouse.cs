using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Prospects;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Tests.Abuse;

/// <summary>One running app with two vendors, shared by the abuse cases that leave the clock alone.</summary>
public sealed class AbuseHouse : IAsyncLifetime
{
    private int guests;

    public RealApp App { get; private set; } = null!;
    public TestHouse North { get; private set; } = null!;
    public TestHouse South { get; private set; } = null!;
    public Browser Rep { get; private set; } = null!;
    public IStore Store => App.Services.GetRequiredService<IStore>();
    public HostKeys Keys => App.Services.GetRequiredService<HostKeys>();

    public async Task InitializeAsync()
    {
        App = await RealApp.Start(o => o.Demo = true);
        North = await TestHouse.Build(App, "north", "North");
        South = await TestHouse.Build(App, "south", "South");
        Rep = await North.SignIn(Role.Rep);
    }

    public async Task DisposeAsync()
    {
        Rep.Dispose();
        await App.DisposeAsync();
    }

    /// <summary>An address nobody used before: codes are limited by address.</summary>
    public string NewEmail() => $"guest{Interlocked.Increment(ref guests)}@acme.com";

    /// <summary>A link for anybody at acme.com.</summary>
    public Task<(string Path, Guid Id)> Share(params (string Name, string Value)[] more)
        => North.Share(Rep, [.. new[] { ("people", ""), ("domains", "acme.com") }.Where(s => more.All(m => m.Name != s.Item1)), .. more]);

    /// <summary>A link made by decision, so that its end is exact.</summary>
    public static async Task<(string Path, Guid Id)> ShareUntil(RealApp app, TestHouse house, DateTimeOffset end, params Guid[] documents)
    {
        var id = Guid.NewGuid();
        var token = app.Services.GetRequiredService<HostKeys>().LinkToken(house.Scope.Tenant, id, 1);
        var link = new ShareLink
        {
            Account = "Acme", Domains = ["acme.com"], Documents = documents, Expires = end, NeedsAgreement = documents.Contains(house.Report),
            Owner = Guid.Empty, Created = app.Clock.GetUtcNow(), TokenHash = ShareLink.HashOf(token),
        };
        await house.Decide(id, new CreateLink { Id = Guid.NewGuid(), Link = link, People = [], Rules = new() }, house.StaffId(Role.Rep));
        return ("/s/" + token, id);
    }

    /// <summary>Somebody in the room behind this link.</summary>
    public async Task<Guest> Enter(string link, TestHouse? house = null, string? email = null)
    {
        var (home, address) = (house ?? North, email ?? NewEmail());
        var browser = home.Visitor();
        return new Guest(browser, address, await home.Enter(browser, link, address));
    }

    public async Task<Guest> Enter() => await Enter((await Share()).Path);

    /// <summary>Returns when the revocation was acknowledged.</summary>
    public async Task Revoke(Guid link)
    {
        var page = await Rep.Get($"/console/links/{link}");
        (await Rep.Submit(page, "/revocations")).Status.ShouldBe(303);
    }

    public async Task<Visit> VisitOf(Guest guest, TestHouse? house = null) => (await App.Engine.Read<Visit>((house ?? North).Scope.Id<Visit>(guest.VisitId)))!;

    public Task<long> Count(string sql) => Store.Query(s => s.Number(sql));

    /// <summary>What the whole data says of visits: mails, journal entries, visits, touches, personal records. Views of rooms are written behind their pages, so those of earlier readers do not count here.</summary>
    public Task<(long, long, long, long, long)> Traces() => Store.Query(s => (s.Number("select count(*) from mails"), s.Number("select count(*) from entries where what <> 'room.viewed'"),
        s.Number("select count(*) from visit_rows"), s.Number("select count(*) from touch_rows where what <> 'viewed the room'"), s.Number("select count(*) from personal")));

    /// <summary>Sends these bytes on a connection of their own and reads until it ends; the Date line is dropped.</summary>
    public async Task<string> Wire(string request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, App.Port);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer);
        return string.Join("\r\n", Encoding.Latin1.GetString(answer.ToArray()).Split("\r\n").Where(line => !line.StartsWith("Date: ", StringComparison.Ordinal)));
    }

    public static string Request(string method, string path, string host, string headers = "") => string.Create(CultureInfo.InvariantCulture, $"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n");
}

/// <summary>A proven reader in his browser.</summary>
public sealed record Guest(Browser Browser, string Email, string Room)
{
    public Guid VisitId => Guid.Parse(Room.Split('/')[^1]);
    public string Cookie => string.Join("; ", Browser.Cookies.Select(c => $"{c.Key}={c.Value}"));
}

[CollectionDefinition(Name)]
public sealed class AbuseCases : ICollectionFixture<AbuseHouse>
{
    public const string Name = "abuse";
}
