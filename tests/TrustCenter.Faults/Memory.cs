using System.Diagnostics.Tracing;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Diagnostics.NETCore.Client;

namespace TrustCenter.Faults;

/// <summary>What a process holds of the machine's memory, in MiB.</summary>
public static class Memory
{
    public static double Resident(int process) => Read(process, "VmRSS:");

    /// <summary>
    /// What it holds of its own, when all that nobody holds any more has been collected and given back. Without the pages of its code and other files:
    /// the system takes those from it and gives them back as other processes need room.
    /// </summary>
    public static async Task<double> Held(int process)
    {
        using (var session = await new DiagnosticsClient(process).StartEventPipeSessionAsync([new EventPipeProvider(Runtime, EventLevel.Informational, CollectNow)], requestRundown: false, circularBufferMB: 1))
        {
            var events = session.EventStream.CopyToAsync(Stream.Null);
            await Task.Delay(Collected);
            await session.StopAsync(default);
            await events;
        }
        return Read(process, "RssAnon:") + Read(process, "RssShmem:");
    }

    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const long CollectNow = 0x800000; // GCHeapCollectKeyword: whoever begins to listen has a full collection made
    private static readonly TimeSpan Collected = TimeSpan.FromSeconds(2);

    /// <summary>The most so far, or since <see cref="Forget"/>.</summary>
    public static double Peak(int process) => Read(process, "VmHWM:");

    /// <summary>The peak counts from now (proc(5), clear_refs).</summary>
    public static void Forget(int process) => File.WriteAllText($"/proc/{process}/clear_refs", "5");

    /// <summary>The largest of all processes that this one started and that have ended (getrusage(2), RUSAGE_CHILDREN).</summary>
    public static double PeakOfChildren()
    {
        var usage = new long[18];
        return GetUsage(-1, usage) == 0 ? usage[4] / 1024d : throw new InvalidOperationException("The system does not say what processes used.");
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    private static extern int GetUsage(int who, long[] usage);

    private static double Read(int process, string name)
        => double.Parse(File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
