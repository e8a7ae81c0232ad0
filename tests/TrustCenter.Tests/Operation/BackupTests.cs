using System.IO.Compression;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Api;
using TrustCenter.Engine;
using TrustCenter.Host;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Operation;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Tests.Staff;

namespace TrustCenter.Tests.Operation;

/// <summary>What is backed up comes back whole, and what was revoked or forgotten since does not come back with it.</summary>
[Trait("Case", "T-133")]
public sealed class BackupTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("backups-").FullName;
    private RealApp app = null!;
    private TestHouse house = null!;

    private string File => Path.Combine(folder, "one.tcbackup");
    private string Restored => Path.Combine(folder, "restored");
    private string Key => Path.Combine(app.Folder, "keys", "host.key");

    public async Task InitializeAsync()
    {
        app = await RealApp.Start(o => o.Demo = true);
        house = await TestHouse.Build(app, "north", "North");
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Everything_comes_back_as_it_was()
    {
        using var rep = await house.SignIn(Role.Rep);
        using var prospect = house.Visitor();
        await house.Enter(prospect, (await house.Share(rep)).Path);
        await Task.Delay(1_000); // views and mails are written by then
        var before = await Everything(app.Services.GetRequiredService<IStore>());
        await BackUp();

        await Restore("--key", Key);
        await using var store = new SqliteStore(Path.Combine(Restored, "trustcenter.db"), HostKeys.FromFolder(Path.Combine(Restored, "keys"), mayCreate: false));
        var after = await Everything(store);
        before.Count.ShouldBeGreaterThan(70);
        before.Except(after).ShouldBeEmpty();
        (await store.Query(sql => sql.Query("select what from entries where tenant = @tenant and log = 'journal' order by n desc limit 1", r => r.Text(0), ("@tenant", house.Scope.Tenant)))).ShouldBe(["links.suspended"]);
        using var export = new MemoryStream();
        await new JournalLog(store, HostKeys.FromFolder(Path.Combine(Restored, "keys"), false), new TenantKeys(store, HostKeys.FromFolder(Path.Combine(Restored, "keys"), false))).Export(house.Scope.Tenant, "North", [JournalEntry.Journal, JournalEntry.Publications], withhold: false, export, DateTimeOffset.UtcNow, default);
        export.Position = 0;
        JournalVerifier.Verify(export).First.ShouldBeNull();
    }

    [Fact, Trait("Case", "T-123")]
    public async Task A_link_revoked_after_the_backup_stays_closed_and_others_open_when_they_are_approved()
    {
        using var rep = await house.SignIn(Role.Rep);
        using var prospect = house.Visitor();
        var ((bad, badId), (good, goodId), (third, _)) = (await house.Share(rep), await house.Share(rep), await house.Share(rep));
        var room = await house.Enter(prospect, bad);
        await BackUp();
        (await rep.Submit(await rep.Get($"/console/links/{badId}"), "/revocations")).Status.ShouldBe(303);

        var said = await Restore("--key", Key);
        said.ShouldContain("north: all 3 share links are closed until a manager or admin there approves them again.");
        await using var second = await RealApp.Start(o => (o.DataFolder, o.Demo) = (Restored, true));
        var again = house.In(second);
        using var visitor = again.Visitor();
        foreach (var (name, value) in prospect.Cookies) visitor.Cookies[name] = value;
        var nothing = (await visitor.Get("/s/AAAAAAAAAAAAAAAAAAAAAA")).Fingerprint;
        foreach (var path in new[] { bad, good, third, room }) (await visitor.Get(path)).Fingerprint.ShouldBe(nothing, path);

        using var admin = await again.SignIn(Role.Admin);
        using var other = await again.SignIn(Role.Rep);
        (await other.Get("/console/links")).Text.ShouldContain("A manager or an admin approves them again.");
        (await other.Get("/console/link-approvals")).Status.ShouldBe(403);
        var page = await admin.Get("/console/link-approvals");
        page.Dom.QuerySelectorAll("form[action$='/approvals']").Length.ShouldBe(3);
        (await admin.Submit(page, $"/console/links/{goodId}/approvals")).Location.ShouldBe("/console/link-approvals");
        (await visitor.Get(good)).Status.ShouldBe(200);
        (await visitor.Get(bad)).Fingerprint.ShouldBe(nothing);
        (await visitor.Get(room)).Fingerprint.ShouldBe(nothing);
        var (fresh, _) = await again.Share(other);
        (await visitor.Get(fresh)).Status.ShouldBe(200, "a link made after the restore needs no approval");
        (await admin.Submit(await admin.Get("/console/link-approvals"), "/console/link-approvals")).Status.ShouldBe(303);
        (await visitor.Get(third)).Status.ShouldBe(200);
    }

    [Fact, Trait("Case", "T-123")]
    public async Task Only_the_newest_checkpoint_kept_elsewhere_keeps_the_links_and_a_later_one_says_what_is_lost()
    {
        using var rep = await house.SignIn(Role.Rep);
        var (link, id) = await house.Share(rep);
        var (early, exact, late) = (Path.Combine(folder, "early.txt"), Path.Combine(folder, "exact.txt"), Path.Combine(folder, "late.txt"));
        using var ana = await OperatorDesk.SignIn(app);
        await System.IO.File.WriteAllTextAsync(early, (await ana.Get("/operator/checkpoints.txt")).Text);
        var (second, _) = await house.Share(rep);
        await BackUp();
        await System.IO.File.WriteAllTextAsync(exact, (await ana.Get("/operator/checkpoints.txt")).Text);
        (await rep.Submit(await rep.Get($"/console/links/{id}"), "/revocations")).Status.ShouldBe(303);
        await Task.Delay(1_500); // signed within a second
        await System.IO.File.WriteAllTextAsync(late, (await ana.Get("/operator/checkpoints.txt")).Text);

        foreach (var (checkpoints, isOpen, words) in new[] { (new[] { early }, false, "is older than the backup"), ([exact, late], false, "of the journal came after this backup and"), ([early, exact], true, "north: the newest checkpoint given is the end of the restored journal") })
        {
            if (Directory.Exists(Restored)) Directory.Delete(Restored, recursive: true);
            (await Restore(["--key", Key, .. checkpoints.SelectMany(c => new[] { "--checkpoint", c })])).ShouldContain(words);
            await using var restored = await RealApp.Start(o => (o.DataFolder, o.Demo) = (Restored, true));
            (await house.In(restored).Visitor().Get(link)).Status.ShouldBe(isOpen ? 200 : 404, words);
            (await house.In(restored).Visitor().Get(second)).Status.ShouldBe(isOpen ? 200 : 404, words);
        }
    }

    [Fact, Trait("Case", "T-123")]
    public async Task A_restore_that_breaks_off_leaves_the_folder_as_it_was_or_keeps_the_host_from_starting()
    {
        await BackUp();
        var wish = new RestoreWish(File, Key, [], Replace: false);
        await Should.ThrowAsync<IOException>(new RestoreFiles(Restored, TimeProvider.System).Run(wish, TextWriter.Null, (_, _) => throw new IOException("The plug was pulled.")));
        Directory.GetFileSystemEntries(Restored).Select(Path.GetFileName).ShouldBe(["trustcenter.db.lock"], "unpacked and not finished: nothing of it is in place");

        Directory.CreateDirectory(Path.Combine(Restored, "trustcenter.db")); // in the way of the last step
        (await Said([File, "--key", Key])).Code.ShouldBe(1);
        Directory.Delete(Path.Combine(Restored, "trustcenter.db"));
        (await Should.ThrowAsync<StoreException>(RealApp.Start(o => (o.DataFolder, o.Demo) = (Restored, true)))).Message.ShouldContain("Run the restore again, with --replace.");
        await Restore("--replace");
        await using var restored = await RealApp.Start(o => (o.DataFolder, o.Demo) = (Restored, true));
    }

    [Fact]
    public async Task The_key_inside_a_backup_counts_only_where_no_other_is_known()
    {
        var foreign = Path.Combine(folder, "foreign.tcbackup");
        await app.Services.GetRequiredService<BackupRun>().Run(foreign, withKey: true, Actor.System, default);
        (await Said([foreign])).Said.ShouldContain($"The key is the one in the backup, named {app.Services.GetRequiredService<HostKeys>().Name}");
        Directory.Delete(Restored, recursive: true);
        HostKeys.Keep(Path.Combine(Restored, "keys"), new byte[32]);
        await Refused(foreign, "The host’s key in", "--replace");
        await Refused(foreign, "is not the one that this backup was made under", "--replace", "--key", Path.Combine(Restored, "keys", "host.key"));
        (await Said([foreign, "--key", Key])).Code.ShouldBe(0, "who names the right key means it");
        Directory.GetFiles(Path.Combine(Restored, "keys"), "host.key.before-restore-*").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Keys_and_sessions_that_may_have_been_ended_since_the_backup_are_over_and_who_can_sign_in_is_said()
    {
        await using var real = await RealApp.Start();
        using var ada = (await StaffWalk.SetUp(real)).Browser;
        var scope = new Scope(await real.Services.GetRequiredService<IStore>().Query(sql => sql.First("select tenant from vendor_rows", r => r.Id(0))));
        using var bo = (await StaffWalk.Hire(real, ada, "bo@northwind.example", Role.Rep)).Browser;
        var key = Guid.NewGuid();
        (await real.Engine.Decide(scope.Id<ApiKey>(key), new MakeApiKey { Id = key, Held = ApiScopes.All, Key = new ApiKey { Name = "crm", Scopes = [Right.ReadDeals], Expires = real.Clock.GetUtcNow().AddDays(30), TokenHash = Convert.ToHexStringLower(new byte[32]) } }, Actor.System)).ShouldBeOfType<Outcome.Done>();
        await real.Services.GetRequiredService<BackupRun>().Run(File, withKey: true, Actor.System, default);

        var said = await Restore();
        said.ShouldContain("northwind: API keys ended: 1. Make new ones.");
        said.ShouldContain("northwind: Ada Admin can sign in: editor, admin.");
        said.ShouldContain($"northwind: Bo Builder can sign in: {StaffWords.Of(Role.Rep)}.");
        await using var restored = await RealApp.Start(o => o.DataFolder = Restored);
        (await restored.Engine.Read<ApiKey>(scope.Id<ApiKey>(key)))!.Revoked.ShouldNotBeNull();
        foreach (var browser in new[] { ada, bo })
        {
            (await browser.Get("/console")).Status.ShouldBe(200);
            using var again = StaffWalk.Platform(restored);
            foreach (var (name, value) in browser.Cookies) again.Cookies[name] = value;
            (await again.Get("/console")).Status.ShouldBe(303);
        }
    }

    [Fact]
    public async Task Mail_that_waited_in_the_backup_does_not_leave_again_and_what_was_forgotten_stays_forgotten()
    {
        using var rep = await house.SignIn(Role.Rep);
        await house.Share(rep);
        var store = app.Services.GetRequiredService<IStore>();
        var person = await store.Query(sql => sql.First("select id from personal where tenant = @tenant", r => r.Id(0), ("@tenant", house.Scope.Tenant)));
        await store.Write(sql => sql.Execute("update mails set state = 'waiting', due = 9e15"));
        await store.Commit(new Commit { Tenant = house.Scope.Tenant, Mails = [new TrustCenter.Mail.OutgoingMail(Guid.NewGuid(), "ana@acme.com", "Once", "Once.")] }, default);
        await store.Write(sql => sql.Execute("update mails set state = 'waiting', due = 9000000000000000"));
        await BackUp();
        Directory.CreateDirectory(Restored);
        new ErasureList(Path.Combine(Restored, "erasures.jsonl")).Append(DateTimeOffset.UtcNow, (house.Scope.Tenant, person, false), (Guid.NewGuid(), Guid.NewGuid(), false));
        await System.IO.File.AppendAllTextAsync(Path.Combine(Restored, "erasures.jsonl"), "{\"tenant\":\"half");

        (await Restore("--key", Key)).ShouldContain("Personal records forgotten since the backup are forgotten again: 1.");
        var keys = HostKeys.FromFolder(Path.Combine(Restored, "keys"), mayCreate: false);
        await using var restored = new SqliteStore(Path.Combine(Restored, "trustcenter.db"), keys);
        (await restored.Query(sql => sql.Number("select count(*) from mails where state = 'waiting'"))).ShouldBe(0);
        (await restored.Query(sql => sql.Number("select count(*) from personal where id = @id", ("@id", person)))).ShouldBe(0);
        using var export = new MemoryStream();
        await new JournalLog(restored, keys, new TenantKeys(restored, keys)).Export(house.Scope.Tenant, "North", [JournalEntry.Journal], withhold: false, export, DateTimeOffset.UtcNow, default);
        export.Position = 0;
        JournalVerifier.Verify(export).First.ShouldBeNull("forgetting again is an entry, so the proof holds");
    }

    [Fact]
    public async Task A_tenant_deleted_after_the_backup_is_deleted_again()
    {
        await BackUp();
        Directory.CreateDirectory(Restored);
        new ErasureList(Path.Combine(Restored, "erasures.jsonl")).Append(DateTimeOffset.UtcNow, (house.Scope.Tenant, null, false));
        (await Restore("--key", Key)).ShouldContain("The tenant north was deleted since the backup");
        await using var second = await RealApp.Start(o => (o.DataFolder, o.Demo) = (Restored, true));
        for (var tries = 0; tries < 200 && (await new Browser(second, "north.localhost").Get("/")).Status != 404; tries++) await Task.Delay(50);
        (await new Browser(second, "north.localhost").Get("/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_key_is_inside_only_when_it_was_asked_for()
    {
        await BackUp();
        Names(File).ShouldBe(["manifest.json", "manifest.mac", "trustcenter.db"], ignoreOrder: true);
        var full = Path.Combine(folder, "full.tcbackup");
        await app.Services.GetRequiredService<BackupRun>().Run(full, withKey: true, Actor.System, default);
        Names(full).ShouldContain("host.key");
        if (!OperatingSystem.IsWindows()) System.IO.File.GetUnixFileMode(full).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await Said([full])).Code.ShouldBe(0);
        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["one.tcbackup", "full.tcbackup"], ignoreOrder: true); // nothing half made lies beside
    }

    [Fact]
    public async Task A_backup_that_cannot_be_used_says_why_and_leaves_the_folder_as_it_was()
    {
        await BackUp();
        var (bytes, other) = (await System.IO.File.ReadAllBytesAsync(File), Path.Combine(folder, "other.key"));
        await System.IO.File.WriteAllBytesAsync(other, new byte[32]);
        await Refused(File, "is neither in it nor in");
        await Refused(File, "is not the one that this backup was made under", "--key", other);
        await Refused(File, "There is no checkpoint file", "--key", Key, "--checkpoint", Path.Combine(folder, "typo.txt"));
        await Refused(Copy(bytes[..(bytes.Length / 2)]), "is not a backup, or it is damaged", "--key", Key);
        await Refused(Copy([1, 2, 3]), "is not a backup, or it is damaged", "--key", Key);
        await Refused(Path.Combine(folder, "none"), "Could not find file", "--key", Key);
        await Refused(Changed("manifest.json", b => System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(b).Replace("\"size\": ", "\"size\": 1", StringComparison.Ordinal))), "manifest was changed", "--key", Key);
        await Refused(Changed("trustcenter.db", b => [.. b[..^1], (byte)(b[^1] ^ 1)]), "its hash differs", "--key", Key);

        Directory.CreateDirectory(Restored);
        await System.IO.File.WriteAllTextAsync(Path.Combine(Restored, "trustcenter.db"), "mine");
        await Refused(File, "Say --replace to put it aside", "--key", Key);
        (await System.IO.File.ReadAllTextAsync(Path.Combine(Restored, "trustcenter.db"))).ShouldBe("mine");
        (await Said([File, "--key", Key, "--replace"])).Code.ShouldBe(0);
        Directory.GetFiles(Restored, "trustcenter.db.before-restore-*").ShouldHaveSingleItem();
        (await Said([])).Code.ShouldBe(2);
        (await Said([File, "--what"])).Code.ShouldBe(2);
    }

    [Fact, Trait("Case", "T-132")]
    public async Task A_backup_of_changed_data_says_so_and_is_not_restored()
    {
        await app.Services.GetRequiredService<IStore>().Write(sql => sql.Execute("update entries set actor = actor, body = cast(replace(cast(body as text), 'claim', 'clAim') as blob) where what = 'claim.published' and log = 'journal'"));
        var made = await app.Services.GetRequiredService<BackupRun>().Run(File, withKey: false, Actor.System, default);
        made.Problem.ShouldNotBeNull().ShouldContain("is missing or changed");
        await Refused(File, "does not prove itself", "--key", Key);
    }

    [Fact]
    public async Task A_running_host_is_not_backed_up_or_restored_over_by_a_command()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        (await OperatorCommands.Backup([File, "--", "--TrustCenter:DataFolder", app.Folder], output, error)).ShouldBe(1);
        error.ToString().ShouldContain("Another process uses");
        await BackUp();
        (await OperatorCommands.Restore([File, "--replace", "--", "--TrustCenter:DataFolder", app.Folder], output, error)).ShouldBe(1);
        error.ToString().ShouldContain("Stop it first.");
    }

    [Fact]
    public async Task The_command_backs_up_what_no_host_uses()
    {
        await BackUp();
        await Restore("--key", Key);
        var (output, error, file) = (new StringWriter(), new StringWriter(), Path.Combine(folder, "two.tcbackup"));
        (await OperatorCommands.Backup([file, "--", "--TrustCenter:DataFolder", Restored], output, error)).ShouldBe(0, error.ToString());
        output.ToString().ShouldContain("The host's key is not in it.");
        (await OperatorCommands.Backup([file, "--", "--TrustCenter:DataFolder", Restored], output, error)).ShouldBe(1);
        error.ToString().ShouldContain("is there already");
        (await OperatorCommands.Backup([file + "3", "--", "--TrustCenter:DataFolder", Path.Combine(folder, "empty")], output, error)).ShouldBe(1);
        error.ToString().ShouldContain("There is no database in");
    }

    [Fact]
    public async Task A_backup_is_made_every_night_and_when_the_operator_asks_and_old_ones_leave()
    {
        var nightly = Path.Combine(folder, "nightly");
        Directory.CreateDirectory(nightly);
        var old = Path.Combine(nightly, $"trustcenter-{DateTime.UtcNow.AddDays(-20):yyyyMMdd-HHmmss}.tcbackup");
        var (young, foreign) = (Path.Combine(nightly, $"trustcenter-{DateTime.UtcNow.AddDays(-2):yyyyMMdd-HHmmss}.tcbackup"), Path.Combine(nightly, "notes.txt"));
        var remnants = new[] { young + ".part", young + ".database" };
        foreach (var file in (string[])[old, young, foreign, .. remnants]) await System.IO.File.WriteAllTextAsync(file, "");
        await using var host = await RealApp.Start(o => (o.Backup.Folder, o.Demo) = (nightly, true));
        await Until(() => Directory.GetFiles(nightly, "trustcenter-*").Length == 2 && !System.IO.File.Exists(old));
        remnants.ShouldAllBe(r => !System.IO.File.Exists(r));
        System.IO.File.Exists(young).ShouldBeTrue();
        System.IO.File.Exists(foreign).ShouldBeTrue();

        using var ana = await OperatorDesk.SignIn(host);
        await Task.Delay(1_100); // file names are to the second
        (await ana.Submit(await ana.Get("/operator"), "/operator/backups")).Status.ShouldBe(303);
        await Until(() => Directory.GetFiles(nightly, "trustcenter-*").Length == 3);
        await Until(() => (ana.Get("/operator").GetAwaiter().GetResult()).Dom.QuerySelectorAll("#backups ~ table tbody tr").Length == 2);
        (await host.Services.GetRequiredService<IStore>().Query(sql => sql.Query("select actor from entries where tenant = @tenant and what = 'backup.made' order by n", r => r.Text(0), ("@tenant", Platform.Scope.Tenant))))
            .Select(a => a.Split(':')[0]).ShouldBe(["system", "operator"]);
    }

    private static async Task Until(Func<bool> holds)
    {
        for (var tries = 0; tries < 400 && !holds(); tries++) await Task.Delay(50);
        holds().ShouldBeTrue();
    }

    private Task<BackupMade> BackUp() => app.Services.GetRequiredService<BackupRun>().Run(File, withKey: false, Actor.System, default);

    private async Task<string> Restore(params string[] more)
    {
        var (code, said) = await Said([File, .. more]);
        code.ShouldBe(0, said);
        return said;
    }

    private async Task<(int Code, string Said)> Said(string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await OperatorCommands.Restore([.. args, "--", "--TrustCenter:DataFolder", Restored], output, error);
        return (code, output.ToString() + error);
    }

    private async Task Refused(string file, string why, params string[] more)
    {
        var before = Directory.Exists(Restored) ? Directory.GetFiles(Restored, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)).ToList() : [];
        var (code, said) = await Said([file, .. more]);
        code.ShouldBe(1, said);
        said.ShouldContain(why);
        said.ShouldNotContain("   at ");
        Directory.GetFiles(Restored, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)).ShouldBe(before);
    }

    private string Copy(byte[] bytes)
    {
        var file = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        System.IO.File.WriteAllBytes(file, bytes);
        return file;
    }

    private string Changed(string name, Func<byte[], byte[]> change)
    {
        var copy = Copy(System.IO.File.ReadAllBytes(File));
        using var zip = ZipFile.Open(copy, ZipArchiveMode.Update);
        using var bytes = new MemoryStream();
        using (var from = zip.GetEntry(name)!.Open()) from.CopyTo(bytes);
        zip.GetEntry(name)!.Delete();
        using var to = zip.CreateEntry(name).Open();
        to.Write(change(bytes.ToArray()));
        return copy;
    }

    private static List<string> Names(string file)
    {
        using var zip = ZipFile.OpenRead(file);
        return [.. zip.Entries.Select(e => e.FullName)];
    }

    // Every claim, file, grant, revocation and entry, by content. What the platform and a start write of themselves is left out.
    private Task<List<string>> Everything(IStore store) => store.Query(sql => new[]
    {
        "select 'state ' || kind || hex(key) || hex(body) from states where tenant = @tenant", "select 'entry ' || log || n || hex(body) from entries where tenant = @tenant",
        "select 'chunk ' || hex(upload) || n || hex(hash) || length(bytes) from chunks where tenant = @tenant", "select 'file ' || hex(sha) || hex(upload) from blobs where tenant = @tenant",
        "select 'link ' || hex(id) || hex(token_hash) || coalesce(revoked, '') from link_rows where tenant = @tenant", "select 'person ' || hex(id) || hex(sealed_value) from personal where tenant = @tenant",
        "select 'signed ' || log || size || jws from checkpoints where tenant = @tenant", "select 'key ' || purpose || hex(sealed) from tenant_keys where tenant = @tenant", "select 'page ' || page || etag from snapshots where tenant = @tenant",
    }.SelectMany(text => sql.Query(text, r => r.Text(0), ("@tenant", house.Scope.Tenant))).ToList());
}
