using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using TrustCenter.Claims;

namespace TrustCenter.Tests.Claims;

public sealed class StatementSafetyTests
{
    private static readonly string[] Elements = ["p", "em", "strong", "code", "ul", "ol", "li", "br", "a"];
    private static readonly string[] Schemes = ["https", "http", "mailto"];

    [Fact, Trait("Case", "T-060"), Trait("Case", "T-061")]
    public void No_hostile_text_brings_out_more_than_the_subset()
    {
        var texts = HostileMarkdown.All.ToArray();
        texts.Distinct().Count().ShouldBeGreaterThan(2_000);
        texts.SelectMany(text => Faults(text).Select(fault => $"{fault} from {text}")).ShouldBeEmpty();
    }

    [Fact, Trait("Case", "T-061")]
    public void No_mix_of_hostile_fragments_brings_out_more_than_the_subset()
    {
        string[] fragments =
        [
            "[", "](", ")", "![", "][", "]: ", "<", ">", "\"", "'", "`", "```", "*", "**", "_", "- ", "1. ", "\n", "\n\n", "    ", "# ", "> ", "|", "\\", "&", "&#", ";", "&quot;", "&lt;", "&colon;", "&Tab;",
            "javascript:", "data:", "vbscript:", "https://", "http://", "mailto:", "//", "x@y.example", "alert(1)", "script", "img src=x onerror=", "a href=", " onclick=", "/", "x", "\0", "\r", "\t", "\u00A0", "é", "\u202E",
        ];
        Prop.ForAll(Gen.Elements(fragments).ArrayOf().Select(string.Concat).ToArbitrary(), text => !Faults(text).Any())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(4_000).WithEndSize(60));
    }

    [Fact, Trait("Case", "T-061")]
    public void The_text_of_a_statement_survives_as_HTML_text() =>
        Prop.ForAll<NonNull<string>>(text => Parse(StatementMarkdown.ToHtml("<" + text.Get)).QuerySelectorAll("*").All(element => Elements.Contains(element.LocalName)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static IEnumerable<string> Faults(string markdown)
    {
        var body = Parse(StatementMarkdown.ToHtml(markdown));
        foreach (var element in body.QuerySelectorAll("*"))
        {
            if (!Elements.Contains(element.LocalName)) yield return $"element {element.LocalName}";
            foreach (var attribute in element.Attributes)
            {
                if (!IsAllowed(element, attribute)) yield return $"attribute {attribute.Name}=\"{attribute.Value}\" on {element.LocalName}";
            }
        }

        if (body.QuerySelectorAll("a").Any(link => !link.HasAttribute("href") || !link.HasAttribute("rel"))) yield return "bare link";
        if (body.Descendants<IComment>().Any()) yield return "comment";
    }

    private static bool IsAllowed(IElement element, IAttr attribute) => (element.LocalName, attribute.Name) switch
    {
        ("a", "rel") => attribute.Value == "noopener noreferrer nofollow",
        ("a", "href") => IsAllowedAddress(attribute.Value),
        _ => false,
    };

    // Judged by a parser of the WHATWG kind, as a browser does, not by the one that the product used.
    private static bool IsAllowedAddress(string href)
    {
        var url = new Url(href);
        return Schemes.Contains(url.Scheme) && !url.IsInvalid && url.UserName is null or "" && !href.Any(c => c <= ' ')
            && (url.Scheme != "mailto" || !href.Contains('?', StringComparison.Ordinal));
    }

    private static IElement Parse(string html) => new HtmlParser().ParseDocument("<!doctype html><body>" + html).Body!;
}
