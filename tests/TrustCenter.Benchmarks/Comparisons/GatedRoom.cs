using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Store;
using TrustCenter.Tests.Store;

namespace TrustCenter.Benchmarks.Comparisons;

/// <summary>A reader's room, asked of the gate each time, against nginx with the same bytes, against the public page, and with many links beside it.</summary>
public static class GatedRoom
{
    private const int Few = 1_000;

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var many = stage.IsLong ? 1_000_000 : 100_000;
        var data = await Seed.Northwind(stage);
        var (reader, token) = await Prepare(data);
        var full = PublicPage.Copy(data, stage.NewFolder("full"));
        using var postgres = new PostgresServer();
        var (shared, database) = (PublicPage.Copy(data, stage.NewFolder("shared")), postgres.Create());
        await Stage.Output("dotnet", Path.Combine(AppContext.BaseDirectory, "TrustCenter.Host.dll"), "move", "to-postgres", "--", $"--TrustCenter:DataFolder={shared}", $"--TrustCenter:Postgres={database}");
        await AddLinks(data, Few);
        await AddLinks(full, many);
        using var host = await Server.Host(data);
        using var overPostgres = await Server.HostOver(database, shared);
        using var crowded = await Server.Host(full);
        (string, string)[] own = [("Host", Seed.Host), ("Cookie", reader.Cookie)];
        var (room, headers, status) = await host.Get(reader.Room, own);
        if (status != 200 || (await crowded.Get(reader.Room, own)).Status != 200) throw new InvalidOperationException($"The room answers {status}.");
        using var nginx = await PublicPage.Static(stage, headers, ("room.html", room));
        Stage.Same("room", room, (await nginx.Get("/room.html")).Body);
        var page = (await host.Get("/", ("Host", Seed.Host))).Body.Length;
        if ((await overPostgres.Get(reader.Room, own)).Status != 200) throw new InvalidOperationException("The room over PostgreSQL does not answer.");

        Variant Ask(string name, Server server, string path, params (string, string)[] with) => new(name, () => Load.Run(server, path, stage.Seconds, with));
        var each = await Interleaved.Measure(stage.Rounds,
            Ask("nginx", nginx, "/room.html", own), Ask("room", host, reader.Room, own), Ask("public", host, "/", ("Host", Seed.Host)), Ask("crowded", crowded, reader.Room, own),
            new("shared", () => Load.Run(overPostgres, reader.Room, stage.Seconds, null, postgres.Process, own)),
            Ask("link", host, token, ("Host", Seed.Host)), Ask("crowded link", crowded, token, ("Host", Seed.Host)));
        return
        [
            Line.AtLeast("room, of nginx", 0.40, each["nginx"] / each["room"], $"{Table.Number(each["room"])} µs and {Table.Number(each["nginx"])} µs for {room.Length:#,0} bytes"),
            Line.AtLeast("room over PostgreSQL, of nginx", 0.15, each["nginx"] / each["shared"], $"{Table.Number(each["shared"])} µs, the database's among them"),
            Line.AtLeast("room, of the public page", 0.8, each["public"] / each["room"], $"public page {Table.Number(each["public"])} µs for {page:#,0} bytes"),
            Line.AtMost($"room at {many:#,0} links, of {Few:#,0}", 1.15, each["crowded"] / each["room"], $"{Table.Number(each["crowded"])} µs"),
            Line.AtMost($"link's page at {many:#,0} links, of {Few:#,0}", 1.15, each["crowded link"] / each["link"], $"{Table.Number(each["link"])} µs"),
        ];
    }

    private static async Task<(Reader Reader, string Link)> Prepare(string data)
    {
        await using var app = Seed.Open(data);
        var scope = await Seed.Tenant(app.Services);
        var document = await Seed.Document(app.Services, scope, 2);
        var (link, token) = await Seed.Link(app.Services, scope, needsAgreement: false, document);
        return (await Seed.Reader(app.Services, scope, link), "/s/" + token);
    }

    // Rows as links leave them; nobody opens these.
    private static async Task AddLinks(string data, int links)
    {
        await using var app = Seed.Open(data);
        var (store, scope) = (app.Services.GetRequiredService<IStore>(), await Seed.Tenant(app.Services));
        var state = new byte[600]; // bytes; about a link's
        foreach (var some in Enumerable.Range(0, links).Chunk(10_000))
            await store.Write(sql =>
            {
                foreach (var _ in some)
                {
                    var id = Guid.CreateVersion7();
                    sql.Execute("insert into link_rows (tenant, id, token_hash, account, owner, deal, created, expires, revoked) values (@tenant, @id, @hash, 'Acme', @tenant, null, 0, 0, null)",
                        ("@tenant", scope.Tenant), ("@id", id), ("@hash", System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)));
                    sql.Execute("insert into states (tenant, kind, key, etag, format, body, done, mac) values (@tenant, 'link', @id, 1, 1, @body, '', @body)", ("@tenant", scope.Tenant), ("@id", id), ("@body", state));
                }
            });
    }
}
