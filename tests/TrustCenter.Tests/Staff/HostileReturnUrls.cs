namespace TrustCenter.Tests.Staff;

/// <summary>Addresses that lead elsewhere in some browser, proxy or framework, written out and made by rules.</summary>
public static class HostileReturnUrls
{
    private static readonly string[] Written =
    [
        "/../\\evil.com", "/%5cevil.com", "/.//evil.com", "/ /evil.com", "/\t/evil.com", "//evil", "/\\evil", "/\nevil.com", "/\r/evil.com", "/\0/evil.com", "/\u0001/evil.com", "/\u001F/evil.com", "/\u007F/evil.com",
        "", " ", "evil.com", "https://evil.com", "http://console.localhost.evil.com/", "HTTPS://evil.com", "https:evil.com", "https:/evil.com", "https:\\\\evil.com", "javascript:alert(1)", "data:text/html,x", "//evil.com/%2f..",
        "///evil.com", "////evil.com", "/////evil.com", "\\\\evil.com", "\\/evil.com", "\\/\\/evil.com", "/\\/evil.com", "/\\\\evil.com", "//\\evil.com", "/%2fevil.com", "/%2Fevil.com", "/%2f%2fevil.com", "/%5Cevil.com", "/%5c%5cevil.com",
        "/%255cevil.com", "/%252fevil.com", "/%25255cevil.com", "/%09/evil.com", "/%0a/evil.com", "/%0d/evil.com", "/%0d%0aLocation:%20https://evil.com", "/%00/evil.com", "/%20/evil.com", "/%a0/evil.com", "/%c2%a0/evil.com", "/%e2%80%a8/evil.com",
        "/..//evil.com", "/../evil.com", "/a/../..//evil.com", "/a/..", "/a/../b", "/./a", "/a/.", "/.", "/..", "/...", "/%2e%2e/a", "/%2e/a", "/.%2e/a", "/%2E./a", "/%252e%252e/a", "/..%2fevil.com", "/..%5cevil.com", "/..;/a", "/a//b", "/a//", "/a///b",
        "/a\\b", "/a%5cb", "/a?x=\\", "/a?x=%5c", "/a?x=%5C", "/a?x=%255c", "/a?x=%25255C", "/a?x=%2525255c", "/a?x=%0d%0a", "/a?x=%250a", "/a?x=%09", "/a?x=%00", "/a?x=%7f", "/a?x=%c2%85", "/a?x=%e2%80%a8", "/a?x=%c0%af", "/a?x=%ff", "/a?x=%zz", "/a?x=%", "/a?x=%a",
        "/a?x=a b", "/a?x=\t", "/a#b", "/#//evil.com", "/a?x=1#b", "#a", "?a", "?x=/a", "./a", "../a", "~/a", "~//evil.com", " /a", "\t/a", "\n/a", "\uFEFF/a", "\u200B/a", "\u00A0/a", "/a ", "/a\n", "/é", "/а", "/a?x=é", "／evil.com", "/／evil.com", "//evil。com", "/%E3%80%82evil.com",
        "/<script>", "/a\"b", "/a'b", "/a`b", "/a|b", "/a^b", "/a{b}", "/[::1]/", "/a?x=<b>", "/a?x=\"", "/a?x='", "//console.localhost/", "//console.localhost@evil.com/", "http://console.localhost/", "http://console.localhost@evil.com/", "@evil.com", ":80/a", "/\u202Emoc.live//", "/%", "/%a", "/%zz",
    ];

    private static readonly string[] Starts =
        ["//", "///", "/\\", "\\/", "\\\\", "/\t/", "/\n/", "/\r/", "\t//", "\n//", "/ /", "/\0/", "/./", "/../", "/.//", "/..//", "/a/..//", "/;//", "/%2f/", "/%5c", "/%5C/", "/%09/", "/%0a/", "/%0D/", "/%20/", "/%2e%2e//", "/%252f", "http://", "https:", "//\t/", "/\u00A0/", "/\u2028/", "/\u3000/", "x://"];

    private static readonly string[] Hosts =
        ["evil.com", "evil.com/", "evil.com:443/a", "evil.com%2f..", "console.localhost@evil.com", "console.localhost.evil.com/a?b", "[::1]/", "2130706433/", "evil。com", "evil.com\\a", "evil.com#console.localhost", "evil.com?console.localhost"];

    public static IEnumerable<string> All => [.. Written, .. Starts.SelectMany(_ => Hosts, (start, host) => start + host), new string('/', 100_000), "/" + new string('a', 2_000), "/a?" + string.Concat(Enumerable.Repeat("%25", 700))];
}
