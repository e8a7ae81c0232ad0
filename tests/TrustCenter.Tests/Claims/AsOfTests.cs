using System.Text.Json;
using TrustCenter.Claims;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Claims;

/// <summary>What stood at a moment is put together again from what was published, word for word.</summary>
[Trait("Case", "T-067")]
public sealed class AsOfTests
{
    [Fact]
    public async Task What_the_page_said_at_any_moment_is_found_again()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        app.Clock.Set(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        var claims = new List<Guid> { house.PublicClaim };
        var seen = new List<(DateTimeOffset At, List<(Guid, int, string, string)> Said)>();
        var random = new Random(7);
        for (var month = 0; month < 8; month++)
        {
            app.Clock.Advance(TimeSpan.FromDays(30));
            if (month % 3 == 0) claims.Add(Guid.CreateVersion7());
            var claim = claims[random.Next(claims.Count)];
            await house.Claim(claim, $"Said in month {month}.", Visibility.Public);
            if (month == 5)
            {
                await house.Decide(claims[0], new ProposeClaimWithdrawal { Id = Guid.NewGuid(), Reason = "It ended." }, house.StaffId(Role.Editor));
                var edit = (await app.Engine.Read<Claim>(house.Scope.Id<Claim>(claims[0])))!.Proposal!.Edit;
                await house.Decide(claims[0], new ApproveClaim { Id = Guid.NewGuid(), Edit = edit }, house.StaffId(Role.Approver));
            }
            await app.Compiled(house.Scope);
            seen.Add((app.Clock.GetUtcNow(), await Standing(house)));
        }

        var all = new List<(Guid, Claim)>();
        foreach (var id in claims.Append(house.RoomClaim).Distinct())
            if (await app.Engine.Read<Claim>(house.Scope.Id<Claim>(id)) is { } claim) all.Add((id, claim));
        var vendor = (await app.Engine.Read<TrustCenter.Tenants.Vendor>(house.Scope.Id<TrustCenter.Tenants.Vendor>(TrustCenter.Tenants.Vendor.Only)))!;
        foreach (var (at, said) in seen)
            ClaimsAsOf.Of(all, vendor, at).Topics.SelectMany(t => t.Claims).Where(c => c.Version.Wording.Visibility == Visibility.Public)
                .Select(c => (c.Id, c.Version.Number, c.Version.Hash, c.Version.Wording.Statement)).OrderBy(c => c.Id).ShouldBe(said);

        var editor = await house.SignIn(Role.Editor);
        var page = await editor.Get($"/console/claims/as-of?date={seen[2].At:yyyy-MM-dd}");
        foreach (var (_, _, hash, statement) in seen[2].Said)
        {
            page.Text.ShouldContain(statement);
            page.Text.ShouldContain(hash);
        }
        foreach (var (_, _, hash, _) in seen[^1].Said.Except(seen[2].Said)) page.Text.ShouldNotContain(hash);
    }

    [Fact]
    public async Task A_day_without_claims_and_a_day_that_is_none_are_said_so()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        var editor = await house.SignIn(Role.Editor);
        (await editor.Get("/console/claims/as-of?date=2001-01-01")).Text.ShouldContain("No claim stood");
        (await editor.Get("/console/claims/as-of?date=yesterday")).Text.ShouldContain("is not a date");
        foreach (var day in new[] { "0001-01-01", "9999-12-31" }) (await editor.Get($"/console/claims/as-of?date={day}")).Status.ShouldBe(200);
    }

    // As programs read it: only what stands in public.
    private static async Task<List<(Guid, int, string, string)>> Standing(TestHouse house)
    {
        using var visitor = house.Visitor();
        using var json = JsonDocument.Parse((await visitor.Get("/trust.json")).Bytes);
        return [.. json.RootElement.GetProperty("claims").EnumerateArray().Where(c => c.GetProperty("state").GetString() is not ("withdrawn" or "no longer public"))
            .Select(c => (Id: c.GetProperty("id").GetGuid(), Last: c.GetProperty("versions").EnumerateArray().Last()))
            .Select(c => (c.Id, c.Last.GetProperty("number").GetInt32(), c.Last.GetProperty("hash").GetString()!, c.Last.GetProperty("statement").GetString()!)).OrderBy(c => c.Id)];
    }
}
