using System.Text.Json.Nodes;
using TrustCenter.Claims;

namespace TrustCenter.Tests.Api;

/// <summary>Lists in pages: nothing twice, nothing left out, and no cursor but ours.</summary>
public sealed class ApiPagingTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task Pages_hold_everything_once_while_more_comes_in()
    {
        var program = await house.Program();
        var standing = new List<Guid>();
        for (var n = 0; n < 12; n++) standing.Add(await Claim(n));

        var seen = new List<Guid>();
        for (string? next = ""; next is not null;)
        {
            var page = JsonNode.Parse((await program.Get($"/claims?limit=5{next}")).Bytes)!;
            page["items"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(5);
            seen.AddRange(page["items"]!.AsArray().Select(i => (Guid)i!["id"]!));
            next = (bool)page["more"]! ? "&cursor=" + Uri.EscapeDataString((string)page["next"]!) : null;
            await Claim(100 + seen.Count); // in front of, between and behind what was read
        }
        seen.ShouldBeUnique();
        standing.Except(seen).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_that_grows_at_its_end_is_read_on_from_where_one_was()
    {
        var program = await house.Program();
        var next = "";
        for (var more = true; more;)
        {
            var page = JsonNode.Parse((await program.Get($"/journal?limit=200&cursor={Uri.EscapeDataString(next)}")).Bytes)!;
            (next, more) = ((string)page["next"]!, (bool)page["more"]!);
        }
        var nothing = JsonNode.Parse((await program.Get($"/journal?cursor={Uri.EscapeDataString(next)}")).Bytes)!;
        next = (string)nothing["next"]!;
        var claim = await Claim(7);

        var page2 = JsonNode.Parse((await program.Get($"/journal?cursor={Uri.EscapeDataString(next)}")).Bytes)!;
        page2["items"]!.AsArray().Select(i => (string)i!["subject"]!).ShouldContain($"claim:{claim:D}");
        page2["items"]!.AsArray().Select(i => (string)i!["what"]!).ShouldNotContain("vendor.published");
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=-1")]
    [InlineData("limit=ten")]
    [InlineData("limit=1&limit=2")]
    [InlineData("cursor=x")]
    [InlineData("cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("cursor=%00")]
    public async Task A_page_that_cannot_be_is_refused_with_its_rule(string query)
    {
        var program = await house.Program();
        foreach (var list in new[] { "/claims", "/evidence", "/pages", "/links", "/deals", "/journal", "/publications/checkpoints" })
        {
            var answer = await program.Get($"{list}?{query}");
            answer.Status.ShouldBe(400, list);
            ((string)JsonNode.Parse(answer.Bytes)!["errors"]![0]!["field"]!).ShouldBe(query.Split('=')[0]);
        }
    }

    [Fact]
    public async Task A_cursor_of_another_list_or_filter_or_vendor_is_none()
    {
        var program = await house.Program();
        await Claim(1);
        var other = await TestHouse.Build(house.App, "other", "Other");
        var foreign = await Program.Of(house.App, other.Scope, await Program.Hire(house.App, other.Scope, Enum.GetValues<TrustCenter.Staff.Role>()));
        async Task<string> Next(Program by, string path) => Uri.EscapeDataString((string)JsonNode.Parse((await by.Get(path)).Bytes)!["next"]!);
        var mine = await Next(program, "/claims?limit=1");
        (await program.Get($"/claims?cursor={mine}")).Status.ShouldBe(200);
        (await program.Get($"/evidence?cursor={mine}")).Status.ShouldBe(400);
        (await program.Get($"/claims?stage=published&cursor={mine}")).Status.ShouldBe(400);
        (await program.Get($"/claims?cursor={await Next(foreign, "/claims?limit=1")}")).Status.ShouldBe(400);
    }

    private async Task<Guid> Claim(int n)
    {
        var id = Guid.NewGuid(); // anywhere in the list's order
        await house.House.Decide(id, new SaveClaim { Id = Guid.NewGuid(), Wording = TestVendor.Wording($"Claim number {n}."), BasedOnEdit = 0 }, house.House.StaffId(TrustCenter.Staff.Role.Editor));
        return id;
    }
}
