using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrustCenter.Claims;
using TrustCenter.Keys;
using TrustCenter.Redis;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Telemetry;
using TrustCenter.Tests.Operation;
using TrustCenter.Tests.Staff;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Cluster;

/// <summary>Two hosts over one database and one Redis, which makes things quicker and counts together, and may do what it likes.</summary>
public sealed class RedisTests : IDisposable
{
    private const int Codes = 3; // of one network; twice as many wishes before Redis and memory refuse
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly byte[] Root = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly string database = PostgresServer.NewDatabase();
    private readonly RedisServer redis = new();

    public void Dispose()
    {
        redis.Dispose();
        PostgresServer.Drop(database);
    }

    private Task<RealApp> Start(Action<TrustCenterOptions>? more = null) => RealApp.Start(o =>
    {
        (o.Demo, o.Postgres, o.Redis, o.MostCodesPerNetwork) = (true, database, redis.Address, Codes);
        o.TrustedProxies.Add("127.0.0.1"); // so that a test can come from many networks
        if (!Directory.Exists(Path.Combine(o.DataFolder, "keys"))) HostKeys.Keep(Path.Combine(o.DataFolder, "keys"), Root);
        more?.Invoke(o);
    });

    [Fact]
    [Trait("Case", "T-034")]
    public async Task A_signal_alone_shows_at_the_other_process_what_one_published()
    {
        await using var here = await Start();
        await using var there = await Start(o => o.LookForChanges = TimeSpan.FromHours(1));
        var house = await TestHouse.Build(here, "north", "North");
        using var reader = house.In(there).Visitor();
        await Until(() => Up(here) && Up(there), "Redis is not found");
        (await reader.Get("/")).Text.ShouldContain("encrypts all records at rest");
        for (var turn = 1; turn <= 3; turn++) await Publishes(house, reader, turn);
    }

    [Fact]
    [Trait("Case", "T-012")]
    public async Task A_flood_at_one_process_is_refused_at_the_other_and_Redis_reads_no_address()
    {
        await using var here = await Start();
        await using var there = await Start();
        await Until(() => Up(here) && Up(there), "Redis is not found");
        for (var n = 0; n < 2 * Codes; n++) await Ask(here, "203.0.113.9");
        (await Granted(here)).ShouldBe(Codes);
        await Forget(here); // what the database counted: from here on it is Redis that refuses

        (await Ask(there, "203.0.113.9")).ShouldBe(429);
        (await Ask(there, "203.0.113.10")).ShouldBe(303);

        var keys = redis.Say("KEYS *").Split("\r\n").Where(l => l.StartsWith("trust", StringComparison.Ordinal) && !l.EndsWith(":probe", StringComparison.Ordinal)).ToList();
        keys.Count.ShouldBe(2);
        foreach (var key in keys)
        {
            key.ShouldMatch("^trust:[0-9a-f]{16}:asks:[0-9a-f]{64}$");
            int.Parse(redis.Say("PTTL " + key).Trim('\r', '\n', ':'), System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 900_000);
        }
        redis.Say("CONFIG RESETSTAT");
        using var reader = (await TestHouse.Build(here, "north", "North")).Visitor();
        for (var n = 0; n < 10; n++) (await reader.Get("/")).Status.ShouldBe(200);
        redis.Say("INFO commandstats").ShouldNotContain("cmdstat_eval");

        redis.Say("FLUSHALL");
        (await Ask(here, "203.0.113.9")).ShouldBe(429); // what memory counted
    }

