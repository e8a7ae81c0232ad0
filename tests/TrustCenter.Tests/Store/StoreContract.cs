using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Tests.Store;

/// <summary>What every store does. A database joins by deriving from this.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    private readonly Guid tenant = Guid.CreateVersion7();

    private IStore store = null!;

    /// <summary>Opens the store over the same data each time.</summary>
    protected abstract Task<IStore> Open();

    protected abstract Task Close(IStore opened);

    public virtual async Task InitializeAsync() => store = await Open();

    public virtual Task DisposeAsync() => Close(store);

    private async Task Reopen()
    {
        await Close(store);
        store = await Open();
    }

    [Fact]
    [Trait("Case", "T-096")]
    public async Task An_acknowledged_commit_is_still_there_after_reopening()
    {
        var id = Commits.NewId(tenant);
        var person = Commits.Person(tenant);
        var commit = Commits.Of(id, body: """{"Version":1}""") with { Mails = [Commits.Mail(Guid.CreateVersion7())], Personal = [person], Rows = [Commits.StaffRow(id.Key, "Ada")], Compile = true };

        (await store.Commit(commit)).ShouldBe(new CommitResult.Committed(1, 0));
        await Reopen();

        var stored = (await store.Read(id)).ShouldNotBeNull();
        stored.Etag.ShouldBe(1);
        stored.Body.ShouldBe("""{"Version":1}"""u8.ToArray());
        foreach (var table in new[] { "entries", "mails", "personal", "staff_rows", "outbox" }) (await store.Count(table, tenant)).ShouldBe(1, table);
    }

    [Fact]
    public async Task A_state_that_was_never_written_is_null() => (await store.Read(Commits.NewId(tenant))).ShouldBeNull();

    [Theory]
    [InlineData(0)] // believes that nothing is there
    [InlineData(2)] // believes in a version that never was
    [Trait("Case", "T-090")]
    public async Task A_commit_over_another_version_is_a_conflict_and_keeps_nothing(long expected)
    {
        var id = Commits.NewId(tenant);
        await store.Commit(Commits.Of(id, body: "first"));
        var late = Commits.Of(id, expected, "second") with
        {
            Entries = [Commits.Entry(JournalEntry.Journal), Commits.Entry(JournalEntry.Publications)],
            Rows = [Commits.StaffRow(id.Key, "Eve")],
            Mails = [Commits.Mail(Guid.CreateVersion7())],
            Personal = [Commits.Person(tenant)],
            Snapshots = [Page("/", "x")],
            Compile = true,
        };

        (await store.Commit(late)).ShouldBeOfType<CommitResult.Conflict>();

        (await store.Read(id))!.Body.ShouldBe("first"u8.ToArray());
        (await store.Head(tenant)).ShouldBe(new Head(1, 0));
        (await store.Count("entries", tenant)).ShouldBe(1);
        foreach (var table in new[] { "staff_rows", "mails", "personal", "snapshots", "outbox" }) (await store.Count(table, tenant)).ShouldBe(0, table);
    }

    [Fact]
    public async Task A_conflict_of_a_new_tenant_leaves_no_head()
    {
        (await store.Commit(Commits.Of(Commits.NewId(tenant), expected: 3))).ShouldBeOfType<CommitResult.Conflict>();

        (await store.Head(tenant)).ShouldBeNull();
    }

    [Fact]
    public async Task A_view_row_is_replaced_by_its_id_and_removed_when_it_is_gone()
    {
        var row = Guid.CreateVersion7();
        await store.Commit(new Commit { Tenant = tenant, Rows = [Commits.StaffRow(row, "Ada")] });
        await store.Commit(new Commit { Tenant = tenant, Rows = [Commits.StaffRow(row, "Ada Lovelace")] });
        (await Names()).ShouldBe(["Ada Lovelace"]);

        await store.Commit(new Commit { Tenant = tenant, Rows = [new ViewRow("staff_rows", row) { Gone = true }] });
        (await Names()).ShouldBeEmpty();
    }

    /// <summary>PostgreSQL keeps no NUL in text: both databases show a sign in its place.</summary>
    [Fact]
    public async Task A_NUL_in_a_rows_text_is_replaced()
    {
        await store.Commit(new Commit { Tenant = tenant, Rows = [Commits.StaffRow(Guid.CreateVersion7(), "Ada\0Lovelace")] });
        (await Names()).ShouldBe(["Ada\uFFFDLovelace"]);
    }

    [Fact]
    [Trait("Case", "T-071")]
    public async Task The_same_row_id_in_two_tenants_is_two_rows()
    {
        var (row, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await store.Commit(new Commit { Tenant = tenant, Rows = [Commits.StaffRow(row, "Ada")] });
        await store.Commit(new Commit { Tenant = other, Rows = [Commits.StaffRow(row, "Eve")] });
        await store.Commit(new Commit { Tenant = other, Rows = [new ViewRow("staff_rows", row) { Gone = true }] });

        (await Names()).ShouldBe(["Ada"]);
    }

    [Fact]
    public async Task A_forgotten_personal_record_is_gone_and_its_neighbour_stays()
    {
        var (forgotten, stays) = (Commits.Person(tenant), Commits.Person(tenant));
        await store.Commit(new Commit { Tenant = tenant, Personal = [forgotten, stays] });

        await store.Commit(new Commit { Tenant = tenant, Forget = [forgotten.Id] });

        (await store.Query(sql => sql.Query("select id from personal where tenant = @tenant", r => r.Id(0), ("@tenant", tenant)))).ShouldBe([stays.Id]);
    }

    [Fact]
    public async Task A_personal_value_lies_sealed_and_opens_with_the_hosts_key()
    {
        var person = Commits.Person(tenant);
        await store.Commit(new Commit { Tenant = tenant, Personal = [person] });

        var (key, value) = await store.Query(sql => sql.First("select sealed_key, sealed_value from personal where tenant = @tenant", r => (r.Bytes(0), r.Bytes(1)), ("@tenant", tenant)));

        key.AsSpan().IndexOf(person.Key).ShouldBe(-1);
        value.AsSpan().IndexOf("ada@"u8).ShouldBe(-1);
        HostKeys.Open(DataFolder.Keys.Open(key), value).ShouldBe("ada@example.com"u8.ToArray());
    }

    [Fact]
    [Trait("Case", "T-104")]
    public async Task A_mail_with_the_same_id_is_queued_once_and_stays_the_first()
    {
        var mail = Guid.CreateVersion7();
        await store.Commit(new Commit { Tenant = tenant, Mails = [Commits.Mail(mail, "first")] });
        await store.Commit(new Commit { Tenant = tenant, Mails = [Commits.Mail(mail, "second")] });

        var queued = await store.Query(sql => sql.Query("select sealed from mails where tenant = @tenant", r => DataFolder.Keys.Open(r.Bytes(0)), ("@tenant", tenant)));
        queued.ShouldHaveSingleItem();
        TrustCenter.Mail.MailContent.Read(queued[0]).Subject.ShouldBe("first");
    }

    [Fact]
    public async Task A_snapshot_is_replaced_by_its_page_and_removed_when_it_is_gone()
    {
        await store.Commit(new Commit { Tenant = tenant, Snapshots = [Page("/", "old"), Page("/claims", "stays")] });
        await store.Commit(new Commit { Tenant = tenant, Snapshots = [Page("/", "new")] });
        (await ETags()).ShouldBe(["\"new\"", "\"stays\""]);

        await store.Commit(new Commit { Tenant = tenant, Snapshots = [Page("/", "") with { Gone = true }] });
        (await ETags()).ShouldBe(["\"stays\""]);
    }

    private static StoredSnapshot Page(string path, string etag) => new(path, "text/html", [1], [2], $"\"{etag}\"", Commits.Noon);

    private Task<List<string>> ETags()
        => store.Query(sql => sql.Query("select etag from snapshots where tenant = @tenant order by page", r => r.Text(0), ("@tenant", tenant)));

    private Task<List<string>> Names()
        => store.Query(sql => sql.Query("select name from staff_rows where tenant = @tenant", r => r.Text(0), ("@tenant", tenant)));
}
