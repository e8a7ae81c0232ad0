using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Tests.Store;
using static TrustCenter.Tests.Claims.ClaimExamples;
using Outcome = TrustCenter.Engine.Outcome; // FsCheck has one of its own

namespace TrustCenter.Tests.Claims;

/// <summary>What was published stays (DESIGN, invariant 9).</summary>
public sealed class PublishedClaimTests
{
    [Fact]
    [Trait("Case", "T-063")]
    public void No_sequence_of_commands_changes_what_was_published()
        => Prop.ForAll<int[]>(steps =>
        {
            Claim? claim = null;
            var published = new List<string>();
            foreach (var step in steps)
            {
                var (command, by) = Step(claim, Math.Abs(step % 6), step);
                claim = command.Decide(claim, by, Noon).State ?? claim;
                var now = (claim?.Published ?? []).Select(v => JsonSerializer.Serialize(v, ClaimJson.Default.ClaimVersion)).ToList();
                now.Take(published.Count).ShouldBe(published);
                published = now;
            }
            ChainHolds(claim?.Published ?? []).ShouldBeTrue();
        }).QuickCheckThrowOnFailure();

    [Fact]
    [Trait("Case", "T-063")]
    public void A_changed_word_in_an_old_version_breaks_the_chain()
    {
        var versions = Published("First.").Published(Wording("Second.")).Published(Wording("Third.")).Published;
        ChainHolds(versions).ShouldBeTrue();

        foreach (var at in Enumerable.Range(0, 3))
            ChainHolds([.. versions.Select((v, i) => i == at ? v with { Wording = v.Wording with { Owner = "Nobody" } } : v)]).ShouldBeFalse();
    }

    [Fact]
    [Trait("Case", "T-065")]
    public async Task Two_hundred_racing_approvals_publish_exactly_one_version()
    {
        using var folder = new DataFolder();
        await using var store = folder.Open();
        var engines = new[] { new InProcessEngine(store, DataFolder.Keys, TimeProvider.System), new InProcessEngine(store, DataFolder.Keys, TimeProvider.System) };
        var id = new Scope(Guid.CreateVersion7()).Id<Claim>(Guid.CreateVersion7());
        await engines[0].Decide(id, Save(), Ada);
        await engines[0].Decide(id, Ask(), Ada);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => engines[i % 2].Decide(id, Approve(1), Actor.Staff(Guid.CreateVersion7())))));

        answers.Count(a => a is Outcome.Done).ShouldBe(1);
        answers.Count(a => a is Outcome.Refused).ShouldBe(199);
        foreach (var engine in engines) (await engine.Read<Claim>(id))!.Published.Count.ShouldBe(1);
        (await store.Head(id.Tenant)).ShouldBe(new Head(3, 1));
    }

    [Fact]
    [Trait("Case", "T-066")]
    public void A_draft_or_a_claim_for_rooms_is_in_no_public_row_and_no_public_log()
    {
        var room = Wording("For rooms.") with { Visibility = Visibility.Room };
        PublicRow(((Claim?)null).Then(Save(), Ada).Then(Ask(), Ada)).ShouldBeNull();
        PublicRow(((Claim?)null).Published(room)).ShouldBeNull();
        PublicRow(Published("In public.").Published(room)).ShouldNotBeNull().ShouldNotContain("For rooms.");
        PublicRow(((Claim?)null).Published(room).Published(Wording("In public."))).ShouldNotBeNull().ShouldNotContain("For rooms.");

        var waiting = ((Claim?)null).Then(Save(room), Ada).Then(Ask(), Ada);
        Approve(1).Decide(waiting, Bob, Noon).Publishes.ShouldBeFalse();
    }

    [Fact]
    public void A_claim_that_went_from_public_to_rooms_is_withdrawn_in_public()
    {
        var moved = Published("In public.").Published(Wording("For rooms.") with { Visibility = Visibility.Room });

        var shown = JsonSerializer.Deserialize(PublicRow(moved)!, ClaimJson.Default.PublicClaim)!;

        shown.IsWithdrawn.ShouldBeTrue();
        shown.Versions.ShouldHaveSingleItem().Wording.Statement.ShouldBe("In public.");
    }

    private static string? PublicRow(Claim claim) => (string?)claim.Rows(new AggregateId(Guid.Empty, "claim", Guid.Empty)).Single().Columns.Single(c => c.Column == "published").Value;

    private static (Command<Claim> Command, Actor By) Step(Claim? claim, int kind, int seed) => kind switch
    {
        0 => (Save($"Words {seed}.", claim?.Edits ?? 0), Ada),
        1 => (Ask(), Ada),
        2 => (Approve(claim?.Proposal?.Edit ?? 0), Bob),
        3 => (Return(claim?.Proposal?.Edit ?? 0), Bob),
        4 => (Withdraw(), Ada),
        _ => (Save(Wording($"Room {seed}.") with { Visibility = Visibility.Room }, claim?.Edits ?? 0), Bob),
    };

    private static bool ChainHolds(IReadOnlyList<ClaimVersion> versions)
    {
        var before = "";
        foreach (var version in versions)
        {
            if (ClaimVersion.HashOf(before, version.Salt, version.Wording) != version.Hash) return false;
            if ((version.Salt is null) != (version.Wording.Visibility == Visibility.Public)) return false;
            before = version.Hash;
        }
        return versions.Select(v => v.Number).SequenceEqual(Enumerable.Range(1, versions.Count));
    }
}
