using System.Security.Cryptography;
using System.Text;

namespace TrustCenter.Import;

/// <summary>A key made of words: the same words give the same key on every machine and in every year.</summary>
internal static class Slug
{
    private const int Longest = 60; // characters before the hash; the whole stays under ImportLimits.Key

    public static string Of(string text)
    {
        var slug = new StringBuilder();
        var lost = false; // a letter that has no place in a key: two texts may not become one key for it
        foreach (var c in text.Trim().ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
            lost |= c > '~' && (char.IsLetterOrDigit(c) || char.IsSurrogate(c));
        }

        var words = slug.ToString().Trim('-');
        if (words.Length <= Longest && words.Length > 0 && !lost) return words;
        return $"{words[..Math.Min(words.Length, Longest)].Trim('-')}-{Hash(text)}".TrimStart('-');
    }

    public static bool IsKey(string text) =>
        text.Length is > 0 and <= ImportLimits.Key
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.' or '_')
        && !text.Contains("..");

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Trim())))[..8];
}
