using TrustCenter.Claims;

namespace TrustCenter.Agreements;

/// <summary>The agreement as HTML: the statements' Markdown subset, and lines that begin with # as headings.</summary>
public static class AgreementText
{
    public static string ToHtml(string body)
    {
        var html = new System.Text.StringBuilder();
        foreach (var part in body.Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var text = part.Trim();
            var level = text.TakeWhile(c => c == '#').Count();
            if (level is > 0 and < 5 && !text.Contains('\n')) html.Append("<h2>").Append(System.Net.WebUtility.HtmlEncode(text[level..].Trim())).Append("</h2>");
            else html.Append(StatementMarkdown.ToHtml(text));
        }
        return html.ToString();
    }
}
