using System.Diagnostics;

namespace TrustCenter.Tests.Embedding;

/// <summary>The commands of the README, as somebody types them who has just read it.</summary>
public sealed class ReadmeCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("readme-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_folders_that_a_command_names_are_those_of_whoever_calls_it()
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, "my-center")).FullName;
        foreach (var file in Directory.GetFiles(SourceTree.Folder("samples", "starter"))) File.Copy(file, Path.Combine(own, Path.GetFileName(file)));

        var (code, said) = await Run("import", "my-center", "--publish-as", "Your Approver");
        code.ShouldBe(0, said);
        said.ShouldContain("Claims: 10 added");
        File.Exists(Path.Combine(folder, "data", "trustcenter.db")).ShouldBeTrue("the data lies where the README says");

        (code, said) = await Run("export", "again", "--vendor", "tide");
        code.ShouldBe(0, said);
        File.Exists(Path.Combine(folder, "again", "claims.yaml")).ShouldBeTrue();

        (code, said) = await Run("verify", "no-such-file.jsonl");
        code.ShouldNotBe(0);
        said.ShouldContain("no-such-file.jsonl");
    }

    private async Task<(int Code, string Said)> Run(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", ["run", "--no-build", "--project", SourceTree.Folder("src", "TrustCenter.Host"), "--", .. words]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
