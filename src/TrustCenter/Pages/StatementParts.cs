using System.Text;
using TrustCenter.Claims;

namespace TrustCenter.Pages;

/// <summary>A statement as lists show it: the first sentence as plain text, and as HTML what opens below it.</summary>
public sealed record StatementParts(string Title, string RestHtml)
{
    private const int LongestTitle = 150; // characters; two lines of a column

    public static StatementParts Of(string statement)
    {
        var whole = OneLine(StatementMarkdown.ToText(statement));
        if (Cut(statement) is { } end)
        {
            var (title, rest) = (OneLine(StatementMarkdown.ToText(statement[..end])), statement[end..].Trim());
            // Where a mark such as ** spans the cut the parts are not the whole.
            if (title.Length is > 0 and <= LongestTitle && OneLine(title + " " + StatementMarkdown.ToText(rest)) == whole)
                return new StatementParts(title.TrimEnd(':'), rest.Length == 0 ? "" : StatementMarkdown.ToHtml(rest));
        }
        return whole.Length <= LongestTitle && !statement.Trim().Contains('\n') ? new StatementParts(whole, "") : new StatementParts(Shortened(whole), StatementMarkdown.ToHtml(statement));
    }

    // After the stop that is followed by white space and a new beginning ("e.g. this" goes on), or where a list or a new paragraph begins.
    private static int? Cut(string text)
    {
        for (var i = 0; i + 2 < text.Length; i++)
            if (text[i] is '.' or '!' or '?' && char.IsWhiteSpace(text[i + 1]) && !char.IsLower(text[i + 2])) return i + 1;
            else if (text[i] == '\n' && (text[i + 1] is '\n' or '-' or '1')) return i;
        return null;
    }

    private static string Shortened(string text)
    {
        if (text.Length <= LongestTitle) return text;
        var cut = text.LastIndexOf(' ', LongestTitle - 1);
        if (cut < LongestTitle / 2) cut = LongestTitle - 1;
        if (char.IsHighSurrogate(text[cut - 1])) cut--;
        return text[..cut] + "…";
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) line.Append(line.Length == 0 ? "" : " ").Append(word);
        return line.ToString();
    }
}
