using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Store;
using TrustCenter.Tests.Staff;

namespace TrustCenter.Tests.Mail;

public sealed class MailWorkerTests
{
    [Fact, Trait("Case", "T-093")]
    public async Task Why_a_mail_was_refused_is_kept_without_whom_it_was_for()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var refusing = Refuse(server);
        await using var app = await RealApp.Start(o => o.Smtp = new SmtpOptions { Host = "127.0.0.1", Port = ((IPEndPoint)server.LocalEndpoint).Port, From = "trust@northwind.example", Tls = false });
        await StaffWalk.SetUp(app);
        using var browser = StaffWalk.Platform(app);
        await StaffWalk.Ask(browser, "ada@northwind.example");

        string? problem = null;
        for (var until = DateTime.UtcNow.AddSeconds(20); problem is null && DateTime.UtcNow < until; await Task.Delay(50))
            problem = await app.Services.GetRequiredService<IStore>().Query(sql => sql.First("select problem from mails where problem is not null", r => r.Text(0)));
        problem.ShouldNotBeNull().ShouldContain("nobody of that name");
        problem.ShouldNotContain("ada@", Case.Insensitive);
        app.Log.Lines.ShouldAllBe(l => !l.Text.Contains("ada@", StringComparison.OrdinalIgnoreCase));
        server.Stop();
        await refusing;
    }

    // Repeats the recipient in its refusal, as mail servers do.
    private static async Task Refuse(TcpListener server)
    {
        try
        {
            while (true)
            {
                using var client = await server.AcceptTcpClientAsync();
                using var reader = new StreamReader(client.GetStream());
                await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 mail.example");
                while (await reader.ReadLineAsync() is { } line && !line.StartsWith("QUIT", StringComparison.Ordinal))
                    await writer.WriteLineAsync(line.StartsWith("RCPT", StringComparison.Ordinal) ? $"550 5.1.1 {line.Split(':')[1].ToUpperInvariant()}: nobody of that name" : "250 ok");
            }
        }
        catch (Exception over) when (over is SocketException or IOException or ObjectDisposedException) { return; }
    }
}
