using TrustCenter.Keys;

namespace TrustCenter.Tests.Faults;

/// <summary>How a host starts, or says why it does not.</summary>
[Trait("Case", "T-131")]
public sealed class StartTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trust-center-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("is not a host name. Write the domain below which vendors live", "--TrustCenter:BaseDomain", "no host name")]
    [InlineData("TrustCenter:BaseDomain", "--TrustCenter:BaseDomain", "https://trust.example.com")]
    [InlineData("The demo personas work on localhost only. Remove --demo", "--demo", "--TrustCenter:BaseDomain", "trust.example.com")]
    [InlineData("TrustCenter:Smtp:Host is empty. Name the mail server", "--TrustCenter:Smtp:From", "trust@example.com")]
    [InlineData("TrustCenter:Smtp:From is not an e-mail address", "--TrustCenter:Smtp:Host", "mail.example.com", "--TrustCenter:Smtp:From", "nobody")]
    [InlineData("TrustCenter:Address", "--TrustCenter:Address", "https://fixed.example.com")]
    [InlineData("TrustCenter:Postgres cannot be read. Write Host=", "--TrustCenter:Postgres", "postgresql://trust:hunter2@db.example.com/trust")]
    [InlineData("TrustCenter:DataFolder is empty", "--TrustCenter:DataFolder", " ")]
    public async Task A_wrong_setting_stops_the_start_and_says_what_to_change(string says, params string[] settings)
    {
        using var host = HostProcess.Start(folder, HostProcess.FreePort(), settings);
        var (code, said) = await host.End();
        code.ShouldBe(1);
        said.ShouldContain(says);
        said.ShouldNotContain("   at "); // a sentence, no stack
        said.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_folder_refuses_and_leaves_the_first_alone()
    {
        using var first = HostProcess.Start(folder, HostProcess.FreePort());
        using var client = first.Client();
        await first.Ready(client);
        using var second = HostProcess.Start(folder, HostProcess.FreePort());
        var (code, said) = await second.End();
        code.ShouldBe(1);
        said.ShouldContain("Another process uses");
        said.ShouldContain("Stop it first, or give this one its own data folder.");
        (await client.GetStringAsync("/health/ready")).ShouldBe("ok");
    }

    [Fact]
    public void A_key_that_was_cut_off_in_the_making_is_made_again_and_then_kept()
    {
        File.WriteAllBytes(Path.Combine(folder, "host.key.part"), [1, 2, 3]); // what a power cut leaves
        var made = HostKeys.FromFolder(folder, mayCreate: true);
        HostKeys.FromFolder(folder, mayCreate: false).Name.ShouldBe(made.Name);
        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["host.key"]);
        Should.Throw<IOException>(() => HostKeys.Keep(folder, new byte[32]), "a key that is there is never written over");
        HostKeys.FromFolder(folder, mayCreate: false).Name.ShouldBe(made.Name);
    }

    [Fact]
    public async Task Live_and_ready_say_ok_to_anybody_and_nothing_else()
    {
        await using var app = await RealApp.Start();
        foreach (var host in new[] { "console.localhost", "alpha.localhost", "10.0.0.1", "stranger.example.com" })
            foreach (var path in new[] { "/health/live", "/health/ready" })
            {
                using var anybody = new Browser(app, host);
                var answer = await anybody.Get(path);
                (answer.Status, answer.Text).ShouldBe((200, "ok"));
                answer.Headers.Keys.Except(["Content-Type", "Content-Length", "Date", "Server", "Transfer-Encoding"]).ShouldBeEmpty();
            }
    }
}
