using Markdig.Syntax.Inlines;

namespace TrustCenter.Claims;

/// <summary>What the HTML and the text of a statement read from its syntax tree in the same way.</summary>
internal static class StatementInlines
{
    /// <summary>The words of an inline without children; nothing for one that has no words.</summary>
    public static string Words(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        AutolinkInline link => link.Url,
        LineBreakInline => "\n",
        HtmlInline tag => tag.Tag,
        _ => "",
    };

    public static string Address(AutolinkInline link) => link.IsEmail ? "mailto:" + link.Url : link.Url;
}
