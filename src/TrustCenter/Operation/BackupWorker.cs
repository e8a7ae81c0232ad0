using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Telemetry;
using TrustCenter.Tenants;

namespace TrustCenter.Operation;

/// <summary>Makes the nightly backup, and one when the operator asks for it; removes those that are too old.</summary>
public sealed class BackupWorker(BackupRun backups, IEngine engine, WorkerBoard board, IOptions<TrustCenterOptions> options, TimeProvider clock, ILogger<BackupWorker> log) : BackgroundService
{
    private const string Name = "backup", Prefix = "trustcenter-", Ending = ".tcbackup";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Channel<Actor> asked = Channel.CreateBounded<Actor>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Whether one is being made or waits for its turn.</summary>
    public bool IsBusy => busy || asked.Reader.Count > 0;
    private volatile bool busy;

    /// <summary>The folder must be set. A wish while one waits is that one.</summary>
    public void Ask(Actor by) => asked.Writer.TryWrite(by);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Backup.Folder is not { } folder) return;
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                var by = asked.Reader.TryRead(out var wish) ? wish : await IsNightlyDue() ? Actor.System : (Actor?)null;
                if (by is { } actor) await Make(folder, actor, stoppingToken);
                board.Done(Name, Pause);
                await Task.WhenAny(asked.Reader.WaitToReadAsync(stoppingToken).AsTask(), Task.Delay(Pause, stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception failed) when (failed is BackupException or StoreException or IOException)
            {
                board.Failed(Name, failed is BackupException ? failed.Message : "No backup could be made. The log says why.", Pause);
                log.LogError(failed, "No backup could be made; the next attempt follows.");
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    // Due when none was made since the last time that it was this hour: a host that slept over it catches up.
    private async Task<bool> IsNightlyDue()
    {
        var now = clock.GetUtcNow();
        var at = new DateTimeOffset(now.Year, now.Month, now.Day, options.Value.Backup.Hour, 0, 0, TimeSpan.Zero);
        if (at > now) at = at.AddDays(-1);
        var log = await engine.Read<BackupLog>(Platform.Scope.Id<BackupLog>(BackupLog.Only));
        return log is not { Made: [.., var last] } || last.At < at;
    }

    private async Task Make(string folder, Actor by, CancellationToken stop)
    {
        busy = true;
        try
        {
            var name = Prefix + clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + Ending;
            var made = await backups.Run(Path.Combine(folder, name), withKey: false, by, stop);
            if (made.Problem is { } problem) log.LogCritical("The backup was made, but the data does not prove itself: {Problem}", problem);
            RemoveOld(folder);
        }
        finally { busy = false; }
    }

    private void RemoveOld(string folder)
    {
        var oldest = clock.GetUtcNow().UtcDateTime.AddDays(-options.Value.Backup.KeepDays);
        foreach (var file in Directory.GetFiles(folder, Prefix + "*" + Ending).Order(StringComparer.Ordinal).SkipLast(1))
            if (DateTime.TryParseExact(Path.GetFileNameWithoutExtension(file)[Prefix.Length..], "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at < oldest) File.Delete(file);
    }
}
