using Microsoft.Extensions.Hosting;
using TrustCenter.Store;
using TrustCenter.Telemetry;

namespace TrustCenter.Pages;

/// <summary>
/// Compiles what was published, at the latest a fifth of a second later; at the start what is missing, and after midnight UTC
/// everything whose dates say something else today.
/// </summary>
public sealed class CompileWorker(PageCompiler compiler, Packing packing, TimeProvider clock, WorkerBoard board, ILogger<CompileWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200); // of the second within which a publication is visible
    private const int Calm = 3_000; // milliseconds without a publication, before pages are packed tight: who publishes on packs them once
    private const int AfterFailure = 5_000; // milliseconds until a vendor whose pages failed is tried again; the others go on

    private readonly Dictionary<Guid, long> later = []; // by Environment.TickCount64
    private long compiled; // by Environment.TickCount64
    private DateOnly looked; // the day on which every vendor was last looked at

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait for pages
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                await CompileDue(stoppingToken);
                board.Done("pages", Pause);
                if (Environment.TickCount64 - compiled < Calm || !await packing.Next(stoppingToken)) await Task.Delay(Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (StoreException failed)
            {
                board.Failed("pages", "The work of compiling could not be read. The log says why.", Pause);
                log.LogError(failed, "The work of compiling could not be read; the next attempt follows.");
                await Task.Delay(Pause, CancellationToken.None);
            }
    }

    private async Task CompileDue(CancellationToken stop)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var due = looked == today ? await compiler.Waiting(stop) : await compiler.Due(stop);
        var isAll = true;
        foreach (var tenant in due) isAll &= await Compile(tenant, stop);
        if (isAll) looked = today;
    }

    // One vendor's broken content must not keep the others from being seen; its pages stay as they were, with their day on them.
    private async Task<bool> Compile(Guid tenant, CancellationToken stop)
    {
        if (later.TryGetValue(tenant, out var until) && Environment.TickCount64 < until) return false;
        try
        {
            await compiler.Compile(tenant, stop);
            compiled = Environment.TickCount64;
            later.Remove(tenant);
            return true;
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            log.LogError(failed, "The pages of {Tenant} could not be compiled; the next attempt follows.", tenant);
            later[tenant] = Environment.TickCount64 + AfterFailure;
            return false;
        }
    }
}
