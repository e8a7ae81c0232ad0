using AngleSharp.Dom;

namespace TrustCenter.Tests.Isolation;

/// <summary>The elements of a page with the names of their attributes: what must not change with what somebody typed.</summary>
internal static class Shape
{
    // What a statement's small Markdown may make; a link is looked at below.
    private static readonly HashSet<string> OfText = ["p[]", "em[]", "strong[]", "code[]", "ul[]", "ol[]", "ol[start]", "li[]", "br[]"];

    public static IReadOnlyList<string> Of(IDocument page)
    {
        foreach (var link in page.QuerySelectorAll("[href],[src],[action],[formaction]"))
            foreach (var name in new[] { "href", "src", "action", "formaction" })
                if (link.GetAttribute(name) is { } address) IsSafe(address).ShouldBeTrue($"{link.LocalName} leads to {address}");
        return [.. page.All.Select(Signature).Where(s => !OfText.Contains(s)).Order(StringComparer.Ordinal)];
    }

    public static void ShouldBeThatOf(this Answer page, Answer reference, string because)
    {
        page.Status.ShouldBe(reference.Status, because);
        page.Headers.GetValueOrDefault("Content-Type").ShouldBe(reference.Headers.GetValueOrDefault("Content-Type"), because);
        var (with, without) = (Of(page.Dom), Of(reference.Dom));
        Count(with).Except(Count(without)).ShouldBeEmpty($"more than in the reference: {because}");
        Count(without).Except(Count(with)).ShouldBeEmpty($"less than in the reference: {because}");
    }

    private static IEnumerable<string> Count(IReadOnlyList<string> shape) => shape.GroupBy(s => s).Select(g => $"{g.Key} × {g.Count()}");

    private static string Signature(IElement element)
    {
        // A link in a statement, and the block that follows its first sentence.
        if (element is { LocalName: "a" } && element.GetAttribute("href") is { } to && (to.StartsWith("https://", StringComparison.Ordinal) || to.StartsWith("mailto:", StringComparison.Ordinal))) return "br[]";
        if (element is { LocalName: "div", ClassName: "rest" }) return "br[]";
        return $"{element.LocalName}[{string.Join(',', element.Attributes.Select(a => a.Name).Order(StringComparer.Ordinal))}]";
    }

    private static bool IsSafe(string address) => address is "data:," || address.StartsWith('/') || address.StartsWith('#') || address.Length == 0
        || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);
}
