using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Tests;
using TrustCenter.Tests.Faults;
using TrustCenter.Tests.Store;

namespace TrustCenter.Faults;

/// <summary>A reader in a room: his link, the room, a started download, his cookie.</summary>
public sealed record Guest(Guid Link, string Room, string File, string Cookie);

/// <summary>Two host processes over one PostgreSQL database, with a vendor and readers who were let in before they started.</summary>
public sealed class Cluster : IDisposable
{
    public const int LargeFile = 12 << 20; // bytes

    private readonly string database = PostgresServer.NewDatabase();
    private readonly string[] folders;
    private readonly List<HttpClient> clients = [];
    private HostProcess[] hosts = [];

    private Cluster(Stage stage) => folders = [stage.NewFolder("one"), stage.NewFolder("two")];

    public Guid Tenant { get; private set; }
    public List<Guest> Guests { get; } = [];

    internal IReadOnlyList<HostProcess> Hosts => hosts;

    /// <param name="large">How many of the first guests download the long document; the others the usual report.</param>
    public static async Task<Cluster> Settle(Stage stage, int guests, int large = 0)
    {
        var cluster = new Cluster(stage);
        await using var app = await RealApp.Start(o => (o.DataFolder, o.Demo, o.Postgres) = (cluster.folders[0], true, cluster.database));
        Directory.CreateDirectory(Path.Combine(cluster.folders[1], "keys"));
        File.Copy(Path.Combine(cluster.folders[0], "keys", "host.key"), Path.Combine(cluster.folders[1], "keys", "host.key"));
        var house = await TestHouse.Build(app, "north", "North");
        cluster.Tenant = house.Scope.Tenant;
        var longReport = Guid.NewGuid();
        if (large > 0) await LongDocument(house, longReport);
        using var rep = await house.SignIn(Role.Rep);
        for (var n = 0; n < guests; n++)
        {
            using var prospect = house.Visitor();
            var (email, document) = ($"reader{n}@acme.com", n < large ? longReport : house.Report);
            var (link, id) = await house.Share(rep, ("people", email), ("documents", document.ToString()));
            var room = await house.Enter(prospect, link, email);
            cluster.Guests.Add(new Guest(id, room, await TestHouse.Download(prospect, room, document.ToString()), string.Join("; ", prospect.Cookies.Select(c => $"{c.Key}={c.Value}"))));
        }
        return cluster;
    }

    /// <param name="more">Settings of both.</param>
    public async Task Start(params string[] more)
    {
        hosts = [.. folders.Select(f => HostProcess.StartOver(database, f, HostProcess.FreePort(), ["--demo", .. more]))];
        foreach (var host in hosts) await host.Ready(Client(host, "console.localhost"));
    }

    /// <summary>SIGKILL.</summary>
    public void Kill(int i) => hosts[i].Kill();

    /// <summary>On the same port; returns when it is ready.</summary>
    public async Task StartAgain(int i)
    {
        var port = hosts[i].Port;
        hosts[i].Dispose();
        hosts[i] = HostProcess.StartOver(database, folders[i], port, "--demo");
        await hosts[i].Ready(Client(hosts[i], "console.localhost"));
    }

    internal HttpClient Client(HostProcess host, string name)
    {
        var client = host.Client(name);
        clients.Add(client);
        return client;
    }

    public void Stop()
    {
        foreach (var host in hosts) host.Dispose();
        foreach (var client in clients) client.Dispose();
        hosts = [];
        clients.Clear();
    }

    public void Dispose()
    {
        Stop();
        PostgresServer.Drop(database);
    }

    private static async Task LongDocument(TestHouse house, Guid document)
    {
        var intake = (EvidenceIntake)house.App.Services.GetService(typeof(EvidenceIntake))!;
        using var pdf = new MemoryStream(TrustCenter.Tests.Abuse.LargePdf.Of(LargeFile));
        var taken = (IntakeResult.Taken)await intake.Take(house.Scope, new EvidenceDescription { Title = "North large report", Kind = EvidenceKind.Other, Class = EvidenceClass.UnderAgreement }, pdf, "large.pdf", false, default);
        await house.Decide(document, new UploadEvidence { Id = Guid.NewGuid(), Version = taken.Version, Files = taken.Files }, house.StaffId(Role.Editor));
        await house.Decide(document, new ApproveEvidence { Id = Guid.NewGuid(), Sha = taken.Version.File.Sha }, house.StaffId(Role.Approver));
    }
}
