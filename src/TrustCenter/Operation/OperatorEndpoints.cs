using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Telemetry;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Operation;

/// <summary>The operator's plane: how the platform runs, its tenants, its own journal. Nothing that a tenant wrote is read here.</summary>
public static class OperatorEndpoints
{
    private const int PageLength = 100; // entries

    /// <summary>What the host's own commands need as well.</summary>
    public static void AddOperation(this IServiceCollection services)
    {
        services.AddSingleton<IStoreUpkeep>(provider => (IStoreUpkeep)provider.GetRequiredService<IStore>());
        services.AddSingleton(provider => new ErasureList(Path.Combine(provider.GetRequiredService<IOptions<TrustCenterOptions>>().Value.DataFolder, "erasures.jsonl")));
        services.AddSingleton<TenantStandings>();
        services.AddSingleton<BackupRun>();
        services.AddSingleton<RestoreRun>();
        services.AddSingleton<RestoredTenants>();
        services.AddSingleton<Erasure>();
        foreach (var memory in new Func<IServiceProvider, object>[] { p => p.GetRequiredService<IEngine>(), p => p.GetRequiredService<TenantStandings>(), p => p.GetRequiredService<TenantDirectory>(), p => p.GetRequiredService<TenantKeys>(), p => p.GetRequiredService<JournalLog>(), p => p.GetRequiredService<Pages.SnapshotCache>(), p => p.GetRequiredService<Pages.PageCompiler>(), p => p.GetRequiredService<Evidence.ChunkCache>() })
            services.AddSingleton(provider => (ITenantMemory)memory(provider));
    }

    /// <summary>What only serving needs.</summary>
    public static void AddOperatorPages(this IServiceCollection services)
    {
        services.AddSingleton<WorkerBoard>();
        services.AddSingleton<ITenantMemory>(provider => provider.GetRequiredService<Rooms.HeldRooms>());
        services.AddSingleton<OperatorSession>();
        services.AddSingleton<TenantList>();
        services.AddSingleton<PlatformFigures>();
        services.AddSingleton<BackupWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<BackupWorker>());
        services.AddHostedService<ErasureWorker>();
        services.AddHostedService<Gauges>();
        services.AddAuthentication().AddCookie(OperatorSession.Scheme);
        services.AddOptions<CookieAuthenticationOptions>(OperatorSession.Scheme).Configure<HostKeys>(OperatorSession.Configure);
    }

    public static void MapOperator(this RouteGroupBuilder platform)
    {
        platform.MapOperatorSignIn();
        var @operator = platform.MapGroup("/operator").For(Reader.Operator);
        @operator.AddEndpointFilter<OperatorDoor>();
        @operator.MapMethods("", ["GET", "HEAD"], Show).WithName("Operator");
        @operator.MapPost("/session-ends", End).WithName("EndOperatorSession");
        @operator.MapPost("/backups", BackUp).WithName("BackUp");
        @operator.MapMethods("/checkpoints.txt", ["GET", "HEAD"], Checkpoints).WithName("OperatorCheckpoints");
        @operator.MapMethods("/journal", ["GET", "HEAD"], Entries).WithName("OperatorJournal");
        @operator.MapPost("/journal/exports", Export).WithName("ExportOperatorJournal");
        @operator.MapTenants();
    }

    private static async Task<IResult> Show(HttpContext context, PlatformFigures figures, BackupWorker backups, IOptions<TrustCenterOptions> options) => context.OperatorPage<OperatorPage>(new()
    {
        ["State"] = await figures.Read(context.RequestAborted), ["BackupFolder"] = options.Value.Backup.Folder, ["IsBackingUp"] = backups.IsBusy,
    });

    private static async Task<IResult> End(HttpContext context, OperatorSession sessions)
    {
        await sessions.End(context, context.Operator());
        return Answers.SeeOther(context, context.Operator().Paths.OperatorSignIn);
    }

    private static IResult BackUp(HttpContext context, BackupWorker backups, IOptions<TrustCenterOptions> options)
    {
        if (options.Value.Backup.Folder is not null) backups.Ask(context.Operator().Actor); // without a folder the page says how to set one
        return Answers.SeeOther(context, context.Operator().Paths.Operator);
    }

    /// <summary>The newest checkpoint of every log, to be kept elsewhere: with it a restored backup is known to have lost nothing.</summary>
    private static async Task<IResult> Checkpoints(HttpContext context, IStore store, JournalLog journal, TimeProvider clock)
    {
        await journal.SignGrown(clock.GetUtcNow(), context.RequestAborted);
        var lines = await store.Query(sql => sql.Query("""
            select c.jws from checkpoints c join (select tenant, log, max(size) as size from checkpoints group by tenant, log) n on n.tenant = c.tenant and n.log = c.log and n.size = c.size order by c.tenant, c.log
            """, r => r.Text(0)), context.RequestAborted);
        Answers.Private(context.Response, "sandbox; default-src 'none'");
        return Results.File(Encoding.ASCII.GetBytes(string.Concat(lines.Select(l => l + "\n"))), "text/plain; charset=utf-8", "checkpoints.txt");
    }

    private static async Task<IResult> Entries(HttpContext context, IStore store, PersonalRecords personal)
    {
        var before = long.TryParse(context.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : long.MaxValue;
        var entries = await store.Query(sql => sql.Query("select body from entries where tenant = @tenant and log = @log and n < @before order by n desc limit @most",
            r => EntryEncoding.Decode(r.Bytes(0)), ("@tenant", Platform.Scope.Tenant), ("@log", JournalEntry.Journal), ("@before", before), ("@most", PageLength)), context.RequestAborted);
        var sessions = await store.Query(sql => sql.Query("select body from entries where tenant = @tenant and log = @log and what = 'operator.signed_in' order by n desc limit 1000",
            r => EntryEncoding.Decode(r.Bytes(0)), ("@tenant", Platform.Scope.Tenant), ("@log", JournalEntry.Journal)), context.RequestAborted);
        var people = sessions.DistinctBy(s => s.Actor).ToDictionary(s => s.Actor, s => Guid.Parse(s.Facts.Single(f => f.Name == "person").Value));
        var names = await personal.ReadAll(Platform.Scope, [.. people.Values], context.RequestAborted);
        return context.OperatorPage<OperatorJournalPage>(new() { ["Entries"] = entries, ["Names"] = people.ToDictionary(p => p.Key, p => names.GetValueOrDefault(p.Value, PersonalRecords.Forgotten)) });
    }

    private static async Task<IResult> Export(HttpContext context, IStore store, JournalLog journal, HostKeys keys, TimeProvider clock)
    {
        var (user, now) = (context.Operator(), clock.GetUtcNow());
        var subject = OperatorSession.Entrance;
        await store.Commit(new Commit
        {
            Tenant = Platform.Scope.Tenant,
            Entries = [.. PendingEntry.From([new Happening("journal.exported", new Fact("personal", "revealed"))], user.Actor, subject, now, keys.StateHash(subject, 0, []))],
        }, context.RequestAborted);
        Decided.Note();
        Answers.Private(context.Response, "sandbox; default-src 'none'");
        var name = $"platform-journal-{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.jsonl";
        return Results.Stream(async body => await journal.Export(Platform.Scope.Tenant, Platform.Name, [JournalEntry.Journal, JournalEntry.Publications], withhold: false, body, now, context.RequestAborted), "application/jsonl", name);
    }
}
