using TrustCenter.Claims;

namespace TrustCenter.Tests.Claims;

/// <summary>Runs while no other test does: what is measured is this process's processor time, so that a busy machine is not the text's fault.</summary>
[CollectionDefinition(nameof(TextTimeTests), DisableParallelization = true)]
[Collection(nameof(TextTimeTests))]
public sealed class TextTimeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [Theory, Trait("Case", "T-061")]
    [InlineData("[")]
    [InlineData("]")]
    [InlineData("*")]
    [InlineData("**a ")]
    [InlineData("*a _b ")]
    [InlineData(">")]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("1. ")]
    [InlineData("1. 2) - ")]
    [InlineData("`")]
    [InlineData("` ``")]
    [InlineData("<")]
    [InlineData("<a")]
    [InlineData("![")]
    [InlineData("[a](")]
    [InlineData("[a](<b")]
    [InlineData("[a][")]
    [InlineData("[a]: b\n")]
    [InlineData("&")]
    [InlineData("&#")]
    [InlineData("\\")]
    [InlineData("|")]
    [InlineData("|a|\n|-|\n")]
    [InlineData("+---+\n|a|\n")]
    [InlineData("\n- a\n  - b")]
    [InlineData("a")]
    [InlineData("<!--")]
    [InlineData("<?")]
    public void Endless_repetition_ends_within_a_second(string unit)
    {
        foreach (var length in new[] { 900, StatementMarkdown.LongestText, 300_000 })
        {
            var text = Repeat(unit, length);
            TimeOf(() => StatementMarkdown.ToHtml(text)).ShouldBeLessThan(Limit);
            TimeOf(() => StatementMarkdown.ToText(text)).ShouldBeLessThan(Limit);
            TimeOf(() => StatementMarkdown.Problems(text)).ShouldBeLessThan(Limit);
        }
    }

    [Theory]
    [InlineData("a ", "b ", 2_000)]
    [InlineData(".", "!", 2_000)]
    [InlineData("a b ", "b c a ", 2_000)]
    [InlineData("a b ", "b c a ", 100_000)]
    [InlineData(".", "!", 100_000)]
    [InlineData(" ", "\n", 100_000)]
    public void Long_texts_are_compared_within_a_second(string old, string now, int length)
    {
        var (before, after) = (Repeat(old, length), Repeat(now, length));
        IReadOnlyList<DifferencePart> parts = [];
        TimeOf(() => parts = WordDifference.Between(before, after)).ShouldBeLessThan(Limit);
        string.Concat(parts.Where(part => part.Kind != DifferenceKind.Added).Select(part => part.Text)).ShouldBe(before);
        string.Concat(parts.Where(part => part.Kind != DifferenceKind.Removed).Select(part => part.Text)).ShouldBe(after);
    }

    private static TimeSpan TimeOf(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        work();
        return Environment.CpuUsage.TotalTime - before;
    }

    private static string Repeat(string unit, int length) => string.Concat(Enumerable.Repeat(unit, (length / unit.Length) + 1))[..length];
}
