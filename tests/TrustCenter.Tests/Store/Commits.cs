using System.Text;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Store;

namespace TrustCenter.Tests.Store;

/// <summary>Commits as an engine makes them, and what a reader finds of them.</summary>
internal static class Commits
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static AggregateId NewId(Guid tenant) => new(tenant, "deal", Guid.CreateVersion7());

    /// <summary>Writes a state over version <paramref name="expected"/>, with one journal entry.</summary>
    public static Commit Of(AggregateId id, long expected = 0, string body = "{}") => new()
    {
        Tenant = id.Tenant,
        State = new StateWrite(id, expected, StoredState.Sealed(DataFolder.Keys, id, expected + 1, Encoding.UTF8.GetBytes(body), [])),
        Entries = [Entry(JournalEntry.Journal)],
    };

    public static PendingEntry Entry(string log, string fact = "1")
        => new(log, Noon, Actor.System, "deal.changed", "deal:1", [new Fact("version", fact)], [], new byte[32]);

    public static ViewRow StaffRow(Guid id, string name) => new("staff_rows", id, ("name", name), ("roles", "Editor"), ("active", true));

    /// <summary>The host is unique over all tenants, so that a second one breaks a constraint.</summary>
    public static ViewRow VendorRow(string host) => new("vendor_rows", Guid.CreateVersion7(), ("host", host), ("name", host));

    public static OutgoingMail Mail(Guid id, string subject = "Your code") => new(id, "ada@example.com", subject, "123456");

    public static PersonalRecord Person(Guid tenant) => PersonalRecord.Of(DataFolder.Keys, tenant, PersonalRecord.Email, "ada@example.com");

    public static Task<CommitResult> Commit(this IStore store, Commit commit) => store.Commit(commit, CancellationToken.None);

    public static Task<StoredState?> Read(this IStore store, AggregateId id) => store.Read(id, CancellationToken.None);

    public static Task<long> Count(this IStore store, string table, Guid tenant)
        => store.Query(sql => sql.Number($"select count(*) from {table} where tenant = @tenant", ("@tenant", tenant)));

    public static Task<Head?> Head(this IStore store, Guid tenant)
        => store.Query(sql => sql.First("select journal, publications from heads where tenant = @tenant", r => new Head(r.Number(0), r.Number(1)), ("@tenant", tenant)));

    /// <summary>Holds the writer until the answer is disposed: what arrives meanwhile shares one transaction.</summary>
    public static async Task<HeldWriter> HoldWriter(this IStore store)
    {
        var held = new HeldWriter();
        held.Written = store.Write(_ => held.Wait());
        await held.Entered;
        return held;
    }
}

internal sealed record Head(long Journal, long Publications);

internal sealed class HeldWriter : IAsyncDisposable
{
    private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim release = new();

    public Task Entered => entered.Task;

    public Task Written { get; set; } = Task.CompletedTask;

    public void Wait()
    {
        entered.SetResult();
        release.Wait();
    }

    public async ValueTask DisposeAsync()
    {
        release.Set();
        await Written;
        release.Dispose();
    }
}
