using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Mail;
using TrustCenter.Staff.SignIn;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Mail;

/// <summary>Mail that leaves, as a mail server hears it.</summary>
public sealed class SmtpTests : IAsyncLifetime
{
    private readonly SmtpListener server = new();
    private RealApp app = null!;

    public async Task InitializeAsync() => app = await RealApp.Start(o => o.Smtp = new SmtpOptions { Host = "127.0.0.1", Port = server.Port, From = "trust@northwind.example", Tls = false, Seconds = 2 });

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact, Trait("Case", "T-103"), Trait("Case", "T-017")]
    public async Task Hostile_words_give_no_header_and_no_recipient()
    {
        await Send("ana@acme.com", "Code for Evil\r\nBcc: eve@evil.example\r\n\r\nSecond body\u2028X-Mark: 1", "First line\r\n.\r\nRCPT TO:<eve@evil.example>\r\n..two dots");
        var heard = await Next(1);
        heard.Recipients.ShouldBe(["RCPT TO:<ana@acme.com>"]);
        heard.Headers.Select(h => h.Split(':')[0]).Order(StringComparer.Ordinal).ShouldBe(["Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"], ignoreOrder: true);
        heard.Header("To").ShouldBe("ana@acme.com");
        server.Heard.Count.ShouldBe(1); // the dots ended no message
    }

    [Fact, Trait("Case", "T-104")]
    public async Task What_the_server_refuses_loses_or_never_answers_is_sent_again_under_the_same_id()
    {
        server.Moods.Enqueue("451 later");
        server.Moods.Enqueue(null);
        server.Moods.Enqueue("550 nobody <ana@acme.com> here");
        await Send("ana@acme.com", "Your code", "482113");
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            await Next(attempt);
            await Until(mail => mail.Attempts == attempt);
            app.Clock.Advance(TimeSpan.FromMinutes(Math.Pow(2, attempt)));
        }
        server.Heard.Select(h => h.Header("Message-ID")).Distinct().Count().ShouldBe(1);
        (await Queued()).State.ShouldBe("sent");
    }

    [Fact, Trait("Case", "T-094")]
    public async Task What_a_mail_server_says_forges_no_line_of_the_log()
    {
        server.Moods.Enqueue("550 no such\u001b[2J person");
        await Send("ana@acme.com", "Your code", "482113");
        await Next(1);
        await Until(mail => mail.Attempts == 1);
        var said = app.Log.Lines.Where(l => l.Text.Contains("could not be sent", StringComparison.Ordinal)).ShouldHaveSingleItem().Text;
        said.ShouldAllBe(c => !char.IsControl(c) && c != '\u202e');
    }

    private async Task Send(string recipient, string subject, string body)
    {
        var attempt = new SignInAttempt { Asked = app.Clock.GetUtcNow(), Secret = SignInAttempt.HashOf("x") };
        var ask = new AskSignIn { Id = Guid.CreateVersion7(), Attempt = attempt, From = "here", Mail = new OutgoingMail(Guid.CreateVersion7(), recipient, subject, body) };
        (await app.Engine.Decide(Platform.Scope.Id<SignInAttempt>(Guid.CreateVersion7()), ask, Actor.System)).ShouldBeOfType<Outcome.Done>();
    }

    private async Task<QueuedMail> Queued() => (await app.Services.GetRequiredService<MailQueue>().Newest(null, 1, default)).Single();

    private async Task<HeardMail> Next(int count)
    {
        for (var waited = 0; server.Heard.Count < count && waited < 600; waited++) await Task.Delay(50);
        return server.Heard.ElementAt(count - 1);
    }

    private async Task Until(Func<QueuedMail, bool> isReached)
    {
        for (var waited = 0; waited < 600; waited++)
        {
            if (isReached(await Queued())) return;
            await Task.Delay(50);
        }
        isReached(await Queued()).ShouldBeTrue($"{server.Heard.Count} heard; {await Queued()}");
    }
}
