using TrustCenter.Staff;
using TrustCenter.Staff.Team;

namespace TrustCenter.Tests.Staff;

/// <summary>One table in code, page and document.</summary>
public sealed class RoleTableTests
{
    [Fact]
    public void The_document_says_what_the_code_does()
    {
        var file = SourceTree.Folder("src", "TrustCenter", "Staff", "ROLES.md");
        var expected = RoleTable.Markdown().ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("WRITE_ROLES") is not null) File.WriteAllText(file, expected);
        File.ReadAllText(file).ShouldBe(expected, "ROLES.md is old: run this test once with WRITE_ROLES=1 and read the difference.");
    }

    [Fact]
    public async Task The_page_shows_every_right_of_every_role()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        var rows = (await (await house.SignIn(Role.Rep)).Get("/console/staff/roles")).Dom.QuerySelectorAll("tbody tr").ToList();
        rows.Count.ShouldBe(Enum.GetValues<Right>().Length);
        foreach (var (right, n) in Enum.GetValues<Right>().Select((r, n) => (r, n)))
            rows[n].QuerySelectorAll("td .vh").Select(c => c.TextContent == "yes").ShouldBe(Enum.GetValues<Role>().Select(role => Rights.Of(role).Contains(right)), $"{right}");
    }

    [Fact]
    public void Every_right_is_somebodys_and_every_role_reads_the_console()
    {
        foreach (var right in Enum.GetValues<Right>()) Enum.GetValues<Role>().ShouldContain(role => Rights.Of(role).Contains(right), right.ToString());
        Enum.GetValues<Role>().ShouldAllBe(role => Rights.Of(role).Contains(Right.ReadConsole));
    }
}
