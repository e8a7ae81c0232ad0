namespace TrustCenter.Tests.Isolation;

/// <summary>Texts that mean something to a parser somewhere: each must be shown as typed, everywhere. Written for this product.</summary>
internal static class NaughtyTexts
{
    private static readonly string[] Code = ["alert(1)", "window.hit=1", "parent.hit=1"];

    /// <summary>Ways into a script; each would set <c>hit</c> or open a dialog.</summary>
    public static readonly IReadOnlyList<string> Scripts = [.. new[]
    {
        "<script>{0}</script>", "<ScRiPt >{0}</sCrIpT >", "</textarea><script>{0}</script>", "</title><script>{0}</script>", "</style><script>{0}</script>", "--><script>{0}</script><!--",
        "<img src=x onerror={0}>", "<img src=x onerror=\"{0}\"//", "<svg onload={0}>", "<svg><script>{0}</script></svg>", "<svg/onload={0}>", "<body onload={0}>", "<iframe srcdoc='<script>{0}</script>'>",
        "<iframe src=javascript:{0}>", "<details open ontoggle={0}>", "<input autofocus onfocus={0}>", "<video><source onerror={0}></video>", "<audio src onerror={0}>", "<marquee onstart={0}>",
        "\" onmouseover=\"{0}", "' onmouseover='{0}", "\" autofocus onfocus={0} x=\"", "\"><script>{0}</script>", "'><script>{0}</script>", "`><img src=x onerror={0}>",
        "[click](javascript:{0})", "[click](JaVaScRiPt:{0})", "[click](java&#x0A;script:{0})", "[click](&#106;avascript:{0})", "[click](data:text/html,<script>{0}</script>)", "[click](vbscript:{0})",
        "![x](x\"onerror=\"{0})", "[x](https://a.example/\"onmouseover=\"{0})", "<javascript:{0}>", "[r]\n\n[r]: javascript:{0}", "<a href=javascript:{0}>x</a>", "<a href=\"jav\tascript:{0}\">x</a>",
        "<form action=javascript:{0}><button>x</button></form>", "<object data=javascript:{0}>", "<embed src=javascript:{0}>", "<meta http-equiv=refresh content=\"0;url=javascript:{0}\">",
        "<link rel=stylesheet href=javascript:{0}>", "<base href=javascript:{0}//>", "<math><mtext></form><form><mglyph><style></math><img src onerror={0}>", "<noscript><p title=\"</noscript><img src=x onerror={0}>\">",
        "&lt;script&gt;{0}&lt;/script&gt;", "&#60;script&#62;{0}&#60;/script&#62;", "\\u003cscript\\u003e{0}\\u003c/script\\u003e", "<scr<script>ipt>{0}</scr</script>ipt>", "<<script>{0}//<</script>",
        "<script\u0000>{0}</script>", "<\u0000script>{0}</script>", "＜script＞{0}＜/script＞", "<template><script>{0}</script></template>", "<style>@import'javascript:{0}'</style>",
        "<div style=\"background:url(javascript:{0})\">", "<table background=javascript:{0}>", "<x onclick={0}>x</x>", "<xmp><script>{0}</script></xmp>", "<plaintext><script>{0}</script>",
        "<select autofocus onfocus={0}>", "<textarea autofocus onfocus={0}>", "<!--[if gte IE 4]><script>{0}</script><![endif]-->", "<?xml-stylesheet href=\"javascript:{0}\"?>", "<![CDATA[<script>{0}</script>]]>",
    }.Select((text, n) => text.Replace("{0}", Code[n % Code.Length], StringComparison.Ordinal))];

    private static readonly string[] Others =
    [
        "&", "&amp;", "&amp;amp;", "&nbsp;", "&#0;", "&#x1F600;", "&notanentity;", "<", ">", "\"", "'", "<>", "</", "<!", "<!-- ", "-->", "]]>", "<b>bold</b>", "</main></body></html>", "</details></section>",
        "{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "@(7*7)", "@{ throw null; }", "{0}", "{{constructor.constructor('x')()}}", "%s%n%x", "$(reboot)", "`reboot`", "; drop table states; --", "' or '1'='1",
        "=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "＝1+1", "=HYPERLINK(\"https://a.example\")", "a,b;c\"d",
        "‮gnp.exe", "⁦isolated⁩", "عربي ثم English", "שלום עולם", "Ａfullwidth", "zero​width", "‍joined‍", "\ufeffmark first", "soft\u00adhyphen", "e\u0301\u0302\u0303\u0304\u0305\u0306", "Z̷̧̢̛a̸l̵g̶o̷",
        "😀👩‍👩‍👧‍👦🏳️‍🌈", "日本語の文", "ℝ𝕖𝕒𝕝 math", "\u0001\u0002\u0007\u0008", "\u001b[31mred\u001b[0m", "\u007f\u0085\u009b", "line\u2028separated\u2029twice", "null\u0000inside",
        "../../etc/passwd", "C:\\con\\nul", "https://user:pass@a.example/", "javascript:", "//a.example", "mailto:x@a.example?bcc=y@a.example", "Subject: x", "a@b.example",
        "**bold *half", "`code", "[half](", "![", "> quoted", "# heading", "---", "***", "1. one\n2. two", "- a\n- b\n  - c", "| a | b |\n|---|---|\n| 1 | 2 |", "~~gone~~", "<https://a.example>",
        "True", "null", "undefined", "NaN", "0", "-0", "1e309", "١٢٣",
    ];

    /// <summary>All of them, each once, and some that are long.</summary>
    public static readonly IReadOnlyList<string> All = [.. Scripts, .. Others, new string('W', 1_900), string.Concat(Enumerable.Repeat("<b>", 600)), string.Concat(Enumerable.Repeat("[", 900)), string.Concat(Enumerable.Repeat("👩‍👩‍👧", 200))];
}
