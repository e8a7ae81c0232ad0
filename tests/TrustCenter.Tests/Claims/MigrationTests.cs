using System.Text;
using Microsoft.Data.Sqlite;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tests.Store;
using static TrustCenter.Tests.Claims.ClaimExamples;

namespace TrustCenter.Tests.Claims;

/// <summary>A file of the first release, brought up to date: what was published keeps its bytes and its hash.</summary>
public sealed class MigrationTests
{
    [Fact]
    [Trait("Case", "T-063")]
    public async Task A_migration_changes_no_published_version()
    {
        using var folder = new DataFolder();
        var id = new Scope(Guid.CreateVersion7()).Id<Claim>(Guid.CreateVersion7());
        var body = Encoding.UTF8.GetBytes((await File.ReadAllTextAsync(SourceTree.Folder("tests", "TrustCenter.Tests", "Golden", "claim-1.json"))).TrimEnd('\n'));
        var stored = StoredState.Sealed(DataFolder.Keys, id, 4, body, []);
        await using (var connection = new SqliteConnection($"Data Source={folder.File};Pooling=False"))
        {
            await connection.OpenAsync();
            using var sql = new Sql(connection);
            sql.Execute(await File.ReadAllTextAsync(SourceTree.Folder("src", "TrustCenter", "Store", "Migrations", "0001.sql")));
            sql.Execute("pragma user_version = 1");
            sql.Execute("insert into states (tenant, kind, key, etag, format, body, done, mac) values (@tenant, @kind, @key, 4, 1, @body, @done, @mac)",
                ("@tenant", id.Tenant), ("@kind", id.Kind), ("@key", id.Key), ("@body", body), ("@done", stored.Done), ("@mac", stored.Mac));
            sql.Execute("insert into claim_rows (tenant, id, statement, topic, status, visibility, owner, version, stage, changed) values (@tenant, @id, 'x', 'data', 'Partly', 'Room', 'x', 2, 'Returned', 0)", ("@tenant", id.Tenant), ("@id", id.Key));
        }
        await using var store = folder.Open();
        (await store.Read(id, default))!.Body.ShouldBe(body);
        var engine = new InProcessEngine(store, DataFolder.Keys, TimeProvider.System);
        var before = (await engine.Read<Claim>(id))!.Published.Select(v => v.Hash).ToList();
        (await engine.Decide(id, Save("Written after the upgrade.", 7), Ada)).ShouldBeOfType<Outcome.Done>();
        (await engine.Read<Claim>(id))!.Published.Select(v => v.Hash).ShouldBe(before);
        (await store.Query(sql => sql.Number("select count(*) from claim_rows where publish_at is null"))).ShouldBe(1);
    }
}
