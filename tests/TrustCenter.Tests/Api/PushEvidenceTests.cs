using System.Diagnostics;
using TrustCenter.Api;
using TrustCenter.Evidence;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Api;

/// <summary>The command with which a build brings its newest report.</summary>
public sealed class PushEvidenceTests(ApiHouse house) : IClassFixture<ApiHouse>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("push-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Console => $"http://console.localhost:{house.App.Port}";

    private string File(string content)
    {
        var path = Path.Combine(folder, "report 2026.bin");
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    private async Task<(int Code, string Said)> Push(string? key, params string[] args)
    {
        using var client = house.App.Client("console.localhost");
        using var said = new StringWriter();
        var code = await new PushEvidence(client, said, said).Run(args, key, CancellationToken.None);
        return (code, said.ToString());
    }

    [Fact]
    public async Task A_build_brings_a_version_once_however_often_it_runs()
    {
        var program = await house.Program(Right.ReadConsole, Right.Write);
        string[] args = ["--to", Console, "--evidence", "Alpha Records security policy", "--file", File("Report of the build"), "--valid-until", "2027-04-30"];

        (await Push(program.Token, args)).ShouldBe((0, $"Uploaded. It waits for approval as version 2.{Environment.NewLine}"));
        (await Push(program.Token, args)).ShouldBe((0, $"It is there already; nothing was sent.{Environment.NewLine}"));

        var document = (await house.App.Engine.Read<EvidenceDocument>(house.House.Scope.Id<EvidenceDocument>(house.House.Policy)))!;
        (document.Versions.Count, document.Waiting!.ValidUntil, document.Waiting.File.Name, document.Waiting.Uploader).ShouldBe((1, new DateOnly(2027, 4, 30), "report 2026.bin", program.Maker));

        (await house.App.Engine.Decide(house.House.Scope.Id<EvidenceDocument>(house.House.Policy), new ReturnEvidence { Id = Guid.NewGuid(), Comment = "Sign it first.\u001b[2J" }, TrustCenter.Engine.Actor.Staff(house.House.StaffId(Role.Approver)))).ShouldBeOfType<TrustCenter.Engine.Outcome.Done>();
        var (code, said) = await Push(program.Token, args);
        code.ShouldBe(1);
        said.ShouldContain("“Sign it first.\\u{1b}[2J”"); // other people's words move no cursor
    }

    [Fact]
    public async Task What_stands_against_it_is_said_in_words_with_a_code()
    {
        var program = await house.Program(Right.ReadConsole, Right.Write);
        var reader = await house.Program(Right.ReadConsole);
        string[] right = ["--to", Console, "--evidence", house.House.Report.ToString(), "--file", File("x")];
        async Task Says(int code, string words, string? key, params string[] args)
        {
            var (got, said) = await Push(key, args);
            (got, said.Contains(words, StringComparison.Ordinal)).ShouldBe((code, true), said);
            said.ShouldNotContain(program.Token);
        }
        await Says(1, "write claims and bring evidence".Replace("write", "Write", StringComparison.Ordinal), reader.Token, right);
        await Says(1, "This needs a key.", ApiToken.New(), right);
        await Says(1, "There is no document with the title “Nothing such”", program.Token, "--to", Console, "--evidence", "Nothing such", "--file", right[5]);
        await Says(1, "Nothing is here.", program.Token, "--to", Console, "--evidence", Guid.NewGuid().ToString(), "--file", right[5]);
        await Says(1, "not a PDF", program.Token, "--to", Console, "--evidence", house.House.Report.ToString(), "--file", Pdf());
        await Says(1, "Check the address", program.Token, "--to", $"http://alpha.localhost:{house.App.Port}", "--evidence", house.House.Report.ToString(), "--file", right[5]);
        await Says(2, "TRUSTCENTER_KEY", null, right);
        await Says(2, "tc_", "secret", right);
        await Says(2, "is not there", program.Token, "--to", Console, "--evidence", "x", "--file", "/no/such/file");
        foreach (var misused in new string[][] { [], ["--to", Console], [.. right, "--key", program.Token], [.. right, "--file", right[5]], [.. right, "--valid-until", "30.04.2027"], ["--to", "http://console.example", .. right[2..]], ["--to", "console", .. right[2..]], ["--to", "https://x@console.example", .. right[2..]] })
            await Says(2, "push-evidence --to", program.Token, misused);
    }

    [Fact, Trait("Case", "T-114")]
    public async Task The_host_takes_the_key_from_the_environment_and_shows_it_nowhere()
    {
        var program = await house.Program(Right.ReadConsole, Right.Write);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TrustCenter.Host.dll"), "push-evidence", "--to", $"http://127.0.0.1:{house.App.Port}", "--evidence", house.House.Report.ToString(), "--file", File("y")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TRUSTCENTER_KEY"] = program.Token;
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(1, said); // the address without a host name is no console
        said.ShouldContain("Check the address");
        said.ShouldNotContain(program.Token);
    }

    private string Pdf()
    {
        var path = Path.Combine(folder, "no.pdf");
        System.IO.File.WriteAllText(path, "no PDF");
        return path;
    }
}
