using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Tenants;
using TrustCenter.Tests.Store;
using static TrustCenter.Tests.Claims.ClaimExamples;

namespace TrustCenter.Tests.Claims;

/// <summary>A translation has its own author and approver, is bound to the version it translates, and never changes once published.</summary>
public sealed class TranslationTests
{
    internal static SaveClaimTranslation Translate(string text, int of = 1, int basedOn = 0, string language = "de", bool ask = true)
        => new() { Id = Guid.CreateVersion7(), Language = language, Of = of, BasedOnEdit = basedOn, Ask = ask, Words = new TranslatedWords { Statement = text } };

    internal static ApproveClaimTranslation Agree(int edit, string language = "de") => new() { Id = Guid.CreateVersion7(), Language = language, Edit = edit };

    private static Outcome Try(Claim claim, Command<Claim> command, Actor by) => command.Decide(claim, by, Noon).Outcome;

    [Fact]
    public void A_translator_does_not_approve_himself()
    {
        var waiting = Published().Then(Translate("Daten sind verschlüsselt."), Ada);
        Try(waiting, Agree(1), Ada).ShouldBeOfType<Outcome.Refused>().Why.ShouldContain("someone other than the translator");
        Try(waiting, Agree(1), Bob).ShouldBeOfType<Outcome.Done>();
    }

    [Fact]
    public void Only_what_is_published_is_translated_and_only_as_it_stands_now()
    {
        Try(((Claim?)null).Then(Save(), Ada), Translate("Früh.", of: 0), Ada).ShouldBeOfType<Outcome.Refused>();
        var second = Published().Published(Wording("Data is encrypted at rest and in transit."));
        Try(second, Translate("Alt.", of: 1), Ada).ShouldBe(new Outcome.Stale(2));
        Try(second, Translate("Neu.", of: 2), Ada).ShouldBeOfType<Outcome.Done>();
        foreach (var tag in new[] { "", "d", "DE", "de_DE", "../de", "de/", "deutsch", "de-", "x-y z" })
            Try(second, Translate("Neu.", of: 2, language: tag), Ada).ShouldBeOfType<Outcome.Refused>(tag);
    }

    [Fact]
    public void When_the_original_moved_on_the_waiting_translation_is_not_approved()
    {
        var moved = Published().Then(Translate("Daten sind verschlüsselt."), Ada).Published(Wording("Data is encrypted at rest and in transit."));
        Try(moved, Agree(1), Bob).ShouldBeOfType<Outcome.Refused>().Why.ShouldContain("translates version 1");
        moved.Translations.ShouldBeNull();
    }

    [Fact]
    public void Two_translators_of_one_draft_meet()
    {
        var first = Published().Then(Translate("Die eine Fassung."), Ada);
        Try(first, Translate("Die andere Fassung."), Bob).ShouldBe(new Outcome.Stale(1));
        first.ProposalIn("de")!.Words.Statement.ShouldBe("Die eine Fassung.");
        Try(first, Translate("Une version.", language: "fr"), Bob).ShouldBeOfType<Outcome.Done>();
    }

    [Fact]
    [Trait("Case", "T-063")]
    public void A_translation_changes_neither_the_original_nor_an_older_translation()
    {
        var claim = Published();
        var original = claim.Current!.Wording.Bytes();
        claim = claim.Then(Translate("Erste Fassung."), Ada).Then(Agree(1), Bob);
        var first = claim.Translations!.Single();
        claim = claim.Then(Translate("Zweite Fassung."), Ada).Then(Agree(2), Bob);
        claim.Translations!.Count.ShouldBe(2);
        claim.Translations[0].ShouldBeSameAs(first);
        claim.LatestIn("de")!.Number.ShouldBe(2);
        claim.Translations.Select(t => t.Hash).ShouldBe(claim.Translations.Select(t => ClaimTranslation.HashOf(claim.Current!.Hash, "de", t.Words)));
        claim.Current!.Wording.Bytes().ShouldBe(original);
        claim.Number.ShouldBe(1);
    }

    [Fact]
    public void A_translation_for_rooms_is_in_no_public_log_and_no_public_row()
    {
        var room = ((Claim?)null).Published(Wording() with { Visibility = Visibility.Room }).Then(Translate("Nur für Räume."), Ada);
        var decision = Agree(1).Decide(room, Bob, Noon);
        decision.Publishes.ShouldBeFalse();
        decision.State!.Rows(new AggregateId(Guid.Empty, "claim", Guid.Empty)).First().Columns.Single(c => c.Column == "published").Value.ShouldBeNull();
    }

    [Fact]
    [Trait("Case", "T-065")]
    public async Task Two_hundred_racing_approvals_publish_exactly_one_translation()
    {
        using var folder = new DataFolder();
        await using var store = folder.Open();
        var engines = new[] { new InProcessEngine(store, DataFolder.Keys, TimeProvider.System), new InProcessEngine(store, DataFolder.Keys, TimeProvider.System) };
        var id = new Scope(Guid.CreateVersion7()).Id<Claim>(Guid.CreateVersion7());
        await engines[0].Decide(id, Save(), Ada);
        await engines[0].Decide(id, Ask(), Ada);
        await engines[0].Decide(id, Approve(1), Bob);
        await engines[0].Decide(id, Translate("Daten sind verschlüsselt."), Ada);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => engines[i % 2].Decide(id, Agree(1), Actor.Staff(Guid.CreateVersion7())))));

        answers.Count(a => a is Outcome.Done).ShouldBe(1);
        foreach (var engine in engines) (await engine.Read<Claim>(id))!.Translations!.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("de", true)]
    [InlineData("pt-BR", true)]
    [InlineData("zh-Hant-TW", true)]
    [InlineData("sl-rozaj", true)]
    [InlineData("documents", false)]
    [InlineData("a", false)]
    [InlineData("EN", false)]
    [InlineData("en-longer-than-what-tags-may-ever-be", false)]
    [InlineData("de-ß2", false)]
    public void A_tag_is_part_of_an_address(string text, bool isTag) => LanguageTag.IsTag(text).ShouldBe(isTag);
}
