using System.IO.Compression;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Operation;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Upgrade;

/// <summary>The database of the first release, as that release left it, under today's code. Its key is for this test alone.</summary>
[Trait("Case", "T-134")]
public sealed class UpgradeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("upgrade-").FullName;

    private string Database => Path.Combine(folder, "trustcenter.db");
    private HostKeys Keys => HostKeys.FromFolder(Path.Combine(folder, "keys"), mayCreate: false);

    public UpgradeTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        File.Copy(SourceTree.Folder("tests", "TrustCenter.Tests", "Upgrade", "release-1.host.key"), Path.Combine(folder, "keys", "host.key"));
        using var from = new GZipStream(File.OpenRead(SourceTree.Folder("tests", "TrustCenter.Tests", "Upgrade", "release-1.db.gz")), CompressionMode.Decompress);
        using var to = File.Create(Database);
        from.CopyTo(to);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_release_before_opens_with_all_its_pages_and_states_and_its_journal_proves_itself()
    {
        Number("pragma user_version").ShouldBe(1);
        await using var app = await RealApp.Start(o => (o.DataFolder, o.Demo) = (folder, true));
        foreach (var (tenant, host) in await app.Services.GetRequiredService<IStore>().Query(sql => sql.Query("select tenant, host from vendor_rows", r => (r.Id(0), r.Text(1)))))
        {
            await app.Compiled(new Scope(tenant));
            using var visitor = new Browser(app, host + ".localhost");
            foreach (var path in new[] { "/", "/documents", "/updates", "/subprocessors", "/trust.json", "/check", "/for/reviewer" }) (await visitor.Get(path)).Status.ShouldBe(200, path);
            foreach (var claim in await app.Services.GetRequiredService<IStore>().Query(sql => sql.Query("select id from claim_rows where tenant = @tenant and visibility = 'Public'", r => r.Id(0), ("@tenant", tenant))))
                (await visitor.Get($"/claims/{claim}")).Status.ShouldBe(200);
            await ConsoleOpens(app, tenant);
            await JournalHolds(app, tenant);
        }
        (await Problems(app)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_file_as_it_was_is_kept_beside_it()
    {
        var before = File.ReadAllBytes(Database);
        var rows = Number("select count(*) from entries");
        await using (new SqliteStore(Database, Keys)) { }
        var copy = Directory.GetFiles(folder, "trustcenter.db.before-*").ShouldHaveSingleItem();
        Path.GetFileName(copy).ShouldBe($"trustcenter.db.before-{Number("pragma user_version"):0000}");
        using (var connection = new SqliteConnection($"Data Source={copy};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma user_version";
            Convert.ToInt32(command.ExecuteScalar()).ShouldBe(1);
            command.CommandText = "select count(*) from entries";
            Convert.ToInt64(command.ExecuteScalar()).ShouldBe(rows);
        }
        var written = File.GetLastWriteTimeUtc(copy);
        await using (new SqliteStore(Database, Keys)) { }
        File.GetLastWriteTimeUtc(copy).ShouldBe(written, "a start without a migration copies nothing");
        before.Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_file_of_a_newer_release_is_refused_in_words()
    {
        Number("pragma user_version = 9999");
        Should.Throw<StoreException>(() => new SqliteStore(Database, Keys)).Message.ShouldContain("The database has version 9999");
        Number("pragma user_version").ShouldBe(9999);
        Directory.GetFiles(folder, "trustcenter.db.before-*").ShouldBeEmpty();
    }

    [Fact]
    public void The_copy_proves_itself_before_anything_is_changed()
    {
        var report = CopyCheck.Run(Database, Keys);
        report.Problem.ShouldBeNull();
        report.Heads.Sum(h => h.Size).ShouldBeGreaterThan(40);
    }

    private static async Task ConsoleOpens(RealApp app, Guid tenant)
    {
        using var browser = new Browser(app, "console.localhost");
        var (action, fields) = Browser.FormOf(await browser.Get("/console/sign-in"), "/console/sessions", ("vendor", tenant.ToString()), ("role", nameof(Role.Rep)));
        (await browser.Post(action, [.. fields])).Status.ShouldBe(303);
        foreach (var path in new[] { "/console", "/console/claims", "/console/evidence", "/console/links", "/console/deals" }) (await browser.Get(path)).Status.ShouldBe(200, path);
        foreach (var (kind, path) in new[] { ("claim", "claims"), ("evidence", "evidence"), ("link", "links"), ("deal", "deals") })
            foreach (var id in await app.Services.GetRequiredService<IStore>().Query(sql => sql.Query("select key from states where tenant = @tenant and kind = @kind", r => r.Id(0), ("@tenant", tenant), ("@kind", kind))))
                (await browser.Get($"/console/{path}/{id}")).Status.ShouldBe(200, $"{path} {id}");
    }

    private static async Task JournalHolds(RealApp app, Guid tenant)
    {
        using var export = new MemoryStream();
        await app.Services.GetRequiredService<JournalLog>().Export(tenant, "A vendor", [JournalEntry.Journal, JournalEntry.Publications], withhold: false, export, DateTimeOffset.UtcNow, default);
        export.Position = 0;
        JournalVerifier.Verify(export).First.ShouldBeNull();
    }

    // Every stored state, read by the kind that its bytes are of.
    private static async Task<List<string>> Problems(RealApp app)
    {
        var kinds = typeof(Vendor).Assembly.GetTypes().Where(t => !t.IsAbstract && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IState<>) && i.GenericTypeArguments[0] == t));
        var problems = new List<string>();
        var read = typeof(UpgradeTests).GetMethod(nameof(ReadAll), BindingFlags.NonPublic | BindingFlags.Static)!;
        var seen = 0;
        foreach (var kind in kinds) seen += await (Task<int>)read.MakeGenericMethod(kind).Invoke(null, [app, problems])!;
        seen.ShouldBe((int)await app.Services.GetRequiredService<IStore>().Query(sql => sql.Number("select count(*) from states")));
        return problems;
    }

    private static async Task<int> ReadAll<TState>(RealApp app, List<string> problems) where TState : class, IState<TState>
    {
        var ids = await app.Services.GetRequiredService<IStore>().Query(sql => sql.Query("select tenant, key from states where kind = @kind", r => new AggregateId(r.Id(0), TState.Kind, r.Id(1)), ("@kind", TState.Kind)));
        foreach (var id in ids)
            try { (await app.Engine.Read<TState>(id)).ShouldNotBeNull(); }
            catch (StateCorruptException corrupt) { problems.Add(corrupt.Message); }
        return ids.Count;
    }

    private long Number(string text)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
