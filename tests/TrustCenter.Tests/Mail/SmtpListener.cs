using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TrustCenter.Tests.Mail;

/// <summary>What one client said: its commands, and the message with its dots taken off again.</summary>
public sealed record HeardMail(IReadOnlyList<string> Commands, string Message)
{
    public IReadOnlyList<string> Recipients => [.. Commands.Where(c => c.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase))];

    public IReadOnlyList<string> Headers => Message[..Message.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n");

    public string Header(string name) => Headers.Single(h => h.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();
}

/// <summary>A mail server on loopback (RFC 5321), which takes everything and misbehaves as told.</summary>
public sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener tcp = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;

    public SmtpListener()
    {
        tcp.Start();
        work = Task.Run(Listen);
    }

    public int Port => ((IPEndPoint)tcp.LocalEndpoint).Port;

    public ConcurrentQueue<HeardMail> Heard { get; } = [];

    /// <summary>What it answers to the next messages after their last dot, one each; null: nothing at all. Then it takes them.</summary>
    public ConcurrentQueue<string?> Moods { get; } = [];

    private async Task Listen()
    {
        while (!stop.IsCancellationRequested)
            try
            {
                using var client = await tcp.AcceptTcpClientAsync(stop.Token);
                await Serve(client.GetStream());
            }
            catch (OperationCanceledException) { return; }
            catch (IOException) { continue; } // the client left
    }

    private async Task Serve(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        var commands = new List<string>();
        await writer.WriteLineAsync("220 loopback");
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            commands.Add(line);
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO": await writer.WriteLineAsync("250-loopback\r\n250 8BITMIME"); break;
                case "QUIT": await writer.WriteLineAsync("221 bye"); return;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    Heard.Enqueue(new HeardMail([.. commands], await Message(reader)));
                    commands.Clear();
                    if (!Moods.TryDequeue(out var mood)) mood = "250 taken";
                    if (mood is not null) await writer.WriteLineAsync(mood);
                    break;
                default: await writer.WriteLineAsync("250 well"); break;
            }
        }
    }

    private async Task<string> Message(StreamReader reader)
    {
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".") message.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return message.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        tcp.Stop();
        await work.WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        tcp.Dispose();
        stop.Dispose();
    }
}
