using System.Text;

namespace TrustCenter.Tests.Contracts;

/// <summary>
/// What others rely on, in one file: the module's public face, its settings, routes, stored shapes and tables. A change shows in the difference of
/// <c>tests/contracts.txt</c>; write it anew with <c>TRUSTCENTER_CONTRACTS=write</c> and read what a release breaks.
/// </summary>
public sealed class ContractTests
{
    [Fact]
    public async Task The_contracts_are_those_that_were_agreed()
    {
        var file = SourceTree.Folder("tests", "contracts.txt");
        var text = new StringBuilder();
        await using var app = await RealApp.Start(o => o.Demo = true);
        void Write(string title, IEnumerable<string> lines) => text.Append("# ").Append(title).Append('\n').AppendJoin('\n', lines).Append("\n\n");
        Write("Module", PublicFace.Lines());
        Write("Settings", PublicFace.Settings(new TrustCenterOptions(), ""));
        Write("Routes", RouteLines.Of(app));
        Write("Stored shapes", StoredShapes.Lines());
        Write("Tables", Tables.Of(app));

        if (Environment.GetEnvironmentVariable("TRUSTCENTER_CONTRACTS") == "write") await File.WriteAllTextAsync(file, text.ToString());

        var (agreed, now) = ((await File.ReadAllTextAsync(file)).Split('\n'), text.ToString().Split('\n'));
        agreed.Except(now).Select(l => "- " + l).Concat(now.Except(agreed).Select(l => "+ " + l))
            .ShouldBeEmpty("The contracts changed. If that is meant: TRUSTCENTER_CONTRACTS=write bash tests/run.sh --filter Contract, and look at the difference.");
        now.ShouldBe(agreed);
    }
}
