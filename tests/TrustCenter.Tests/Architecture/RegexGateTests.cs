namespace TrustCenter.Tests.Architecture;

/// <summary>A regular expression that backtracks without a bound is a way to stop the process with one text (T-127).</summary>
public sealed class RegexGateTests
{
    private static readonly string[] Bounds = ["NonBacktracking", "TimeSpan.From", "matchTimeout", "matchTimeoutMilliseconds", "MatchTimeoutInMilliseconds"];

    [Fact, Trait("Case", "T-127")]
    public void Every_regular_expression_is_bounded()
    {
        var faults = SourceTree.Code("src").SelectMany(file => Unbounded(file.Text).Select(line => $"{file.Path}:{line}"));
        faults.ShouldBeEmpty();
    }

    [Theory, Trait("Case", "T-127")]
    [InlineData("var x = new Regex(\"a+\");", 1)]
    [InlineData("\nvar x = new Regex(\n    \"a+\",\n    RegexOptions.Compiled);", 2)]
    [InlineData("if (Regex.IsMatch(text, \"(a+)+$\")) return;", 1)]
    [InlineData("Regex.Replace(text, \"a\", \"b\", RegexOptions.None)", 1)]
    [InlineData("Regex . Split(text, \"a\")", 1)]
    [InlineData("private static readonly Regex A = new(\"(a+)+$\");", 1)]
    [InlineData("Regex? a = new (\"(a+)+$\");", 1)]
    [InlineData("[GeneratedRegex(\"(a+)+$\")]\nprivate static partial Regex A();", 1)]
    [InlineData("var a = new Regex(\"x\"); // TimeSpan.FromSeconds(1)", 1)]
    [InlineData("var a = new Regex(\"x\", RegexOptions.NonBacktracking); var b = new Regex(\"y\");", 1)]
    public void An_unbounded_one_is_seen_with_its_line(string source, int line) => Unbounded(source).ShouldBe([line]);

    [Theory, Trait("Case", "T-127")]
    [InlineData("new Regex(\"a\", RegexOptions.NonBacktracking)")]
    [InlineData("new Regex(\"a (b)\",\n  RegexOptions.None,\n  TimeSpan.FromMilliseconds(100))")]
    [InlineData("Regex.IsMatch(text, \")\", RegexOptions.None, TimeSpan.FromSeconds(1))")]
    [InlineData("[GeneratedRegex(\"a\", RegexOptions.NonBacktracking)]\nprivate static partial Regex A();")]
    [InlineData("[GeneratedRegex(\"a\", RegexOptions.None, matchTimeoutMilliseconds: 100)]")]
    [InlineData("private static readonly Regex A = new(\"a\", RegexOptions.NonBacktracking);")]
    [InlineData("Regex.Escape(text)")]
    [InlineData("// new Regex(\"a\") would be slow")]
    [InlineData("public Regex Pattern { get; }")]
    [InlineData("[RegularExpression(\"a\")]")] // its own default is two seconds
    [InlineData("void UseRegex() { }")]
    public void A_bounded_one_passes(string source) => Unbounded(source).ShouldBeEmpty();

    private static IEnumerable<int> Unbounded(string source)
    {
        var code = SourceText.Blanked(source);
        return Starts(code).Distinct().Order()
            .Where(start => !Bounds.Any(SourceText.Call(code, start).Contains))
            .Select(start => code[..start].Count(c => c == '\n') + 1);
    }

    private static IEnumerable<int> Starts(string code)
    {
        for (var at = code.IndexOf("Regex", StringComparison.Ordinal); at >= 0; at = code.IndexOf("Regex", at + 1, StringComparison.Ordinal))
        {
            var compact = SourceText.Compact(code, at);
            if (IsWholeName(code, at) && (compact.StartsWith("Regex(", StringComparison.Ordinal) || IsStaticCall(compact) || IsTargetTyped(compact))) yield return at;
        }
    }

    private static bool IsWholeName(string code, int at) =>
        at == 0 || !char.IsLetterOrDigit(code[at - 1]) || code[..at].EndsWith("Generated", StringComparison.Ordinal);

    private static bool IsStaticCall(string compact) =>
        new[] { "IsMatch(", "Match(", "Matches(", "Replace(", "Split(", "Count(", "EnumerateMatches(", "EnumerateSplits(" }
            .Any(name => compact.StartsWith("Regex." + name, StringComparison.Ordinal));

    // Regex Name = new(..): the text up to the first bracket.
    private static bool IsTargetTyped(string compact)
    {
        var bracket = compact.IndexOf('(', StringComparison.Ordinal);
        return bracket > 0 && compact[..bracket].EndsWith("=new", StringComparison.Ordinal) && !compact[..bracket].Contains(';', StringComparison.Ordinal);
    }
}
