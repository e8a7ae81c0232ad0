using System.Globalization;
using System.Text.Json;
using TrustCenter.Engine;
using TrustCenter.Prospects;
using TrustCenter.Tests.Store;
using static TrustCenter.Tests.Prospects.VisitExamples;

namespace TrustCenter.Tests.Prospects;

public sealed class VisitTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly AggregateId Id = new(Guid.CreateVersion7(), "visit", Guid.CreateVersion7());

    private static Visit Asked() => Ask(Id, Guid.CreateVersion7(), "lookup").Decide(null, Actor.System, Noon).State!;

    private static Visit Proven() => Try(Id, Code).Decide(Asked(), Actor.System, Noon).State!;

    private static Visit After(int wrong)
        => Enumerable.Range(0, wrong).Aggregate(Asked(), (visit, _) => Try(Id, "000000").Decide(visit, Actor.System, Noon).State!);

    [Fact]
    [Trait("Case", "T-011")]
    public void Four_wrong_codes_leave_one_try_and_the_fifth_burns_it()
    {
        Enumerable.Range(0, 5).Select(wrong => Try(Id, "000000").Decide(After(wrong), Actor.System, Noon).Outcome)
            .ShouldBe([new Outcome.Done(4), new Outcome.Done(3), new Outcome.Done(2), new Outcome.Done(1), new Outcome.Done(-1)]);

        Try(Id, Code).Decide(After(4), Actor.System, Noon).State!.Proven.ShouldBe(Noon);
        Try(Id, Code).Decide(After(5), Actor.System, Noon).ShouldBeRefused("used up");
        After(5).CodeHash.ShouldBeNull();
    }

    [Fact]
    [Trait("Case", "T-011")]
    public void A_code_is_good_for_ten_minutes()
    {
        Try(Id, Code).Decide(Asked(), Actor.System, Noon.AddMinutes(10)).State.ShouldNotBeNull();
        Try(Id, Code).Decide(Asked(), Actor.System, Noon.AddMinutes(10).AddTicks(1)).ShouldBeRefused("older than ten minutes");
    }

    [Fact]
    [Trait("Case", "T-011")]
    public void A_used_code_is_gone_and_a_second_try_changes_nothing()
    {
        var proven = Proven();
        proven.CodeHash.ShouldBeNull();

        var again = Try(Id, Code).Decide(proven, Actor.System, Noon);

        (again.Outcome, again.State).ShouldBe((new Outcome.Done(), null));
    }

    [Fact]
    [Trait("Case", "T-011")]
    public void A_code_of_another_visit_does_not_open_this_one()
    {
        var other = Id with { Key = Guid.CreateVersion7() };

        Try(Id, Code).Decide(Asked() with { CodeHash = Hash(other, Code) }, Actor.System, Noon).State!.Proven.ShouldBeNull();
    }

    [Fact]
    [Trait("Case", "T-007")]
    public void Who_is_not_on_the_list_gets_no_mail_no_code_and_the_same_answer()
    {
        var stranger = Ask(Id, Guid.CreateVersion7(), "lookup", onTheList: false).Decide(null, Actor.System, Noon);

        stranger.Outcome.ShouldBe(Ask(Id, Guid.CreateVersion7(), "lookup").Decide(null, Actor.System, Noon).Outcome);
        stranger.Mails.ShouldBeEmpty();
        Try(Id, Code).Decide(stranger.State, Actor.System, Noon).ShouldBeRefused("used up");
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 5)]
    [Trait("Case", "T-011")]
    public async Task Ten_thousand_parallel_guesses_are_at_most_five_evaluations(int processes, int most)
    {
        using var folder = new DataFolder();
        await using var store = folder.Open();
        var engines = Enumerable.Range(0, processes).Select(_ => new InProcessEngine(store, DataFolder.Keys, TimeProvider.System)).ToArray();
        await engines[0].Decide(Id, Ask(Id, Guid.CreateVersion7(), "lookup"), Actor.System);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(i => Task.Run(() => engines[i % processes].Decide(Id, Try(Id, i.ToString("D6", CultureInfo.InvariantCulture)), Actor.System))));

        answers.OfType<Outcome.Done>().Select(d => d.Number).ShouldBe([4, 3, 2, 1, -1], ignoreOrder: true);
        answers.Count(a => a is Outcome.Refused).ShouldBe(10_000 - most);
        foreach (var engine in engines) (await engine.Decide(Id, Try(Id, Code), Actor.System)).ShouldBeOfType<Outcome.Refused>();
        (await engines[0].Read<Visit>(Id))!.Tries.ShouldBe(most);
    }

    [Fact]
    [Trait("Case", "T-023")]
    public void The_cookie_changes_when_the_code_is_proven_and_when_the_agreement_is_accepted()
    {
        var accepted = Accept(Id).Decide(Proven(), Actor.System, Noon).State!;

        new[] { Asked(), Proven(), accepted }.Select(v => (v.Holds(Cookie), v.Holds(ProvenCookie), v.Holds(AcceptedCookie)))
            .ShouldBe([(true, false, false), (false, true, false), (false, false, true)]);
        Try(Id, "000000").Decide(Asked(), Actor.System, Noon).State!.Holds(ProvenCookie).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("other")]
    [InlineData("first-cookie ")]
    public void No_other_cookie_is_the_visits(string? cookie) => Asked().Holds(cookie).ShouldBeFalse();

    [Fact]
    [Trait("Case", "T-034")]
    public void Accepting_twice_is_one_record()
    {
        var accepted = Accept(Id).Decide(Proven(), Actor.System, Noon).State!;

        var again = Accept(Id).Decide(accepted, Actor.System, Noon.AddMinutes(1));

        (again.Outcome, again.State).ShouldBe((new Outcome.Done(1), null));
        again.Happenings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("b")]
    [InlineData("a")] // the same text, published again on purpose
    [Trait("Case", "T-033")]
    public void A_new_version_needs_a_new_acceptance_and_the_old_record_stays_byte_for_byte(string text)
    {
        var first = Accept(Id).Decide(Proven(), Actor.System, Noon).State!;
        var bytes = JsonSerializer.Serialize(first.Accepted, VisitJson.Default.Acceptance);

        var second = Accept(Id, version: 2, hash: new string(text[0], 64)).Decide(first, Actor.System, Noon.AddDays(1)).State!;

        second.Accepted!.Version.ShouldBe(2);
        second.Acceptances.Count.ShouldBe(2);
        JsonSerializer.Serialize(second.Acceptances[0], VisitJson.Default.Acceptance).ShouldBe(bytes);
    }

    [Fact]
    [Trait("Case", "T-030")]
    public void Nothing_is_accepted_downloaded_or_followed_before_the_address_is_proven()
    {
        var follow = new FollowNextStep { Id = Guid.CreateVersion7(), Target = Id, Label = "Book a call" };
        foreach (var command in new Command<Visit>[] { Accept(Id), Download(Id, Guid.Empty), follow })
            command.Decide(Asked(), Actor.System, Noon).Outcome.ShouldBeOfType<Outcome.Missing>();
    }

    [Fact]
    [Trait("Case", "T-090")]
    public void A_download_is_entered_with_its_trace_and_the_servers_time()
    {
        var download = Download(Id, Guid.CreateVersion7()).Decide(Proven(), Actor.System, Noon);

        download.State!.Accesses.ShouldHaveSingleItem().At.ShouldBe(Noon);
        download.Happenings.ShouldHaveSingleItem().Facts.ShouldContain(f => f.Name == "trace" && f.Value == "TRACE-1");
    }

    [Fact]
    public void A_visit_has_three_hundred_downloads()
    {
        var full = Proven() with { Accesses = [.. Enumerable.Range(0, 300).Select(i => new Access(Guid.CreateVersion7(), null, 1, $"T-{i}", Noon))] };

        Download(Id, Guid.Empty).Decide(full, Actor.System, Noon).ShouldBeRefused("used all its downloads");
    }

    [Fact]
    [Trait("Case", "T-093")]
    public void No_entry_holds_the_address_the_code_or_a_cookie()
    {
        var written = new[] { Ask(Id, Guid.CreateVersion7(), "lookup").Decide(null, Actor.System, Noon), Try(Id, Code).Decide(Asked(), Actor.System, Noon), Accept(Id).Decide(Proven(), Actor.System, Noon) };

        foreach (var value in written.SelectMany(d => d.Happenings).SelectMany(h => h.Facts).Select(f => f.Value))
            new[] { "ada@example.com", Code, Cookie, Hash(Id, Code), Visit.HashOf(Cookie), Visit.HashOf(ProvenCookie) }.ShouldAllBe(secret => !value.Contains(secret));
    }
}
