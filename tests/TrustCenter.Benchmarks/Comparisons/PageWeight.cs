using System.Text.RegularExpressions;

namespace TrustCenter.Benchmarks.Comparisons;

/// <summary>What a reader's browser asks for and gets, at 72 claims.</summary>
public static partial class PageWeight
{
    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        using var host = await Server.Host(await Seed.Northwind(stage));
        var (body, headers, status) = await host.Get("/", ("Host", Seed.Host), ("Accept-Encoding", "br"));
        var text = System.Text.Encoding.UTF8.GetString((await host.Get("/", ("Host", Seed.Host))).Body);
        var weight = body.Length + $"HTTP/1.1 {status} OK\r\n\r\n".Length + headers.Sum(h => h.Key.Length + h.Value.Length + ": \r\n".Length);
        var others = Asked().Matches(text).Select(m => m.Groups[1].Value + m.Groups[2].Value).Where(a => !a.StartsWith("data:", StringComparison.Ordinal)).Distinct().Count();
        return [Line.AtMost("bytes with headers", 14_600, weight), Line.AtMost("requests beside the page", 1, others, "the logo")];
    }

    [GeneratedRegex("<(?:script|iframe|object|embed)|src=\"([^\"]*)\"|<link [^>]*href=\"([^\"]*)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Asked();
}
