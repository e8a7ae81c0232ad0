using System.Text;

namespace TrustCenter.Tests.Architecture;

/// <summary>Reads C# as far as a gate needs: without comments and string contents, by calls.</summary>
internal static class SourceText
{
    private const int LongestDeclaration = 200; // characters between a type's name and its bracket

    /// <summary>The same length and lines, with blanks in place of comments and of what stands in strings.</summary>
    public static string Blanked(string source)
    {
        var code = new StringBuilder(source);
        for (var i = 0; i < source.Length;)
        {
            var end = EndOfBlank(source, i);
            for (var j = i; j < end; j++)
            {
                if (source[j] != '\n') code[j] = ' ';
            }

            i = Math.Max(end, i + 1);
        }

        return code.ToString();
    }

    /// <summary>From <paramref name="start"/> to the bracket that closes the first one opened.</summary>
    public static string Call(string code, int start)
    {
        var depth = 0;
        for (var i = start; i < code.Length; i++)
        {
            if (code[i] == '(') depth++;
            if (code[i] == ')' && --depth == 0) return code[start..(i + 1)];
        }

        return code[start..];
    }

    /// <summary>What follows, without white space.</summary>
    public static string Compact(string code, int start) =>
        string.Concat(code.Skip(start).Take(LongestDeclaration).Where(c => !char.IsWhiteSpace(c)));

    private static int EndOfBlank(string source, int at)
    {
        var rest = source.AsSpan(at);
        if (rest.StartsWith("//")) return EndAt(source, at, "\n", 0);
        if (rest.StartsWith("/*")) return EndAt(source, at + 2, "*/", 2);
        if (rest.StartsWith("\"\"\"")) return EndAt(source, at + 3, "\"\"\"", 3);
        if (rest.StartsWith("@\"") || rest.StartsWith("@$\"") || rest.StartsWith("$@\"")) return EndOfVerbatim(source, source.IndexOf('"', at) + 1);
        if (rest.StartsWith("'\"'") || rest.StartsWith("'\\\"'")) return at + (rest[1] == '"' ? 3 : 4);
        return rest[0] == '"' ? EndOfString(source, at + 1) : at;
    }

    private static int EndAt(string source, int from, string mark, int length)
    {
        var end = source.IndexOf(mark, from, StringComparison.Ordinal);
        return end < 0 ? source.Length : end + length;
    }

    private static int EndOfVerbatim(string source, int at)
    {
        while (at < source.Length && (source[at] != '"' || (at + 1 < source.Length && source[at + 1] == '"'))) at += source[at] == '"' ? 2 : 1;
        return Math.Min(at + 1, source.Length);
    }

    private static int EndOfString(string source, int at)
    {
        while (at < source.Length && source[at] is not ('"' or '\n')) at += source[at] == '\\' ? 2 : 1;
        return Math.Min(at + 1, source.Length);
    }
}
