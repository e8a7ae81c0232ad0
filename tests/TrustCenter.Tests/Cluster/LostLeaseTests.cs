using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TrustCenter.Engine;
using TrustCenter.Host;
using TrustCenter.Mail;
using TrustCenter.Store;
using TrustCenter.Tests.Mail;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Cluster;

/// <summary>Another process takes a worker's lease in the middle of its turn, as after a standstill of the first: from then on the first does nothing more.</summary>
public sealed class LostLeaseTests(LostLeaseTests.World world) : IClassFixture<LostLeaseTests.World>
{
    public static TheoryData<string> Workers => [.. BackgroundWork.All.Select(w => w.ToString())];

    [Theory, MemberData(nameof(Workers))]
    [Trait("Case", "T-104")]
    public async Task Whoever_lost_his_lease_in_the_middle_of_a_turn_writes_nothing_more(string worker)
    {
        var work = BackgroundWork.All.Single(w => w.ToString() == worker);
        var left = await work.Give(world.House);
        var before = await left();
        before.ShouldBeGreaterThan(0, "the test must have something to do");

        var thief = new Thief(world.Database, work.Lease, calls: 1, writes: true);
        await thief.During(() => work.Of(world.App).TakeTurn(default));

        thief.Stolen.ShouldNotBeNull("the turn wrote nothing");
        thief.Kept.ShouldBe(0, "writes that were kept after the lease was lost");
        (await left()).ShouldBe(before);

        thief.GiveBack();
        for (var waited = Stopwatch.StartNew(); await left() > 0; await work.Of(world.App).TakeTurn(default)) waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), "it is never done");
    }

    [Fact]
    [Trait("Case", "T-104")]
    public async Task Whoever_lost_his_lease_sends_no_further_mail_and_what_he_sent_is_noted()
    {
        var work = BackgroundWork.All.Single(w => w.Worker == typeof(MailWorker));
        await using var server = new SmtpListener();
        world.App.Options.Smtp = new SmtpOptions { Host = "127.0.0.1", Port = server.Port, From = "trust@north.example", Tls = false };
        try
        {
            var left = await work.Give(world.House);
            var thief = new Thief(world.Database, work.Lease, calls: 3, writes: false); // the list, the look before the first mail, and that before the second
            await thief.During(() => work.Of(world.App).TakeTurn(default));
            thief.Stolen.ShouldNotBeNull();
            server.Heard.Count.ShouldBe(1);
            (await left()).ShouldBe(1);

            thief.GiveBack();
            for (var waited = Stopwatch.StartNew(); await left() > 0; await work.Of(world.App).TakeTurn(default)) waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), "it is never sent");
            server.Heard.Select(m => m.Header("Message-ID")).ShouldBeUnique();
            server.Heard.Count.ShouldBe(2);
        }
        finally { world.App.Options.Smtp = null; }
    }

    /// <summary>One app over PostgreSQL, whose workers stand still until they are given a turn.</summary>
    public sealed class World : IAsyncLifetime
    {
        private readonly string backups = Directory.CreateTempSubdirectory("trust-center-backups-").FullName;

        public string Database { get; } = PostgresServer.NewDatabase();
        public RealApp App { get; private set; } = null!;
        public TestHouse House { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            App = await RealApp.Start((options, prepare) => Serving.Build(["--urls", "http://127.0.0.1:0"], options, builder =>
            {
                prepare(builder);
                Prepare(builder);
            }), o => (o.Demo, o.Postgres, o.Backup.Folder, o.DnsServer) = (true, Database, backups, "127.0.0.1:9"));
            House = await TestHouse.Build(App, "north", "North");
            await BackgroundWork.StopAll(App);
        }

        public async Task DisposeAsync()
        {
            await App.DisposeAsync();
            PostgresServer.Drop(Database);
            Directory.Delete(backups, recursive: true);
        }

        // The module's own store, which a thief can stand before.
        private static void Prepare(WebApplicationBuilder builder) => ((IHostApplicationBuilder)builder).ConfigureContainer(new DefaultServiceProviderFactory(), services =>
        {
            var real = services.Last(s => s.ServiceType == typeof(IStore));
            services.Remove(real);
            services.AddSingleton<IStore>(provider => new WatchedStore((IStore)real.ImplementationFactory!(provider)));
        });
    }

    /// <summary>Takes the lease just before a call of the turn that it lies in wait for, and counts what is written under it all the same.</summary>
    /// <param name="calls">Which of the calls, from 1.</param>
    /// <param name="writes">Of those that write; otherwise of those that read.</param>
    private sealed class Thief(string database, string name, int calls, bool writes)
    {
        private static readonly AsyncLocal<Thief?> waiting = new();
        private int seen;

        public static Thief? Waiting => waiting.Value;

        public string? Stolen { get; private set; }
        public int Kept { get; private set; }

        public async Task During(Func<Task> turn)
        {
            waiting.Value = this;
            await turn();
        }

        public async Task<T> At<T>(bool isWrite, Func<Task<T>> call)
        {
            var lease = Lease.Current;
            if (Stolen is null && isWrite == writes && lease?.Name.StartsWith(name, StringComparison.Ordinal) == true && ++seen == calls) Steal(lease.Name);
            var answer = await call();
            if (isWrite && lease is not null && lease.Name == Stolen) Kept++;
            return answer;
        }

        public void GiveBack() => PostgresServer.Execute(database, $"delete from leases where name = '{Stolen}'");

        private void Steal(string lease)
        {
            PostgresServer.Execute(database, $"update leases set owner = decode('{Guid.CreateVersion7():N}', 'hex'), until = until + 60000000 where name = '{lease}'");
            Stolen = lease;
        }
    }

    private sealed class WatchedStore(IStore inner) : IStore, IStoreUpkeep, IAsyncDisposable
    {
        private IStoreUpkeep Upkeep => (IStoreUpkeep)inner;

        public bool IsShared => inner.IsShared;

        public Task<StoredState?> Read(AggregateId id, CancellationToken stop) => Do(false, () => inner.Read(id, stop));

        public Task<long> Etag(AggregateId id, CancellationToken stop) => Do(false, () => inner.Etag(id, stop));

        public Task<long> Content(Guid tenant, CancellationToken stop) => Do(false, () => inner.Content(tenant, stop));

        public Task<CommitResult> Commit(Commit commit, CancellationToken stop) => Do(true, () => inner.Commit(commit, stop));

        public Task Write(Action<Sql> write, CancellationToken stop) => Do(true, async () =>
        {
            await inner.Write(write, stop);
            return true;
        });

        public Task<T> Query<T>(Func<Sql, T> read, CancellationToken stop) => Do(false, () => inner.Query(read, stop));

        public Task CopyTo(string file, CancellationToken stop) => Upkeep.CopyTo(file, stop);

        public Task<bool> Rewrite(long largest, CancellationToken stop) => Upkeep.Rewrite(largest, stop);

        public Task<IReadOnlyList<string>> TenantTables(CancellationToken stop) => Upkeep.TenantTables(stop);

        public StoreFigures Figures() => Upkeep.Figures();

        public ValueTask DisposeAsync() => ((IAsyncDisposable)inner).DisposeAsync();

        private static Task<T> Do<T>(bool isWrite, Func<Task<T>> call) => Thief.Waiting is { } thief ? thief.At(isWrite, call) : call();
    }
}
