using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Erasures;
using TrustCenter.Evidence;
using TrustCenter.Import;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Operation;
using TrustCenter.Pages;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Telemetry;
using TrustCenter.Tenants;
using TrustCenter.Tests.Claims;
using TrustCenter.Tests.Import;

namespace TrustCenter.Tests.Cluster;

/// <summary>Something to do for one background worker. The app must run with a backup folder, and with a DNS server that does not answer.</summary>
/// <param name="Lease">How the lease begins under which it is written.</param>
/// <param name="Give">Makes something due; tells then how much of it is left.</param>
internal sealed record BackgroundWork(Type Worker, string Lease, Func<TestHouse, Task<Func<Task<long>>>> Give)
{
    public static readonly IReadOnlyList<BackgroundWork> All =
    [
        new(typeof(MailWorker), "mail", Mails), new(typeof(CheckpointWorker), "checkpoints", Growth), new(typeof(CompileWorker), "pages of ", Publication), new(typeof(SweepWorker), "left-over uploads", Remnant),
        new(typeof(ImportWorker), "imports", Import), new(typeof(ScheduleWorker), "hours of publication", Hour), new(typeof(RetentionWorker), "forgetting", Period), new(typeof(ErasureWorker), "deletion of tenants", Deletion),
        new(typeof(BackupWorker), "backup", Night), new(typeof(HostWorker), "host names", HostName),
    ];

    public override string ToString() => Worker.Name;

    /// <summary>From here on each worker has its turn when it is given one.</summary>
    public static async Task StopAll(RealApp app)
    {
        foreach (var work in All) await work.Of(app).StopAsync(default);
    }

    public Worker Of(RealApp app) => (Worker)app.Services.GetServices<IHostedService>().Single(s => s.GetType() == Worker);

    private static IStore Store(TestHouse house) => house.App.Services.GetRequiredService<IStore>();

    private static Func<Task<long>> Count(TestHouse house, string query, params (string, object?)[] values) => () => Store(house).Query(sql => sql.Number(query, [("@tenant", house.Scope.Tenant), .. values]));

    private static OutgoingMail NewMail(Guid id) => new(id, $"{id:N}@acme.example", "Something is new", "Look at it.");

    private static async Task<Func<Task<long>>> Mails(TestHouse house)
    {
        await Store(house).Commit(new Commit { Tenant = house.Scope.Tenant, Mails = [NewMail(Guid.CreateVersion7()), NewMail(Guid.CreateVersion7())] }, default);
        return Count(house, "select count(*) from mails where tenant = @tenant and state = 'waiting'");
    }

    private static async Task<Func<Task<long>>> Growth(TestHouse house)
    {
        await house.Decide(Guid.CreateVersion7(), new SetDeal { Id = Guid.CreateVersion7(), BasedOn = 0, Words = new DealWords { Account = "Acme" } });
        return Count(house, "select journal - coalesce((select max(size) from checkpoints c where c.tenant = heads.tenant and c.log = 'journal'), 0) from heads where tenant = @tenant");
    }

    private static async Task<Func<Task<long>>> Publication(TestHouse house)
    {
        await house.Claim(house.PublicClaim, $"North keeps record {Guid.NewGuid():N}.", Visibility.Public);
        return Count(house, "select count(*) from outbox where tenant = @tenant and kind = 'compile'");
    }

    private static async Task<Func<Task<long>>> Remnant(TestHouse house)
    {
        var upload = Guid.CreateVersion7();
        await Store(house).Write(sql => sql.Execute("insert into chunks (tenant, upload, n, utc, hash, bytes) values (@tenant, @upload, 0, 0, @bytes, @bytes)", ("@tenant", house.Scope.Tenant), ("@upload", upload), ("@bytes", new byte[32])));
        return Count(house, "select count(*) from chunks where tenant = @tenant and upload = @upload", ("@upload", upload));
    }

    private static async Task<Func<Task<long>>> Import(TestHouse house)
    {
        using var rep = await house.SignIn(Role.Rep);
        var import = await rep.Bring($"key,outcome\n{Guid.NewGuid():N},open\n");
        (await rep.Submit(await rep.Get($"/console/imports/{import}"), "/mappings")).Status.ShouldBe(303);
        return Count(house, "select count(*) from import_rows where tenant = @tenant and stage = 'Checking'");
    }

    private static async Task<Func<Task<long>>> Hour(TestHouse house)
    {
        var claim = await ScheduleTests.Scheduled(house.App, house, $"North opens room {Guid.NewGuid():N}.", TimeSpan.FromHours(1));
        house.App.Clock.Advance(TimeSpan.FromHours(2));
        return Count(house, "select count(*) from claim_rows where tenant = @tenant and id = @claim and publish_at is not null", ("@claim", claim));
    }

    private static async Task<Func<Task<long>>> Period(TestHouse house)
    {
        var person = PersonalRecord.Of(house.App.Services.GetRequiredService<HostKeys>(), house.Scope.Tenant, PersonalRecord.Email, $"{Guid.NewGuid():N}@acme.example");
        await Store(house).Commit(new Commit { Tenant = house.Scope.Tenant, Personal = [person] }, default);
        await Store(house).Write(sql => sql.Execute("update personal set utc = 0 where tenant = @tenant and id = @id", ("@tenant", house.Scope.Tenant), ("@id", person.Id)));
        return Count(house, "select count(*) from personal where tenant = @tenant and id = @id", ("@id", person.Id));
    }

    private static async Task<Func<Task<long>>> Deletion(TestHouse house)
    {
        var (tenant, host) = (Guid.CreateVersion7(), $"t{Guid.NewGuid():N}");
        await Store(house).Commit(new Commit { Tenant = tenant, Mails = [NewMail(Guid.CreateVersion7())] }, default);
        await house.App.Services.GetRequiredService<TenantStandings>().Decide(tenant, new DeleteTenant { Id = Guid.CreateVersion7(), Name = "Doomed", Host = host, Typed = host, Wait = TimeSpan.Zero }, Actor.System, default);
        return Count(house, "select (select count(*) from mails where tenant = @doomed) + (select count(*) from tenancy_rows where id = @doomed and status <> 'Deleted')", ("@doomed", tenant));
    }

    private static async Task<Func<Task<long>>> Night(TestHouse house)
    {
        house.App.Clock.Advance(TimeSpan.FromDays(1));
        var due = house.App.Clock.GetUtcNow();
        await Task.CompletedTask;
        return async () => await house.App.Engine.Read<BackupLog>(Platform.Scope.Id<BackupLog>(BackupLog.Only)) is { Made: [.., var last] } && last.At >= due ? 0 : 1;
    }

    private static async Task<Func<Task<long>>> HostName(TestHouse house)
    {
        var host = house.Scope.Tenant; // one is enough
        if ((await house.App.Engine.Read<HostNames>(house.Scope.Id<HostNames>(HostNames.Only)))?.Find(host) is null)
            await house.Decide(HostNames.Only, new AskHostName { Id = host, Name = $"trust.{house.Host}.example", Token = "AAAAAAAAAAAAAAAAAAAAAA", Platform = "localhost" });
        await house.Decide(HostNames.Only, new RecordHostCheck { Id = Guid.NewGuid(), Host = host, Seen = HostSeen.Found });
        house.App.Clock.Advance(TimeSpan.FromHours(25));
        return Count(house, "select count(*) from host_rows where tenant = @tenant and checked <= @before", ("@before", house.App.Clock.GetUtcNow() - TimeSpan.FromHours(1)));
    }
}
