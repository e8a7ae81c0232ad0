using TrustCenter.Host;
using TrustCenter.Keys;
using TrustCenter.Operation;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Operation;

/// <summary>A new host key: what was sealed is sealed anew, who was signed in is not, and addresses stay.</summary>
[Trait("Case", "T-110")]
public sealed class KeyRotationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rotation-").FullName;
    private readonly StringWriter output = new(), error = new();
    private string? database;

    private string Key => Path.Combine(folder, "keys", "host.key");

    public void Dispose()
    {
        if (database is not null) PostgresServer.Drop(database);
        Directory.Delete(folder, recursive: true);
        output.Dispose();
        error.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_rotation_all_data_is_there_under_the_new_key_alone(bool isShared)
    {
        if (isShared) database = PostgresServer.NewDatabase();
        TestHouse house;
        string link, cookie;
        Guid id;
        await using (var app = await Start())
        {
            house = await TestHouse.Build(app, "north", "North");
            using var rep = await house.SignIn(Role.Rep);
            using var prospect = house.Visitor();
            (link, id) = await house.Share(rep);
            await house.Enter(prospect, link);
            cookie = rep.Cookies["__Host-staff"];
            (await Rotate()).ShouldBe(1, "a host runs");
        }
        if (isShared) PostgresServer.Execute(database!, "update leases set until = 0"); // ten seconds later

        (await Rotate()).ShouldBe(0, error.ToString());

        (await Problem(Key)).ShouldBeNull();
        var old = PutAside().ShouldHaveSingleItem();
        if (isShared) (await Should.ThrowAsync<StoreException>(() => Problem(old))).Message.ShouldContain("another host key");
        else (await Problem(old)).ShouldNotBeNull();
        await using var again = await Start();
        house = house.In(again);
        using (var signedIn = new Browser(again, "console.localhost") { Cookies = { ["__Host-staff"] = cookie } }) (await signedIn.Get("/console/deals")).Status.ShouldBe(303);
        using var anew = await house.SignIn(Role.Rep);
        var page = await anew.Get($"/console/links/{id}");
        page.Text.ShouldContain("ana@acme.com");
        page.Text.ShouldContain(link);
        using var other = house.Visitor();
        (await other.Get(await house.Enter(other, link, "bo@acme.com"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_rotation_that_broke_off_is_finished_and_nothing_starts_before_it_is()
    {
        await using (var app = await Start()) await TestHouse.Build(app, "north", "North");
        (await Rotate()).ShouldBe(0, error.ToString());
        var old = PutAside().Single();

        // After the transaction, before the new key took its place.
        File.Move(Key, Key + ".next");
        File.Move(old, Key);
        (await Should.ThrowAsync<InvalidOperationException>(Start)).Message.ShouldContain("rotate-key");
        (await Rotate()).ShouldBe(0, error.ToString());
        (await Problem(Key)).ShouldBeNull();

        // Before the transaction: the next key fits nothing.
        await File.WriteAllBytesAsync(Key + ".next", HostKeys.Rotated(await File.ReadAllBytesAsync(Key)));
        (await Rotate()).ShouldBe(0, error.ToString());
        (await Problem(Key)).ShouldBeNull();
        await using (await Start()) { }
    }

    [Fact]
    public async Task What_is_not_under_its_key_is_not_sealed_anew()
    {
        await using (var app = await Start()) await TestHouse.Build(app, "north", "North");
        await using (var store = Open(Key)) await store.Write(sql => sql.Execute("update states set body = @body where kind = 'claim'", ("@body", new byte[] { 1 })));
        var key = await File.ReadAllBytesAsync(Key);

        (await Rotate()).ShouldBe(1);

        (await File.ReadAllBytesAsync(Key)).ShouldBe(key);
        Directory.GetFiles(Path.GetDirectoryName(Key)!).ShouldHaveSingleItem();
        error.ToString().ShouldContain("Restore it from a backup");
    }

    private IEnumerable<string> PutAside() => Directory.GetFiles(Path.GetDirectoryName(Key)!).Where(file => file != Key);

    private Task<RealApp> Start() => RealApp.Start(o => (o.DataFolder, o.Demo, o.Postgres) = (folder, true, database));

    private Task<int> Rotate()
        => OperatorCommands.RotateKey(["--", $"--TrustCenter:DataFolder={folder}", .. database is null ? Array.Empty<string>() : [$"--TrustCenter:Postgres={database}"]], output, error);

    // Every seal, entry and signature.
    private async Task<string?> Problem(string key)
    {
        await using var store = Open(key);
        return await store.Query(sql => CopyCheck.Run(sql, 0, KeysOf(key)).Problem);
    }

    private GroupedStore Open(string key) => database is null ? new SqliteStore(Path.Combine(folder, "trustcenter.db"), KeysOf(key)) : new PostgresStore(database, KeysOf(key));

    private static HostKeys KeysOf(string key) => new(File.ReadAllBytes(key));
}
