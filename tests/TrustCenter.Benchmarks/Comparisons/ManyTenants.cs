using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Pages;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Benchmarks.Comparisons;

/// <summary>Ten thousand vendors in one process, each visited, against ten.</summary>
public static class ManyTenants
{
    private const int Few = 10, Many = 10_000;

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var (data, full) = (stage.NewFolder("few"), stage.NewFolder("many"));
        await Seed1(data);
        PublicPage.Copy(data, full);
        await AddVendors(data, Few);
        var bytes = await AddVendors(full, Many);
        using var few = await Server.Host(data);
        using var many = await Server.Host(full);
        await Visit(few, Few);
        await Visit(many, Many);
        var idle = (Meter.Resident(many.Process) - Meter.Resident(few.Process) - Math.Min(bytes * (Many - Few), SnapshotCache.Most)) / (double)(Many - Few);
        var (ofFew, ofMany) = (await Script(stage, Few), await Script(stage, Many));
        var each = await Interleaved.Measure(stage.Rounds, new("few", () => Load.Run(few, "/", stage.Seconds, ofFew, null, ("Accept-Encoding", "br"))), new("many", () => Load.Run(many, "/", stage.Seconds, ofMany, null, ("Accept-Encoding", "br"))),
            new("few of many", () => Load.Run(many, "/", stage.Seconds, ofFew, null, ("Accept-Encoding", "br")))); // what more vendors cost the look-up, without what their pages cost the processor's cache
        return
        [
            Line.AtMost($"KB an idle vendor, of {Many:#,0}", 12, idle / 1024, $"beside its page of {bytes / 1024} KB in the cache"),
            Line.AtMost($"cached page with {Many:#,0}, of {Few}", 1.1, each["many"] / each["few"], $"{Table.Number(each["many"])} µs and {Table.Number(each["few"])} µs, all hosts at random"),
            Line.AtMost($"the same, asked for {Few} of them", 1.1, each["few of many"] / each["few"], $"{Table.Number(each["few of many"])} µs"),
        ];
    }

    private static async Task Seed1(string data)
    {
        await using var app = Seed.Open(data);
        var (engine, scope) = (app.Services.GetRequiredService<IEngine>(), new Scope(Guid.CreateVersion7()));
        await Seed.Must(engine.Decide(scope.Id<Vendor>(Vendor.Only), new DefineVendor { Id = Guid.CreateVersion7(), Words = new Vendor { Name = "Many", Host = "template", Topics = [new Topic("data", "Data", "")] } }, Actor.System));
        await app.Services.GetRequiredService<PageCompiler>().CompileAll(default);
    }

    // What a vendor leaves in the database: its host, its pages, and what they were made from. The bytes of its page in memory.
    private static async Task<long> AddVendors(string data, int vendors)
    {
        await using var app = Seed.Open(data);
        var store = app.Services.GetRequiredService<IStore>();
        var template = await store.Query(sql => sql.First("select tenant from vendor_rows where host = 'template'", r => r.Id(0)));
        foreach (var some in Enumerable.Range(0, vendors).Chunk(1_000))
            await store.Write(sql =>
            {
                foreach (var n in some)
                {
                    var tenant = Guid.CreateVersion7();
                    sql.Execute("insert into vendor_rows (tenant, id, host, name) values (@tenant, @tenant, @host, 'Many')", ("@tenant", tenant), ("@host", string.Create(CultureInfo.InvariantCulture, $"t{n}")));
                    sql.Execute("insert into snapshots (tenant, page, content_type, body, brotli, etag, utc) select @tenant, page, content_type, body, brotli, etag, utc from snapshots where tenant = @template and page in ('/', @made)",
                        ("@tenant", tenant), ("@template", template), ("@made", PageNames.Made));
                }
            });
        return await store.Query(sql => sql.Number("select length(body) + length(brotli) from snapshots where tenant = @template and page = '/'", ("@template", template)));
    }

    private static async Task Visit(Server server, int vendors)
    {
        using var client = new HttpClient();
        for (var n = 0; n < vendors; n++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, server.Url + "/") { Headers = { Host = string.Create(CultureInfo.InvariantCulture, $"t{n}.localhost") } };
            using var response = await client.SendAsync(request);
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
        }
    }

    private static async Task<string> Script(Stage stage, int vendors)
    {
        var file = stage[$"hosts-{vendors}.lua"];
        await File.WriteAllTextAsync(file, $$"""
            local made = {}
            function init(args) for n = 1, {{vendors}} do made[n] = wrk.format("GET", "/", { ["Host"] = "t" .. (n - 1) .. ".localhost", ["Accept-Encoding"] = "br" }) end end
            function request() return made[math.random({{vendors}})] end
            """);
        return file;
    }
}
