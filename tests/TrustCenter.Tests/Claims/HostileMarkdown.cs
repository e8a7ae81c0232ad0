namespace TrustCenter.Tests.Claims;

/// <summary>Texts that try to get script, attributes or foreign resources onto a page.</summary>
public static class HostileMarkdown
{
    /// <summary>Spellings of a bad address, each put into every <see cref="LinkForms"/>.</summary>
    public static readonly string[] Addresses =
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript&colon;alert(1)", "javascript&#58;alert(1)", "javascript&#x3A;alert(1)",
        "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)", "java&#9;script:alert(1)", "java&#x0A;script:alert(1)", "java&#13;script:alert(1)",
        "&#106;avascript:alert(1)", "&#x6A;&#x61;vascript:alert(1)", "&#0000106avascript:alert(1)", "&#1;javascript:alert(1)", "&#x20;javascript:alert(1)",
        "\u0001javascript:alert(1)", "\u000Bjavascript:alert(1)", "\u00A0javascript:alert(1)", "\u200Bjavascript:alert(1)", "\uFEFFjavascript:alert(1)",
        "java\tscript:alert(1)", "java\u0000script:alert(1)", "java\\script:alert(1)", "javascript\\:alert(1)", "javascript:/*https://*/alert(1)",
        "javascript://https://example.com/%0Aalert(1)", "javascript:https://example.com", "javascript%3Aalert(1)", "%6Aavascript:alert(1)", "ｊavascript:alert(1)",
        "javascript：alert(1)", "vbscript:msgbox(1)", "VBSCRIPT:msgbox(1)", "vbscript&colon;msgbox(1)", "vb&Tab;script:msgbox(1)", "livescript:x", "mocha:x", "jscript:x",
        "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "DATA:text/html,x", "data&colon;text/html,x",
        "da&#10;ta:text/html,x", "data:image/svg+xml,<svg onload=alert(1)>", "data:,x", "blob:https://example.com/1", "filesystem:https://example.com/x",
        "view-source:https://example.com", "file:///etc/passwd", "ftp://example.com", "about:blank", "chrome://settings", "ms-word:ofe|u|https://evil.example/x.docx",
        "search-ms:query=x", "intent://x#Intent;end", "tel:+1", "sms:+1", "ws://example.com", "//evil.example", "///evil.example", "\\\\evil.example", "/\\evil.example",
        "/admin", "../admin", "#x", "?x", "", "https:javascript:alert(1)", "https:evil.example", "https:/evil.example", "https:\\\\evil.example", "http:\\evil.example",
        "https://good.example@evil.example/", "https://good.example:443@evil.example/", "https://", "http://", "https:///", "https://%00", "https://a b", "https://[::1",
        "https://example.com/\"onclick=\"alert(1)", "https://example.com/'onclick='alert(1)", "https://example.com/`onclick=`", "https://example.com/><script>alert(1)</script>",
        "https://example.com/&quot;onclick=&quot;alert(1)", "https://example.com/&#34; onmouseover=alert(1) x=&#34;", "https://example.com/%22onclick=%22alert(1)",
        "mailto:x@example.com?bcc=y@evil.example", "mailto:x@example.com%0D%0ABcc:y@evil.example", "mailto:x@example.com&#13;&#10;Bcc:y@evil.example", "mailto:", "mailto:javascript:alert(1)",
        "mailto:x@example.com\"onclick=\"alert(1)", "feed:javascript:alert(1)", "jar:javascript:alert(1)!/", "view-source:javascript:alert(1)", "x-javascript:alert(1)",
    ];

    public static readonly string[] LinkForms =
    [
        "[x]({0})", "[x](<{0}>)", "[x]({0} \"t\")", "[x]({0} 't\" onclick=\"alert(1)')", "[x][r]\n\n[r]: {0}", "[x][]\n\n[x]: <{0}> \"t\"", "[x]\n\n[x]: {0}", "<{0}>", "{0}",
        "![x]({0})", "[![x]({0})]({0})", "[x*y*`z`]({0})", "*[x]({0})*", "- [x]({0})\n- y", "1. <{0}>", "<a href=\"{0}\">x</a>", "<img src=\"{0}\">", "# [x]({0})", "> [x]({0})",
        "|a|\n|-|\n|[x]({0})|", "[x]( {0} )", "[x](\n{0}\n)", "[x]({0}", "[[x]({0})](https://example.com)", "[x](https://example.com \"{0}\")",
    ];

    /// <summary>Whole texts.</summary>
    public static readonly string[] Texts =
    [
        "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<script\n>alert(1)</script\n>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<img src=x onerror=alert(1)>",
        "<img/src=x/onerror=alert(1)>", "<img src=x onerror=alert(1)//", "<svg onload=alert(1)>", "<svg/onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><a xlink:href=\"javascript:alert(1)\">x",
        "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<body onload=alert(1)>", "<iframe src=javascript:alert(1)>",
        "<iframe srcdoc=\"&lt;script&gt;alert(1)&lt;/script&gt;\">", "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>", "<form action=javascript:alert(1)><button>x", "<button formaction=javascript:alert(1)>x",
        "<input onfocus=alert(1) autofocus>", "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)>", "<audio src=x onerror=alert(1)>", "<marquee onstart=alert(1)>", "<base href=//evil.example/>",
        "<meta http-equiv=refresh content=\"0;url=//evil.example\">", "<link rel=stylesheet href=//evil.example/x.css>", "<style>@import '//evil.example/x.css';</style>", "<div style=\"background:url(javascript:alert(1))\">",
        "<a href=x onclick=alert(1)>x</a>", "<a name=x id=y class=z>x</a>", "<!--<script>alert(1)</script>-->", "<!-- --!><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>", "<?xml version=\"1.0\"?><x/>",
        "<!DOCTYPE x [<!ENTITY y \"z\">]>", "<x onclick=alert(1)>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<template><script>alert(1)</script></template>", "<textarea></textarea><script>alert(1)</script>",
        "<xmp><script>alert(1)</script>", "<plaintext>", "</p><script>alert(1)</script>", "</code></pre><script>alert(1)</script>", "<p><b onclick=alert(1)>x</b>", "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;script&#62;alert(1)&#60;/script&#62;", "&#x3c;script&#x3e;alert(1)", "&lt;img src=x onerror=alert(1)&gt;", "＜script＞alert(1)＜/script＞", "`<script>alert(1)</script>`", "``` \n<script>alert(1)</script>\n```",
        "```\"onclick=\"alert(1)\nx\n```", "~~~ <img src=x onerror=alert(1)>\nx\n~~~", "    <script>alert(1)</script>", "*<script>alert(1)</script>*", "**<img src=x onerror=alert(1)>**", "- <script>alert(1)</script>",
        "# <script>alert(1)</script>", "<script>alert(1)</script>\n===", "> <script>alert(1)</script>", "|<script>|\n|-|\n|<img src=x onerror=alert(1)>|", "[<script>alert(1)</script>](https://example.com)", "[<img src=x onerror=alert(1)>](https://example.com)",
        "![<script>alert(1)</script>](https://evil.example/p.gif)", "![](https://evil.example/pixel.gif)", "![x][r]\n\n[r]: https://evil.example/pixel.gif", "[x](https://example.com){onclick=alert(1)}", "[x](https://example.com){: onclick=alert(1)}",
        "x {#id .class onclick=alert(1)}", "[x](https://example.com \"a\" onclick=\"alert(1)\")", "[x](https://example.com 'a' onclick='alert(1)')", "[x](https://example.com \"&quot; onclick=&quot;alert(1)\")", "[\"onclick=\"alert(1)]: https://example.com\n\n[\"onclick=\"alert(1)]",
        "<https://example.com/\"onclick=alert(1)>", "<https://example.com\"onclick=\"alert(1)\">", "<x@example.com\"onclick=alert(1)>", "<x@example.com>", "https://example.com/\"onclick=alert(1)", "[a](https://example.com)[b](javascript:alert(1))",
        "[a](javascript:alert(1)//https://example.com)", "[x]: javascript:alert(1)\n\n[x] [x][] [y][x]", "[x]:javascript:alert(1)\n[x]:https://example.com\n\n[x]", "[X]: data:x\n\n[x]", "\\[x](javascript:alert(1))", "[x\\](javascript:alert(1))", "[x](java\\\nscript:alert(1))",
        "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "<%= 7*7 %>", "@(1+1)", "[[[x](javascript:alert(1))](data:x)](vbscript:x)", "\0<script>alert(1)</script>", "<\0script>alert(1)</script>", "<scr\0ipt>alert(1)</script>",
        "\uFEFF<script>alert(1)</script>", "<script>\u2028alert(1)</script>", "$$\\href{javascript:alert(1)}{x}$$", "[^1]\n\n[^1]: <script>alert(1)</script>", "![x](x){width=\"1\" onerror=alert(1)}", ":::{onclick=alert(1)}\nx\n:::", "~~<b>~~ ==<i>== ++<u>++",
    ];

    public static IEnumerable<string> All => [.. Texts, .. LinkForms.SelectMany(_ => Addresses, (form, address) => form.Replace("{0}", address, StringComparison.Ordinal))];
}
