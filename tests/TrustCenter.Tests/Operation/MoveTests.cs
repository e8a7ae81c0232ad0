using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Host;
using TrustCenter.Import;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Operation;

/// <summary>Everything goes to the other database and back, and is the same there.</summary>
public sealed class MoveTests : IDisposable
{
    private static readonly string[] Samples = ["northwind", "alder"];

    private readonly string folder = Directory.CreateTempSubdirectory("moves-").FullName;
    private readonly string database = PostgresServer.EmptyDatabase();
    private readonly StringWriter output = new(), error = new();

    private string Here => Path.Combine(folder, "here");
    private string Back => Path.Combine(folder, "back");

    public void Dispose()
    {
        PostgresServer.Drop(database);
        Directory.Delete(folder, recursive: true);
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task A_house_goes_to_PostgreSQL_and_back_and_proves_the_same_in_both()
    {
        await GoesAndComesBack([await BuildHouse()]);
    }

    [Fact]
    public async Task The_sample_vendors_go_to_PostgreSQL_and_back_and_prove_the_same_in_both()
    {
        await using (var app = await RealApp.Start(o => o.Demo = true))
        {
            foreach (var sample in Samples) (await app.Services.GetRequiredService<ImportCommand>().Run([SourceTree.Folder("samples", sample), "--publish-as", "Amir Haddad"], output, error, default)).ShouldBe(0, error.ToString());
            await Keep(app);
        }
        List<Guid> tenants;
        await using (var store = new SqliteStore(Path.Combine(Here, "trustcenter.db"), Key)) tenants = await store.Query(sql => sql.Query("select tenant from vendor_rows", r => r.Id(0)));
        tenants.Count.ShouldBe(Samples.Length);
        await GoesAndComesBack(tenants);
    }

    private async Task GoesAndComesBack(IReadOnlyList<Guid> tenants)
    {
        (await Move("to-postgres", Here)).ShouldBe(0, error.ToString());
        output.ToString().ShouldContain("are the same in both");
        foreach (var tenant in tenants) output.ToString().ShouldContain($"{tenant:D} journal");
        File.Exists(Path.Combine(Here, "trustcenter.db")).ShouldBeFalse("the old database could be started by mistake");
        await using (var postgres = new PostgresStore(database, Key))
            foreach (var tenant in tenants) await Verify(postgres, tenant);

        CopyKey(Here, Back);
        (await Move("to-sqlite", Back)).ShouldBe(0, error.ToString());
        await using var store = new SqliteStore(Path.Combine(Back, "trustcenter.db"), Key);
        foreach (var tenant in tenants) await Verify(store, tenant);
        await using var old = new SqliteStore(Path.Combine(Here, "trustcenter.db.moved"), Key);
        (await DigestOf(store)).ShouldBe(await DigestOf(old));
    }

    [Fact]
    public async Task What_does_not_prove_itself_is_not_moved()
    {
        var tenant = await BuildHouse();
        await using (var store = new SqliteStore(Path.Combine(Here, "trustcenter.db"), Key))
            await store.Write(sql => sql.Execute("update entries set body = @body where tenant = @tenant and log = 'journal' and n = 3", ("@body", new byte[] { 1, 2, 3 }), ("@tenant", tenant)));

        (await Move("to-postgres", Here)).ShouldBe(1);

        output.ToString().ShouldContain("was not moved");
        File.Exists(Path.Combine(Here, "trustcenter.db")).ShouldBeTrue();
        await using var postgres = new PostgresStore(database, Key);
        (await postgres.Query(sql => sql.Number("select count(*) from states") + sql.Number("select count(*) from entries"))).ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_is_moved_over_something_or_from_under_a_host()
    {
        await BuildHouse();
        await using (var postgres = new PostgresStore(database, Key))
        {
            await postgres.Commit(Commits.Of(Commits.NewId(Guid.CreateVersion7())));
            (await Move("to-postgres", Here)).ShouldBe(1);
            error.ToString().ShouldContain("holds something already");

            await postgres.Write(sql => new Lease("mail", Guid.CreateVersion7()).Take(sql, TimeSpan.FromMinutes(1)));
        }
        CopyKey(Here, Back);
        (await Move("to-sqlite", Back)).ShouldBe(1);
        error.ToString().ShouldContain("A host works on the database");
    }

    private HostKeys Key => HostKeys.FromFolder(Path.Combine(Here, "keys"), mayCreate: false);

    private async Task<Guid> BuildHouse()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "north", "North");
        using var rep = await house.SignIn(Role.Rep);
        using var prospect = house.Visitor();
        await house.Enter(prospect, (await house.Share(rep)).Path);
        await Keep(app);
        return house.Scope.Tenant;
    }

    private async Task Keep(RealApp app)
    {
        CopyKey(app.Folder, Here);
        await app.Services.GetRequiredService<JournalLog>().SignGrown(DateTimeOffset.UtcNow, default); // verifying it later adds nothing
        await app.Services.GetRequiredService<IStoreUpkeep>().CopyTo(Path.Combine(Here, "trustcenter.db"), default);
    }

    private Task<int> Move(string where, string data) => OperatorCommands.Move([where, "--", $"--TrustCenter:DataFolder={data}", $"--TrustCenter:Postgres={database}"], output, error);

    private static void CopyKey(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(to, "keys"));
        File.Copy(Path.Combine(from, "keys", "host.key"), Path.Combine(to, "keys", "host.key"));
    }

    private static Task<IReadOnlyList<TableDigest>> DigestOf(IStore store) => store.Query(sql => TableCopy.Digest(sql, TableCopy.Tables(sql)));

    private async Task Verify(IStore store, Guid tenant)
    {
        using var export = new MemoryStream();
        await new JournalLog(store, Key, new TenantKeys(store, Key)).Export(tenant, "North", [JournalEntry.Journal, JournalEntry.Publications], withhold: false, export, DateTimeOffset.UtcNow, default);
        export.Position = 0;
        JournalVerifier.Verify(export).First.ShouldBeNull();
    }
}
