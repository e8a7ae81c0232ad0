using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Telemetry;
using TrustCenter.Tenants;

namespace TrustCenter.Operation;

/// <summary>Makes the nightly backup, and one when the operator asks for it; removes those that are too old.</summary>
public sealed class BackupWorker(BackupRun backups, IEngine engine, WorkerBoard board, IOptions<TrustCenterOptions> options, TimeProvider clock, ILogger<BackupWorker> log)
    : Worker("backup", TimeSpan.FromMinutes(1), board, log)
{
    private const string Prefix = "trustcenter-", Ending = ".tcbackup";

    private readonly Channel<Actor> asked = Channel.CreateBounded<Actor>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Whether one is being made or waits for its turn.</summary>
    public bool IsBusy => busy || asked.Reader.Count > 0;
    private volatile bool busy;

    /// <summary>The folder must be set. A wish while one waits is that one.</summary>
    public void Ask(Actor by) => asked.Writer.TryWrite(by);

    protected override async Task Turn(CancellationToken stop)
    {
        if (options.Value.Backup.Folder is not { } folder) return;
        var by = asked.Reader.TryRead(out var wish) ? wish : await IsNightlyDue() ? Actor.System : (Actor?)null;
        if (by is { } actor) await Make(folder, actor, stop);
    }

    protected override string Says(Exception failed) => failed is BackupException ? failed.Message : base.Says(failed);

    // A wish ends the wait.
    protected override async Task Wait(TimeSpan time, CancellationToken stop)
    {
        wished ??= asked.Reader.WaitToReadAsync(stop).AsTask();
        if (await Task.WhenAny(wished, Task.Delay(time, stop)) == wished) wished = null;
        stop.ThrowIfCancellationRequested();
    }

    private Task<bool>? wished; // kept from wait to wait: each one that is given up stays registered

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
            await StillMine(stop); // what another process makes there is no remnant
            RemoveRemnants(folder);
            var name = Prefix + clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + Ending;
            var made = await backups.Run(Path.Combine(folder, name), withKey: false, by, stop);
            if (made.Problem is { } problem) Log.LogCritical("The backup was made, but the data does not prove itself: {Problem}", problem);
            await StillMine(stop);
            RemoveOld(folder);
        }
        finally { busy = false; }
    }

    private void RemoveOld(string folder)
    {
        var oldest = clock.GetUtcNow().UtcDateTime.AddDays(-options.Value.Backup.KeepDays);
        foreach (var file in Directory.GetFiles(folder, Prefix + "*" + Ending).Order(StringComparer.Ordinal).SkipLast(1))
            if (IsOurs(file, out var at) && at < oldest) File.Delete(file);
    }

    // Before the next one: what a crash left may be what fills the disk. Earlier releases made their copy here as well.
    private static void RemoveRemnants(string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var ending in new[] { ".part", ".database" })
            foreach (var file in Directory.GetFiles(folder, Prefix + "*" + Ending + ending))
                if (IsOurs(Path.ChangeExtension(file, null), out _)) File.Delete(file);
    }

    private static bool IsOurs(string file, out DateTime at)
        => DateTime.TryParseExact(Path.GetFileNameWithoutExtension(file)[Prefix.Length..], "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out at);
}
