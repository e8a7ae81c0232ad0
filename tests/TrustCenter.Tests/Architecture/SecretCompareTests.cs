using System.Text.RegularExpressions;

namespace TrustCenter.Tests.Architecture;

/// <summary>A comparison that ends at the first difference tells how much of a secret was right (ABUSE T-113).</summary>
public sealed partial class SecretCompareTests
{
    [Fact, Trait("Case", "T-113")]
    public void Secrets_and_their_hashes_are_compared_in_constant_time()
    {
        var code = SourceTree.Code("src").ToList();
        code.SelectMany(file => Early(file.Text).Select(line => $"{file.Path}:{line}")).ShouldBeEmpty();
        code.Count(file => file.Text.Contains("FixedTimeEquals", StringComparison.Ordinal)).ShouldBeGreaterThan(8);
    }

    [Theory, Trait("Case", "T-113")]
    [InlineData("if (invitation.TokenHash == hash) return;")]
    [InlineData("var isOurs =\n  typed != visit.Secret;")]
    [InlineData("app.RecoveryHashes.Contains(typed)")]
    [InlineData("form.Stamp.Equals(typed)")]
    [InlineData("CodeHash.SequenceEqual(hash)")]
    [InlineData("given.AsSpan().SequenceEqual(key.TokenHash)")]
    public void One_that_ends_early_is_seen(string source) => Early(source).ShouldNotBeEmpty();

    [Theory, Trait("Case", "T-113")]
    [InlineData("CryptographicOperations.FixedTimeEquals(typed, Secret)")]
    [InlineData("if (visit.Secret != null) return;")]
    [InlineData("var Secret = NewSecret();")]
    [InlineData("// TokenHash == hash would tell")]
    public void Others_pass(string source) => Early(source).ShouldBeEmpty();

    private static IEnumerable<int> Early(string source)
    {
        var code = SourceText.Blanked(source);
        return Comparison().Matches(code).Where(m => !m.Value.EndsWith("null", StringComparison.Ordinal)).Select(m => code[..m.Index].Count(c => c == '\n') + 1);
    }

    private const string Secret = @"\b(TokenHash|CodeHash|RecoveryHash|RecoveryHashes|Secret|Stamp)\b";

    [GeneratedRegex($@"{Secret}\)?\s*(==|!=)\s*\w+|(==|!=)\s*(\w+[!?]?\.)*{Secret}\s*[^(\s]|{Secret}\??\.(Contains|Equals|SequenceEqual|IndexOf)\(|\.(Equals|SequenceEqual)\((\w+\.)*{Secret}", RegexOptions.NonBacktracking)]
    private static partial Regex Comparison();
}