    [Fact]
    [Trait("Case", "T-123")]
    [Trait("Case", "T-121")]
    public async Task Whatever_Redis_does_requests_go_on_limits_hold_and_changes_act_within_a_second()
    {
        await using var here = await Start();
        await using var there = await Start();
        var local = 0L;
        using var metrics = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Meter.Name == Signals.Name && instrument.Name == "trustcenter.limits.local") listener.EnableMeasurementEvents(instrument); } };
        metrics.SetMeasurementEventCallback<long>((_, n, _, _) => Interlocked.Add(ref local, n));
        metrics.Start();
        var house = await TestHouse.Build(here, "north", "North");
        using var rep = await house.SignIn(Role.Rep);
        using var reader = house.In(there).Visitor();
        await Until(() => Up(here) && Up(there), "Redis is not found");
        for (var n = 0; n <= 2 * Codes; n++) await Ask(here, "203.0.113.9");
        await Forget(here);
        var turn = 0;

        redis.Say("FLUSHALL");
        await Everything("emptied");
        redis.Say("EVAL \"for i = 1, 20000 do redis.call('SET', 'noise' .. i, string.rep('x', 400)) end\" 0");
        redis.Say("CONFIG SET maxmemory-policy allkeys-lru");
        redis.Say("CONFIG SET maxmemory 4mb");
        redis.Say("INFO stats").ShouldNotContain("evicted_keys:0\r\n");
        await Everything("evicting");
        await Until(() => Up(here) && Up(there), "Redis that evicts is not found");
        var (said, counted) = (Outages(here), Interlocked.Read(ref local));
        redis.Say("CONFIG SET maxmemory-policy noeviction");
        redis.Say("CONFIG SET maxmemory 1");
        await Everything("full");
        await Until(() => !Up(here) && !Up(there), "a full Redis is not seen");
        await Everything("still full");
        (Outages(here) - said).ShouldBe(1);
        redis.Say("CONFIG SET maxmemory 0");
        await Until(() => Up(here) && Up(there), "Redis has room again");

        (said, counted) = (Outages(here), Interlocked.Read(ref local));
        redis.Freeze();
        await Everything("frozen");
        await Until(() => !Up(here) && !Up(there), "the frozen Redis is not seen");
        await Everything("still frozen");
        (Outages(here) - said).ShouldBe(1);
        Interlocked.Read(ref local).ShouldBeGreaterThan(counted);
        redis.Wake();
        await Until(() => Up(here) && Up(there), "Redis woke and is not found");

        (said, counted) = (Outages(here), Interlocked.Read(ref local));
        redis.Kill();
        await Everything("killed");
        await Until(() => !Up(here) && !Up(there), "the killed Redis is not seen");
        await Everything("still gone");
        (Outages(here) - said).ShouldBe(1);
        Interlocked.Read(ref local).ShouldBeGreaterThan(counted);
        redis.Start();
        await Until(() => Up(here) && Up(there), "Redis was started again and is not found");
        await Everything("back");

        async Task Everything(string what)
        {
            turn++;
            var asked = Stopwatch.StartNew();
            (await Ask(here, "203.0.113.9")).ShouldBe(429, what);
            (await Ask(here, $"203.0.113.{20 + turn}")).ShouldBe(303, what);
            (await Ask(there, $"203.0.113.{20 + turn}")).ShouldBe(303, what);
            asked.Elapsed.ShouldBeLessThan(5 * Second, $"three people wait for a Redis that is {what}"); // each on two pages, on a busy machine; the library would wait for ever
            using var prospect = house.In(there).Visitor();
            var (link, id) = await house.Share(rep, ("domains", "acme.com"));
            prospect.Headers["X-Forwarded-For"] = $"198.51.100.{turn}";
            var room = await house.In(there).Enter(prospect, link, $"reader{turn}@acme.com");
            (await prospect.Get(room)).Status.ShouldBe(200, what);
            (await rep.Submit(await rep.Get($"/console/links/{id}"), "/revocations")).Status.ShouldBe(303, what);
            (await prospect.Get(room)).Status.ShouldNotBe(200, what);
            await Publishes(house, reader, turn);
        }
    }

    [Fact]
    [Trait("Case", "T-131")]
    public async Task The_operator_reads_who_does_which_work_and_how_Redis_is_and_nobody_its_password()
    {
        redis.Say("CONFIG SET requirepass right-word-7");
        await using var here = await Start(o => o.Redis += ",password=right-word-7");
        await using var there = await Start(o => o.Redis += ",password=wrong-word-8");
        using var ana = await OperatorDesk.SignIn(here);
        using var bo = await OperatorDesk.SignIn(there);
        await Until(async () => (await ana.Get("/operator")).Text.Contains("Redis answers"), "the password is not used");
        await Until(async () => (await bo.Get("/operator")).Text.Contains("Redis does not answer since"), "a refused password is not seen");
        foreach (var worker in new[] { "mail", "pages", "checkpoints" })
            await Until(async () => (await ana.Get("/operator")).Dom.QuerySelectorAll("#processes ~ table tr").Any(r => r.TextContent.StartsWith($"{worker}{Environment.MachineName}, process {Environment.ProcessId}, started ", StringComparison.Ordinal)), $"nobody is named for {worker}");
        (await ana.Get("/operator")).Text.ShouldContain("(this one)");
        foreach (var page in new[] { "/operator/tenants", "/operator/journal", "/operator/checkpoints.txt" }) (await ana.Get(page)).Status.ShouldBe(200, page); // over PostgreSQL as well

        foreach (var (app, text) in new[] { (here, await ana.Get("/operator")), (there, await bo.Get("/operator")) })
        {
            text.Text.ShouldNotContain("-word-");
            app.Log.Lines.ShouldNotContain(l => l.Text.Contains("-word-", StringComparison.Ordinal));
        }
        Outages(there).ShouldBe(1);
    }

    [Theory]
    [InlineData("127.0.0.1:6379", null, "without TrustCenter:Postgres there is one")]
    [InlineData("password=word-9", "Host=127.0.0.1", "TrustCenter:Redis cannot be read")]
    [InlineData("127.0.0.1:6379,no=word-9", "Host=127.0.0.1", "TrustCenter:Redis cannot be read")]
    public void A_wrong_setting_is_named_with_what_to_change(string redis, string? postgres, string says)
    {
        var answer = new TrustCenterOptionsCheck().Validate(null, new TrustCenterOptions { Redis = redis, Postgres = postgres });
        var said = answer.FailureMessage.ShouldNotBeNull();
        said.ShouldContain(says);
        said.ShouldNotContain("word-9");
    }

    private static bool Up(RealApp app) => app.Services.GetRequiredService<RedisLink>().IsUp;

    private static int Outages(RealApp app) => app.Log.Lines.Count(l => l.Level == LogLevel.Warning && l.Text.Contains("Redis does not answer", StringComparison.Ordinal));

    private static Task<long> Granted(RealApp app) => app.Services.GetRequiredService<IStore>().Query(sql => sql.Number("select count(*) from ask_rows"));

    private static Task Forget(RealApp app) => app.Services.GetRequiredService<IStore>().Write(sql => sql.Execute("delete from ask_rows"));

    // Staff's sign-in, whose address takes any e-mail: the status of the answer.
    private static async Task<int> Ask(RealApp app, string network)
    {
        using var browser = StaffWalk.Platform(app);
        browser.Headers["X-Forwarded-For"] = network;
        return (await StaffWalk.Ask(browser, $"{Guid.NewGuid():N}@acme.com")).Status;
    }

    private static async Task Publishes(TestHouse house, Browser reader, int turn)
    {
        await house.Claim(house.PublicClaim, $"North changed its words for the {turn}. time.", Visibility.Public);
        await house.App.Compiled(house.Scope);
        var waited = Stopwatch.StartNew();
        while (!(await reader.Get("/")).Text.Contains($"the {turn}. time")) waited.Elapsed.ShouldBeLessThan(5 * Second, $"the other process still shows the old words in turn {turn}"); // a second, and what a busy machine adds
    }

    private static Task Until(Func<bool> holds, string otherwise) => Until(() => Task.FromResult(holds()), otherwise);

    private static async Task Until(Func<Task<bool>> holds, string otherwise)
    {
        for (var waited = Stopwatch.StartNew(); !await holds(); await Task.Delay(20)) waited.Elapsed.ShouldBeLessThan(15 * Second, otherwise);
    }
}
