using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace TrustCenter.Faults;

/// <summary>A <see cref="Writer"/> in a process of its own, which dies without a word when it is told to.</summary>
public sealed class WriterProcess : IDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<Ack> acknowledged;
    private readonly StringBuilder errors = new();
    private long count;

    /// <param name="acknowledged">Where the lines of its output go.</param>
    /// <param name="under">A program that runs it, with that program's arguments.</param>
    public WriterProcess(string[] args, ConcurrentQueue<Ack> acknowledged, params string[] under)
    {
        this.acknowledged = acknowledged;
        string[] command = [.. under, "dotnet", Path.Combine(AppContext.BaseDirectory, "TrustCenter.Faults.dll"), "write", .. args];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_TieredPGO"] = "0"; // a faster start
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public long Count => Interlocked.Read(ref count);

    /// <summary>Returns when it said this many, or throws with what it said instead.</summary>
    public async Task Acknowledged(long many)
    {
        for (var waited = Stopwatch.StartNew(); Count < many; await Task.Delay(2))
            if (process.HasExited || waited.Elapsed > TimeSpan.FromSeconds(60)) throw new InvalidOperationException($"The writer acknowledges nothing. {errors}");
    }

    public bool IsAlive => !process.HasExited;

    /// <summary>SIGKILL: no handler runs, nothing is flushed. What it wrote to its output before is still heard.</summary>
    public void Kill()
    {
        if (process.HasExited) throw new InvalidOperationException($"The writer ended before it was killed. {errors}");
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    /// <summary>Ends as it does by itself.</summary>
    public async Task End()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"The writer failed. {errors}");
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null || !line.EndsWith('.')) return; // cut off in the middle: nobody was told
        acknowledged.Enqueue(Ack.Parse(line[..^1]));
        Interlocked.Increment(ref count);
    }
}
