using System.Diagnostics;
using TrustCenter.Tests.Faults;

namespace TrustCenter.Faults;

/// <summary>A Redis of its own on a free port, which keeps nothing.</summary>
public sealed class RedisProcess : IDisposable
{
    private readonly Process process;

    private RedisProcess(Process process, int port) => (this.process, Address) = (process, $"127.0.0.1:{port}");

    public string Address { get; }

    public static async Task<RedisProcess> Start(string folder)
    {
        var port = HostProcess.FreePort();
        var start = new ProcessStartInfo("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no", "--loglevel", "warning"]) { RedirectStandardOutput = true };
        var redis = new RedisProcess(Process.Start(start)!, port);
        for (var tries = 0; ; tries++)
            try
            {
                using var socket = await Wire.Open(port);
                return redis;
            }
            catch (System.Net.Sockets.SocketException) when (tries < 200 && !redis.process.HasExited) { await Task.Delay(20); }
    }

    /// <summary>SIGSTOP: its connections stay, and nobody answers.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    public void Kill() => process.Kill();

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
