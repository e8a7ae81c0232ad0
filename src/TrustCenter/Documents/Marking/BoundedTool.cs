using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace TrustCenter.Documents;

/// <summary>What one run of an outside program may use. Files come from strangers; the program that reads them is kept small.</summary>
internal sealed record ToolLimits
{
    public int CpuSeconds { get; init; } = 10; // a 350-page book takes 1 s
    public TimeSpan Wall { get; init; } = TimeSpan.FromSeconds(40); // a busy machine gives a process a quarter of a core
    public long Memory { get; init; } = 1L << 30; // bytes of address space
    public long LargestFile { get; init; } = 256L << 20; // bytes of any file that it writes
}

internal enum ToolEnd
{
    Ran,
    Missing,
    TooSlow,
    TooBig,
    Crashed,
}

/// <summary>How a run ended. <paramref name="Errors"/> is the first 64 KiB of what it complained about.</summary>
internal sealed record ToolRun(ToolEnd End, int ExitCode, string Errors);

/// <summary>Runs a program under <c>ulimit</c>, so that a hostile file can take neither the processor, the memory nor the disk.</summary>
internal static class BoundedTool
{
    private const int MostErrors = 64 << 10; // characters
    private const int NotFound = 127; // POSIX shell: command not found
    private const int NotExecutable = 126;
    private const int CpuLimit = 128 + 24; // SIGXCPU
    private const int FileLimit = 128 + 25; // SIGXFSZ
    private const int Killed = 128 + 9; // dash's hard CPU limit ends in SIGKILL
    private const int Aborted = 128; // 128 + any other signal

    public static async Task<ToolRun> Run(string tool, IEnumerable<string> arguments, ToolLimits limits, CancellationToken cancel)
    {
        using var process = new Process { StartInfo = Start(tool, arguments, limits) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return new ToolRun(ToolEnd.Missing, NotFound, "");
        }

        process.StandardInput.Close();
        var errors = FirstOf(process.StandardError);
        var rest = FirstOf(process.StandardOutput);
        using var wall = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        wall.CancelAfter(limits.Wall);
        try
        {
            await process.WaitForExitAsync(wall.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancel.ThrowIfCancellationRequested();
            return new ToolRun(ToolEnd.TooSlow, process.ExitCode, await errors);
        }

        await rest;
        var said = await errors;
        return new ToolRun(EndOf(process.ExitCode, said), process.ExitCode, said);
    }

    private static ProcessStartInfo Start(string tool, IEnumerable<string> arguments, ToolLimits limits)
    {
        var script = string.Create(CultureInfo.InvariantCulture,
            $"ulimit -t {limits.CpuSeconds}; ulimit -v {limits.Memory / 1024}; ulimit -f {limits.LargestFile / 512}; ulimit -c 0; exec \"$@\"");
        var start = new ProcessStartInfo("/bin/sh", ["-c", script, "sh", tool, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear(); // a host's secrets are no business of a program that reads strangers' files
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin";
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }

    private static ToolEnd EndOf(int exitCode, string errors) => exitCode switch
    {
        NotFound or NotExecutable => ToolEnd.Missing,
        CpuLimit or Killed => ToolEnd.TooSlow,
        FileLimit => ToolEnd.TooBig,
        _ when errors.Contains("bad_alloc", StringComparison.Ordinal) || errors.Contains("File too large", StringComparison.Ordinal) => ToolEnd.TooBig,
        > Aborted => ToolEnd.Crashed,
        _ => ToolEnd.Ran,
    };

    private static async Task<string> FirstOf(StreamReader output)
    {
        var kept = new char[MostErrors];
        var length = await output.ReadBlockAsync(kept);
        var dropped = new char[4096];
        while (await output.ReadAsync(dropped) > 0) { }
        return new string(kept, 0, length);
    }
}
