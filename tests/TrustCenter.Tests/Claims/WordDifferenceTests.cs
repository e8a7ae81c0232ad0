using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TrustCenter.Claims;

namespace TrustCenter.Tests.Claims;

public sealed class WordDifferenceTests
{
    [Theory]
    [InlineData("All data is encrypted.", "All customer data is encrypted.", "All +[customer ]data is encrypted.")]
    [InlineData("Checked every year.", "Checked every quarter.", "Checked every -[year]+[quarter].")]
    [InlineData("99.9 % available", "99.95 % available", "-[99.9]+[99.95] % available")]
    [InlineData("We use AES-128 keys", "We use AES-256 keys", "We use -[AES-128]+[AES-256] keys")]
    [InlineData("the red fox", "the blue dog", "the -[red fox]+[blue dog]")]
    [InlineData("a b c", "c", "-[a b ]c")]
    [InlineData("same", "same", "same")]
    [InlineData("", "new", "+[new]")]
    [InlineData("old", "", "-[old]")]
    [InlineData("", "", "")]
    [InlineData("one\n\ntwo", "one two", "one-[\n\n]+[ ]two")]
    public void A_new_wording_shows_what_it_changed(string before, string after, string shown) => Show(WordDifference.Between(before, after)).ShouldBe(shown);

    [Fact]
    public void Both_wordings_can_be_read_from_the_difference() =>
        Prop.ForAll(Texts, Texts, (before, after) =>
        {
            var parts = WordDifference.Between(before, after);
            return Without(parts, DifferenceKind.Added) == before && Without(parts, DifferenceKind.Removed) == after
                && parts.All(part => part.Text.Length > 0)
                && parts.Zip(parts.Skip(1)).All(pair => pair.First.Kind != pair.Second.Kind);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void No_shorter_difference_in_words_exists()
    {
        var words = Gen.Elements("a", "b", "c").ArrayOf().Select(parts => string.Join(' ', parts.Take(7))).ToArbitrary();
        Prop.ForAll(words, words, (before, after) =>
        {
            var kept = WordDifference.Between(before, after).Where(part => part.Kind == DifferenceKind.Same).Sum(part => part.Text.Count(char.IsLetter));
            return kept == MostKept([.. before.Where(char.IsLetter)], [.. after.Where(char.IsLetter)]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void One_word_in_a_long_text_is_found()
    {
        var rest = Repeat("word after word ", 50_000);
        Show(WordDifference.Between(rest + "old " + rest, rest + "new " + rest)).ShouldBe($"{rest}-[old]+[new] {rest}");
    }

    [Fact]
    public async Task The_page_names_what_was_removed_and_added()
    {
        var html = await Render("Backups <daily>", "Backups <hourly>");
        html.ShouldBe("Backups &lt;<del><span class=\"vh\">removed: </span>daily</del><ins><span class=\"vh\">added: </span>hourly</ins>&gt;");
    }

    private static Arbitrary<string> Texts =>
        Gen.Elements("a", "b", "word", " ", "  ", "\n", ".", "-", "'", "é", "e\u0301", "👩‍💻", "\uD83D", "\0", "1.5").ArrayOf().Select(string.Concat).ToArbitrary();

    private static string Repeat(string unit, int length) => string.Concat(Enumerable.Repeat(unit, (length / unit.Length) + 1))[..length];

    private static string Without(IEnumerable<DifferencePart> parts, DifferenceKind kind) =>
        string.Concat(parts.Where(part => part.Kind != kind).Select(part => part.Text));

    private static string Show(IEnumerable<DifferencePart> parts) => string.Concat(parts.Select(part => part.Kind switch
    {
        DifferenceKind.Removed => $"-[{part.Text}]",
        DifferenceKind.Added => $"+[{part.Text}]",
        _ => part.Text,
    }));

    // By trying everything: an independent oracle for short texts.
    private static int MostKept(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.IsEmpty || b.IsEmpty) return 0;
        return a[0] == b[0] ? 1 + MostKept(a[1..], b[1..]) : Math.Max(MostKept(a[1..], b), MostKept(a, b[1..]));
    }

    private static async Task<string> Render(string before, string after)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Before"] = before, ["After"] = after });
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<DifferenceText>(parameters)).ToHtmlString());
    }
}
