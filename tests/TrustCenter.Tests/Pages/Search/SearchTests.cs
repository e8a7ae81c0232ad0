using TrustCenter.Pages;

namespace TrustCenter.Tests.Pages;

/// <summary>What a question finds, in which order, and what it costs. Without the web: index and ranking are pure.</summary>
public sealed class SearchTests
{
    private static readonly SearchEntry[] Said =
    [
        Claim("Customer data is encrypted at rest with AES-256.", "There is no plan in which this is switched off.", "Data protection · SOC2 CC6.1"),
        Claim("All staff sign in with a hardware security key.", "A stolen password is not enough.", "Access · SOC2 CC6.1"),
        Claim("You sign in through your own identity provider with SAML 2.0.", "", "Access"),
        Claim("We restore a full product from backup twice a year.", "Totals are compared.", "Continuity"),
        Claim("We plan to add ISO/IEC 27701.", "The first audit is booked.", "Privacy"),
        Claim("If an incident affects your data we tell you within 48 hours.", "", "Incidents"),
        new(SearchKind.Document, Guid.NewGuid(), "Penetration test summary 2026", "", "", "Pentest summary · under agreement", null),
        new(SearchKind.Document, Guid.NewGuid(), "Data processing agreement", "", "", "DPA · public", null),
        new(SearchKind.Subprocessor, Guid.NewGuid(), "Brightwater Hosting", "Runs the machines", "", "Frankfurt", null),
    ];

    private static readonly Search Search = new(SearchIndex.Read(SearchIndex.Of(Said).Write()));

    [Theory]
    [InlineData("mfa", "hardware security key")]
    [InlineData("2FA", "hardware security key")]
    [InlineData("two-factor authentication", "hardware security key")]
    [InlineData("single sign-on", "SAML 2.0")]
    [InlineData("encryption", "AES-256")]
    [InlineData("encrypting", "AES-256")]
    [InlineData("pen test", "Penetration test")]
    [InlineData("GDPR", "Data processing agreement")]
    [InlineData("back-up", "restore a full product")]
    [InlineData("breach notification", "incident affects")]
    [InlineData("Backups", "restore a full product")]
    [InlineData("hosting", "Brightwater")]
    public void What_the_field_calls_by_many_names_is_found_by_each(string question, string title) => First(question).ShouldContain(title);

    [Theory]
    [InlineData("encyption", "AES-256")] // one missing
    [InlineData("pentset", "Penetration test")] // two exchanged
    [InlineData("custommer", "AES-256")] // one too many
    [InlineData("stolem", "hardware security key")] // another letter
    public void One_typing_error_is_forgiven(string question, string title)
    {
        First(question).ShouldContain(title);
        Answer(question).Guessed.Count.ShouldBe(1);
    }

    [Fact]
    public void Two_errors_short_words_and_numbers_are_not_guessed()
    {
        Answer("enxyptoin").Found.ShouldBeEmpty();
        Answer("ABS").Found.ShouldBeEmpty();
        First("27701").ShouldContain("27701");
        Answer("27702").Found.ShouldBeEmpty("another standard is another thing");
        Answer("AES-257").Guessed.ShouldBeEmpty();
    }

    [Fact]
    public void A_title_counts_more_than_a_remark_and_small_words_count_nothing()
    {
        First("password").ShouldContain("hardware security key");
        First("do you have a backup of the data").ShouldContain("backup");
        Answer("what is the").Found.ShouldNotBeEmpty("they are looked for when nothing else was typed");
        Answer("encrypted penguins").HasAllWords.ShouldBeFalse();
        First("encrypted penguins").ShouldContain("AES-256");
    }

    [Fact]
    public void A_question_is_bounded()
    {
        var long_ = SearchQuestion.Of(string.Join(' ', Enumerable.Range(0, 400).Select(n => $"word{n}")));
        long_.Words.Count.ShouldBe(SearchQuestion.MostWords);
        long_.Typed.Length.ShouldBeLessThanOrEqualTo(SearchQuestion.Longest);
        long_.IsCut.ShouldBeTrue();
        SearchQuestion.Of(null).IsEmpty.ShouldBeTrue();
        SearchQuestion.Of(" \0\r\n\t ").IsEmpty.ShouldBeTrue();
        SearchQuestion.Of(new string('x', 99) + "😀😀").Typed.ShouldNotContain('\ud83d'.ToString());
        SearchQuestion.Of("\ud83d abc \udc00").Words.ShouldBe(["abc"]);
    }

    [Theory]
    [InlineData("policies", "policy")]
    [InlineData("processes", "process")]
    [InlineData("logging", "log")]
    [InlineData("stored", "storing")]
    [InlineData("tested", "tests")]
    [InlineData("customer’s", "customer")]
    [InlineData("Zürich", "Zurich")]
    [InlineData("Café", "cafe")]
    public void Endings_and_accents_do_not_matter(string one, string other) => SearchText.Stem(one).ShouldBe(SearchText.Stem(other));

    [Fact]
    public void A_snippet_shows_the_finds_and_cuts_between_words()
    {
        var text = string.Join(' ', Enumerable.Repeat("lorem ipsum", 60)) + " the vault holds keys " + string.Join(' ', Enumerable.Repeat("dolor sit", 60));
        var pieces = Snippet.Best(text, new HashSet<string> { "vault", "key" })!;
        pieces.Where(p => p.IsFound).Select(p => p.Text).ShouldBe(["vault", "keys"]);
        pieces.Sum(p => p.Text.Length).ShouldBeLessThanOrEqualTo(Snippet.Longest + 45);
        pieces[0].Text.ShouldBe("…");
        Snippet.Best("nothing", new HashSet<string> { "vault" }).ShouldBeNull();
        Snippet.Marked("a vault", new HashSet<string> { "vault" }).ShouldBe([new("a ", false), new("vault", true)]);
    }

    [Fact]
    public void Three_hundred_questions_over_five_thousand_claims_cost_milliseconds()
    {
        string[] words = ["encrypted", "backup", "access", "reviewed", "customer", "region", "deleted", "monitored", "tested", "incident", "records", "staff", "keys", "logs", "restore", "quarter", "provider", "export"];
        var draw = new Random(7);
        string Some(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => draw.Next(4) == 0 ? $"w{draw.Next(9_000)}" : words[draw.Next(words.Length)]));
        var many = new Search(SearchIndex.Read(SearchIndex.Of([.. Enumerable.Range(0, 5_000).Select(_ => Claim(Some(14), Some(30), Some(6)))]).Write()));
        string[] questions = [.. Enumerable.Range(0, 300).Select(n => n % 3 == 0 ? "backup kexs monitored restroe accesss recrods two-factor encyrption" : Some(1 + n % 8))];
        foreach (var question in questions.Take(20)) many.Answer(SearchQuestion.Of(question));
        var taken = questions.Select(q => { var from = System.Diagnostics.Stopwatch.GetTimestamp(); many.Answer(SearchQuestion.Of(q)); return System.Diagnostics.Stopwatch.GetElapsedTime(from).TotalMilliseconds; }).Order().ToList();
        taken[150].ShouldBeLessThan(5);
        taken[285].ShouldBeLessThan(25); // a busy machine; alone it is under 5
    }

    private static SearchEntry Claim(string title, string body, string facts) => new(SearchKind.Claim, Guid.NewGuid(), title, body, "", facts, PublicState.InPlace);

    private static SearchAnswer Answer(string question) => Search.Answer(SearchQuestion.Of(question));

    private static string First(string question) => Answer(question).Found.Select(e => e.Title).FirstOrDefault() ?? "";
}
