using TrustCenter.Engine;
using TrustCenter.Links;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Links;

public sealed class ShareLinkTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Rep = Actor.Staff(Guid.CreateVersion7());

    private static Decision<ShareLink> Create(Func<ShareLink, ShareLink> change) => LinkExamples.Create(Noon, change).Decide(null, Rep, Noon);

    [Fact]
    public void A_link_that_is_over_before_it_begins_is_refused()
    {
        Create(l => l with { Expires = Noon }).Fields().ShouldBe(["expires"]);
        Create(l => l with { Expires = Noon.AddSeconds(1) }).Outcome.ShouldBe(new Outcome.Done(1));
    }

    [Fact]
    [Trait("Case", "T-026")]
    public void A_link_lives_at_most_180_days()
    {
        Create(l => l with { Expires = Noon.AddDays(180).AddSeconds(1) }).Fields().ShouldBe(["expires"]);
        Create(l => l with { Expires = Noon.AddDays(180) }).Outcome.ShouldBe(new Outcome.Done(1));
    }

    [Fact]
    public void A_link_for_nobody_is_refused()
    {
        Create(l => l with { People = [] }).Fields().ShouldBe(["people"]);
        Create(l => l with { People = [], Domains = ["example.com"] }).Outcome.ShouldBe(new Outcome.Done(1));
    }

    [Fact]
    public void Every_bound_of_a_link_names_its_field()
        => Create(l => l with
        {
            Account = new string('x', 121),
            People = [.. Enumerable.Range(0, 51).Select(_ => l.People[0])],
            Domains = [.. Enumerable.Range(0, 6).Select(i => $"{i}.example.com")],
            Documents = [.. Enumerable.Range(0, 31).Select(_ => Guid.Empty)],
            NextStep = new NextStep("", "https://example.com"),
        }).Fields().ShouldBe(["account", "people", "domains", "documents", "nextStepLabel"]);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:msgbox(1)")]
    [InlineData("http://example.com")]
    [InlineData("ftp://example.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//example.com")]
    [InlineData("/relative")]
    [InlineData("https://")]
    [InlineData("")]
    [InlineData(" https://example.com")]
    [InlineData("https://exa mple.com")]
    [InlineData("https://example.com/\r\nSet-Cookie: a=b")]
    [InlineData("https://example.com\t")]
    [InlineData("https://user@example.com")]
    [InlineData("https://example.com:pass@evil.example")]
    [InlineData("https://example.com/\"onclick=")]
    [InlineData("https://example.com/'")]
    [InlineData("https://ex\u0430mple.com")] // a Cyrillic letter
    [InlineData("https://example.com/\u202e")]
    [InlineData("mailto:ada@example.com\nBcc:eve@example.com")]
    [Trait("Case", "T-020")]
    public void A_hostile_address_of_the_next_step_is_refused(string address)
        => Create(l => l with { NextStep = new NextStep("Book a call", address) }).Fields().ShouldBe(["nextStepAddress"]);

    [Theory]
    [InlineData("https://cal.example.com/ada?topic=security&len=30")]
    [InlineData("mailto:ada@example.com")]
    public void An_https_or_mail_address_of_the_next_step_is_taken(string address)
        => Create(l => l with { NextStep = new NextStep("Book a call", address) }).State!.NextStep!.Address.ShouldBe(address);

    [Fact]
    public void An_address_of_501_characters_is_refused()
        => Create(l => l with { NextStep = new NextStep("Book a call", "https://example.com/" + new string('a', 481)) }).Fields().ShouldBe(["nextStepAddress"]);

    [Fact]
    [Trait("Case", "T-086")]
    public void Owner_and_times_of_a_link_are_the_decisions_and_not_the_forms()
    {
        var link = Create(l => l with { Owner = Guid.CreateVersion7(), Created = Noon.AddYears(-1), Revoked = Noon }).State!;

        (link.Owner, link.Created, link.Revoked).ShouldBe((Rep.Id, Noon, null));
    }

    [Fact]
    public void A_link_is_made_once()
    {
        var link = Create(l => l).State!;

        LinkExamples.Create(Noon).Decide(link, Rep, Noon).ShouldBeRefused("made already");
    }

    [Fact]
    [Trait("Case", "T-004")]
    public void A_link_is_open_until_the_second_it_expires()
    {
        var link = LinkExamples.Link(Noon);

        link.IsOpen(link.Expires.AddTicks(-1)).ShouldBeTrue();
        link.IsOpen(link.Expires).ShouldBeFalse();
    }

    [Fact]
    public void Revoking_twice_keeps_the_first_time()
    {
        var revoke = new RevokeLink { Id = Guid.CreateVersion7() };
        var revoked = revoke.Decide(LinkExamples.Link(Noon), Rep, Noon).State!;

        var again = revoke.Decide(revoked, Rep, Noon.AddDays(1));

        revoked.Revoked.ShouldBe(Noon);
        (again.Outcome, again.State).ShouldBe((new Outcome.Done(), null));
        revoke.Decide(null, Rep, Noon).Outcome.ShouldBeOfType<Outcome.Missing>();
    }

    [Fact]
    [Trait("Case", "T-026")]
    public void A_link_is_prolonged_from_today_within_the_rules_and_only_to_a_later_end()
    {
        var link = LinkExamples.Link(Noon);
        var late = Noon.AddDays(40); // it is over by then

        Prolong(link, link.Expires, Noon).Fields().ShouldBe(["expires"]);
        Prolong(link, link.Expires.AddDays(1), late).Fields().ShouldBe(["expires"], "that day is over too");
        Prolong(link, late.AddDays(180).AddSeconds(1), late).Fields().ShouldBe(["expires"]);
        var longer = Prolong(link, late.AddDays(180), late);
        longer.State.ShouldBe(link with { Expires = late.AddDays(180) });
        var entry = longer.Happenings.ShouldHaveSingleItem();
        (entry.What, string.Join(' ', entry.Facts.Select(f => f.Value))).ShouldBe(("link.prolonged", $"{link.Expires:u} {late.AddDays(180):u}"));
        Prolong(link, Noon.AddDays(60), Noon, new LinkRules { AgreementDemanded = true }).ShouldBeRefused("was made without it");
        Prolong(link with { NeedsAgreement = true }, Noon.AddDays(60), Noon, new LinkRules { AgreementDemanded = true }).State.ShouldNotBeNull();
    }

    [Fact]
    [Trait("Case", "T-004")]
    public void A_revoked_link_is_never_prolonged()
    {
        Prolong(LinkExamples.Link(Noon) with { Revoked = Noon }, Noon.AddDays(60), Noon.AddDays(1)).ShouldBeRefused("was revoked");
        Prolong(null, Noon.AddDays(60), Noon).Outcome.ShouldBeOfType<Outcome.Missing>();
    }

    private static Decision<ShareLink> Prolong(ShareLink? link, DateTimeOffset until, DateTimeOffset now, LinkRules? rules = null) => new ProlongLink { Id = Guid.CreateVersion7(), Expires = until, Rules = rules ?? new() }.Decide(link, Rep, now);

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("sub.example.com", false)]
    [InlineData("EXAMPLE.com", false)] // hosts are normalised before; nothing is guessed here
    [InlineData("evilexample.com", false)]
    [Trait("Case", "T-015")]
    public void A_domain_admits_exactly_itself(string host, bool admitted)
        => (LinkExamples.Link(Noon) with { People = [], Domains = ["example.com"] }).Admits("unknown", host).ShouldBe(admitted);
}
