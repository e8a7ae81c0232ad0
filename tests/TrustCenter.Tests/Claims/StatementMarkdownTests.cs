using TrustCenter.Claims;

namespace TrustCenter.Tests.Claims;

public sealed class StatementMarkdownTests
{
    private const string Rel = "rel=\"noopener noreferrer nofollow\"";

    [Theory]
    [InlineData("Plain & <simple>", "<p>Plain &amp; &lt;simple&gt;</p>")]
    [InlineData("One\n\nTwo", "<p>One</p><p>Two</p>")]
    [InlineData("One\nstill one", "<p>One\nstill one</p>")]
    [InlineData("One  \ntwo", "<p>One<br>two</p>")]
    [InlineData("*a* _b_ **c** __d__", "<p><em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong></p>")]
    [InlineData("`<x>`", "<p><code>&lt;x&gt;</code></p>")]
    [InlineData("- a\n- b", "<ul><li>a</li><li>b</li></ul>")]
    [InlineData("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>")]
    [InlineData("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>")]
    [InlineData("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>")]
    [InlineData("[x](https://example.com/a?b=1&c=2)", "<p><a href=\"https://example.com/a?b=1&amp;c=2\" " + Rel + ">x</a></p>")]
    [InlineData("[x](HTTP://example.com)", "<p><a href=\"http://example.com/\" " + Rel + ">x</a></p>")]
    [InlineData("<https://example.com/>", "<p><a href=\"https://example.com/\" " + Rel + ">https://example.com/</a></p>")]
    [InlineData("<ada@example.com>", "<p><a href=\"mailto:ada@example.com\" " + Rel + ">ada@example.com</a></p>")]
    [InlineData("[x][r]\n\n[r]: https://example.com/", "<p><a href=\"https://example.com/\" " + Rel + ">x</a></p>")]
    [InlineData("[x](javascript:alert)", "<p>x</p>")]
    [InlineData("![a chart](https://example.com/x.png)", "<p>a chart</p>")]
    [InlineData("# Title", "<p># Title</p>")]
    [InlineData("Title\n---", "<p>Title\n---</p>")]
    [InlineData("> quoted", "<p>&gt; quoted</p>")]
    [InlineData("|a|\n|-|", "<p>|a|\n|-|</p>")]
    [InlineData("&copy; &amp; &lt;", "<p>© &amp; &lt;</p>")]
    [InlineData("", "")]
    public void The_subset_is_shown_and_the_rest_stays_as_typed(string markdown, string html) => StatementMarkdown.ToHtml(markdown).ShouldBe(html);

    [Theory]
    [InlineData("We *encrypt* with `AES-256` & more.", "We encrypt with AES-256 & more.")]
    [InlineData("One\n\nTwo", "One\n\nTwo")]
    [InlineData("Before\n\n- a\n- b\n\nAfter", "Before\n\n- a\n- b\n\nAfter")]
    [InlineData("3. a\n4. b", "3. a\n4. b")]
    [InlineData("- a\n  - b\n- c", "- a\n  - b\n- c")]
    [InlineData("- a\n\n  more", "- a\n  more")]
    [InlineData("[Report](https://example.com/r)", "Report (https://example.com/r)")]
    [InlineData("<https://example.com/>", "https://example.com/")]
    [InlineData("[https://example.com](https://example.com)", "https://example.com")]
    [InlineData("[x](javascript:alert)", "x")]
    [InlineData("&lt;b&gt; <i>", "<b> <i>")]
    [InlineData("# Title", "# Title")]
    [InlineData("  ", "")]
    public void Text_has_the_words_without_the_markup(string markdown, string text) => StatementMarkdown.ToText(markdown).ShouldBe(text);

    [Theory]
    [InlineData("![x](https://example.com)", "Images are not shown: remove ![..].")]
    [InlineData("# Title", "Headings are shown as typed: remove the # at the start of the line.")]
    [InlineData("Title\n---", "Headings are shown as typed: remove the line of === or --- below.")]
    [InlineData("a <b>c</b>", "HTML tags are shown as typed: remove <..>.")]
    [InlineData("<div>\nx\n</div>", "HTML tags are shown as typed: remove <..>.")]
    [InlineData("|a|b|\n|-|-|\n|1|2|", "Tables are shown as typed: write a list instead.")]
    [InlineData("> x", "Quotations are shown as typed: remove the > at the start of the line.")]
    [InlineData("```\nx\n```", "Code blocks are shown as one paragraph: remove the ``` lines.")]
    [InlineData("    x", "Indented text is shown as a paragraph: remove the spaces at the start of the line.")]
    [InlineData("a\n\n***\n\nb", "Dividing lines are shown as typed: remove the line of --- or ***.")]
    [InlineData("[x](/docs)", "A link may lead to https://, http:// or mailto: and a plain address only: correct \"/docs\".")]
    [InlineData("<javascript:alert(1)>", "A link may lead to https://, http:// or mailto: and a plain address only: correct \"javascript:alert(1)\".")]
    public void What_lies_outside_the_subset_is_named_to_its_author(string markdown, string problem) => StatementMarkdown.Problems(markdown).ShouldBe([problem]);

    [Theory]
    [InlineData("We *encrypt* with **care** and `AES`.\n\n- [x](https://example.com)\n- <ada@example.com>")]
    [InlineData("[x][r]\n\n[r]: https://example.com/")]
    [InlineData("5 < 6 & 7 > 6")]
    [InlineData("")]
    public void A_text_inside_the_subset_has_no_problems(string markdown) => StatementMarkdown.Problems(markdown).ShouldBeEmpty();

    [Fact]
    public void A_text_that_is_too_long_or_too_deep_is_shown_as_typed()
    {
        StatementMarkdown.Problems(new string('a', StatementMarkdown.LongestText + 1)).Single().ShouldStartWith("This is longer than 10,000 characters");
        StatementMarkdown.ToHtml(new string('*', StatementMarkdown.LongestText + 1)).ShouldBe("<p>" + new string('*', StatementMarkdown.LongestText + 1) + "</p>");
        var deep = string.Concat(Enumerable.Repeat("- ", 40)) + "*x*";
        var many = string.Concat(Enumerable.Repeat("*x* ", 501));
        foreach (var text in new[] { deep, many })
        {
            StatementMarkdown.Problems(text).Single().ShouldStartWith("There are too many brackets, stars or levels of lists");
            StatementMarkdown.ToHtml(text).ShouldBe($"<p>{text}</p>");
        }
    }
}
