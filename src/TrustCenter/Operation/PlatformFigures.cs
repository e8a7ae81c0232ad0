using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Pages;
using TrustCenter.Redis;
using TrustCenter.Rooms;
using TrustCenter.Store;
using TrustCenter.Telemetry;
using TrustCenter.Tenants;

namespace TrustCenter.Operation;

/// <summary>The platform in figures: counts, sizes and times, of all tenants together; a host label is the most that it says of one.</summary>
public sealed record PlatformState
{
    public required DateTimeOffset Now { get; init; }
    public required IReadOnlyList<(string Queue, long Count, DateTimeOffset? Oldest)> Queues { get; init; }
    public required IReadOnlyList<WorkerTurn> Workers { get; init; }
    public required IReadOnlyList<HeldLease>? Leases { get; init; } // null: there is one process
    public required RedisStanding Redis { get; init; }
    public required DateTimeOffset? LastCheckpoint { get; init; }
    public required IReadOnlyList<(string Host, string Log, long Unsigned, DateTimeOffset? Last)> Behind { get; init; } // logs that grew since their last checkpoint
    public required long Logs { get; init; }
    public required IReadOnlyList<BackupMade> Backups { get; init; } // newest first
    public required IReadOnlyList<(string What, string Value)> Versions { get; init; }
    public required IReadOnlyList<(string What, string Value)> Sizes { get; init; }
}

/// <param name="IsWished">One is set up.</param>
/// <param name="DownSince">Null before it was first asked, and while it answers.</param>
public sealed record RedisStanding(bool IsWished, bool IsUp, DateTimeOffset? DownSince);

public sealed class PlatformFigures(IStore store, IStoreUpkeep upkeep, IEngine engine, IStateMemory states, WorkerBoard board, RedisLink redis, SnapshotCache snapshots, VisitRecorder visits, IOptions<TrustCenterOptions> options, TimeProvider clock)
{
    private const int MostBehind = 20;

    private static readonly string[] Shown = ["Microsoft.AspNetCore", "Microsoft.AspNetCore.DataProtection", "Microsoft.AspNetCore.Server.Kestrel.Core", "Microsoft.Data.Sqlite", "Microsoft.IdentityModel.JsonWebTokens", "Markdig", "YamlDotNet", "CsvHelper", "QRCoder", "OpenTelemetry"];

    public async Task<PlatformState> Read(CancellationToken stop)
    {
        var log = await engine.Read<BackupLog>(Platform.Scope.Id<BackupLog>(BackupLog.Only), stop);
        var (queues, last, behind, logs) = await store.Query(sql => (Queues(sql), LastCheckpoint(sql), Behind(sql), sql.Number("select count(*) from (select distinct tenant, log from entries) as logs")), stop);
        return new PlatformState
        {
            Now = clock.GetUtcNow(), Queues = queues, Workers = board.Turns, Leases = store.IsShared ? await board.Leases.Held(stop) : null, Redis = new(redis.IsWished, redis.IsUp, redis.DownSince), LastCheckpoint = last, Behind = behind, Logs = logs,
            Backups = [.. (log?.Made ?? []).Reverse()], Versions = Versions(), Sizes = Sizes(),
        };
    }

    private static IReadOnlyList<(string, long, DateTimeOffset?)> Queues(Sql sql)
    {
        (string, long, DateTimeOffset?) Of(string name, string from, string time) => (name, sql.Number($"select count(*) from {from}"), sql.First($"select min({time}) from {from}", r => r.TimeOrNull(0)));
        return
        [
            Of("Mails that wait", "mails where state = 'waiting'", "utc"),
            Of("Mails that failed", "mails where state = 'failed'", "utc"),
            Of("Vendors whose pages wait", "outbox where kind = 'compile'", "utc"),
            Of("Tenants to delete", "tenancy_rows where status in ('Deleting', 'Erasing')", "changed"),
            Of("Imports to run", "import_rows where stage in ('Checking', 'Importing')", "created"),
        ];
    }

    private static DateTimeOffset? LastCheckpoint(Sql sql) => sql.First("select max(utc) from checkpoints", r => r.TimeOrNull(0));

    private static List<(string, string, long, DateTimeOffset?)> Behind(Sql sql) => sql.Query("""
        select coalesce(v.host, 'the platform'), l.log, case l.log when 'journal' then h.journal else h.publications end - coalesce(c.size, 0) as unsigned, c.utc
        from heads h cross join (select 'journal' as log union all select 'publications') l
        left join vendor_rows v on v.tenant = h.tenant
        left join (select tenant, log, max(size) as size, max(utc) as utc from checkpoints group by tenant, log) c on c.tenant = h.tenant and c.log = l.log
        where case l.log when 'journal' then h.journal else h.publications end > coalesce(c.size, 0) order by unsigned desc limit @most
        """, r => (r.Text(0), r.Text(1), r.Number(2), r.TimeOrNull(3)), ("@most", MostBehind));

    private IReadOnlyList<(string, string)> Versions()
    {
        var figures = upkeep.Figures();
        return
        [
            ("Trust center", ProductVersion.Text), ("Database", figures.Database), ("Database, migration", figures.Migration.ToString(CultureInfo.InvariantCulture)), ("Runtime", RuntimeInformation.FrameworkDescription),
            .. DeniedVersions.Loaded().Where(a => Shown.Contains(a.Name)).DistinctBy(a => a.Name).OrderBy(a => a.Name, StringComparer.Ordinal),
        ];
    }

    private IReadOnlyList<(string, string)> Sizes()
    {
        var folder = Path.GetFullPath(options.Value.DataFolder);
        var figures = upkeep.Figures();
        return
        [
            ("Database", Words.Bytes(figures.Size)), ("Its log", Words.Bytes(figures.LogSize)), ("Writes in the queue", figures.Waiting.ToString(CultureInfo.InvariantCulture)),
            ("Data folder", Words.Bytes(new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Exists ? f.Length : 0))), ("Free on its disk", Words.Bytes(new DriveInfo(folder).AvailableFreeSpace)),
            ("Compiled pages in memory", $"{Words.Bytes(snapshots.Size)} of {Words.Bytes(SnapshotCache.Most)}"), ("Pages read from the database", snapshots.Misses.ToString("#,##0", CultureInfo.InvariantCulture)),
            ("States in memory", states.Resident.ToString("#,##0", CultureInfo.InvariantCulture)), ("Views not recorded", visits.Dropped.ToString("#,##0", CultureInfo.InvariantCulture)),
            ("Memory of the process", Words.Bytes(Environment.WorkingSet)),
        ];
    }
}
