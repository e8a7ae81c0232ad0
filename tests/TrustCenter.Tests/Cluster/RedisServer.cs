using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TrustCenter.Tests.Cluster;

/// <summary>A real Redis on a port of its own, without persistence.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly int port = FreePort();
    private Process? running;

    public RedisServer() => Start();

    public string Address => $"127.0.0.1:{port}";

    public void Start()
    {
        // Its input is ours: when it ends, because this process did, the server ends.
        const string Guard = "\"$@\" & server=$!; cat > /dev/null; kill -9 $server";
        running = Process.Start(new ProcessStartInfo("sh", ["-c", Guard, "guard", "redis-server", "--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", "/tmp"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        running.OutputDataReceived += (_, _) => { };
        running.BeginOutputReadLine();
        for (var tries = 0; ; tries++)
            try
            {
                Say("PING").ShouldBe("+PONG\r\n");
                return;
            }
            catch (SocketException) when (tries < 200) { Thread.Sleep(20); }
    }

    /// <summary>What Redis answers to this line.</summary>
    public string Say(string line)
    {
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, port);
        using var stream = client.GetStream();
        // QUIT ends the connection behind the answer, so the answer is all there is to read.
        stream.Write(Encoding.UTF8.GetBytes(line + "\r\nQUIT\r\n"));
        using var reader = new StreamReader(stream);
        var said = reader.ReadToEnd();
        return said[..^"+OK\r\n".Length];
    }

    public void Freeze() => Signal("STOP");

    public void Wake() => Signal("CONT");

    public void Kill()
    {
        Signal("KILL");
        running!.StandardInput.Close();
        running.WaitForExit();
        running.Dispose();
        running = null;
    }

    public void Dispose()
    {
        if (running is not null) Kill();
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} $(cat /proc/{running!.Id}/task/{running.Id}/children)"])!;
        kill.WaitForExit();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
