using Microsoft.Extensions.Options;
using TrustCenter.Telemetry;

namespace TrustCenter.Pages;

/// <summary>
/// Compiles what was published, at the latest a fifth of a second later; at the start what is missing, and after midnight UTC
/// everything whose dates say something else today.
/// </summary>
public sealed class CompileWorker(PageCompiler compiler, Packing packing, IOptions<TrustCenterOptions> options, TimeProvider clock, WorkerBoard board, ILogger<CompileWorker> log)
    : Worker("pages", TimeSpan.FromMilliseconds(200), board, log) // of the second within which a publication is visible
{
    private const int AfterFailure = 5_000; // milliseconds until a vendor whose pages failed is tried again; the others go on

    private readonly Dictionary<Guid, long> later = []; // by Environment.TickCount64
    private long compiled = Environment.TickCount64; // by Environment.TickCount64
    private bool packed; // in the last turn
    private DateOnly looked; // the day on which every vendor was last looked at

    protected override async Task Turn(CancellationToken stop)
    {
        await CompileDue(stop);
        packed = Environment.TickCount64 - compiled >= options.Value.PackAfterSeconds * 1_000L && await packing.Next(stop);
    }

    // One page packed, the next may follow.
    protected override Task Wait(TimeSpan time, CancellationToken stop) => packed ? Task.CompletedTask : base.Wait(time, stop);

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
            Log.LogError(failed, "The pages of {Tenant} could not be compiled; the next attempt follows.", tenant);
            later[tenant] = Environment.TickCount64 + AfterFailure;
            return false;
        }
    }
}
