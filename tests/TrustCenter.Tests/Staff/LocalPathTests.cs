using FsCheck;
using FsCheck.Fluent;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Staff;

public sealed class LocalPathTests
{
    private const string Fallback = "/fallback";
    private static readonly Uri Here = new("http://console.localhost/");

    [Fact, Trait("Case", "T-020")]
    public void No_hostile_spelling_is_followed()
    {
        var hostile = HostileReturnUrls.All.Distinct().ToArray();
        hostile.Length.ShouldBeGreaterThan(500);
        hostile.Where(url => LocalPath.OrDefault(url, Fallback) != Fallback).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/console")]
    [InlineData("/console/claims/")]
    [InlineData("/console/claims/0198f3a2-7d4e?version=2&compare=1")]
    [InlineData("/console/claims?q=soc%202&sort=-date")]
    [InlineData("/console/claims?q=a+b&topic=Data%20protection")]
    [InlineData("/console/claims?q=Z%C3%BCrich%20%F0%9F%91%A9")]
    [InlineData("/console/claims?q=100%25")]
    [InlineData("/console/claims?q=100%2525")]
    [InlineData("/sign-in?returnUrl=%2Fconsole%3Fq%3Dsoc%25202")]
    [InlineData("/.well-known/security.txt")]
    [InlineData("/@ada")]
    [InlineData("/a.b..c")]
    public void A_plain_local_path_is_followed_as_it_is(string url) => LocalPath.OrDefault(url, Fallback).ShouldBe(url);

    [Fact]
    public void Nothing_leads_to_the_fallback() => LocalPath.OrDefault(null, Fallback).ShouldBe(Fallback);

    [Fact, Trait("Case", "T-020")]
    public void Whatever_is_accepted_stays_on_this_host()
    {
        string[] pieces = ["/", "/", "//", "\\", ".", "..", "a", "evil.com", "?", "&", "#", "@", ":", "https:", "%", "%2f", "%5c", "%2e", "%09", "%25", "5c", "\t", "\n", "\r", " ", "\0", "é", "／", "。", "[", ";", "-", "~"];
        var urls = Gen.Elements(pieces).ArrayOf().Select(parts => "/" + string.Concat(parts)).ToArbitrary();
        Prop.ForAll(urls, url => StaysHere(LocalPath.OrDefault(url, Fallback))).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
        HostileReturnUrls.All.ShouldAllBe(url => StaysHere(LocalPath.OrDefault(url, Fallback)));
    }

    [Fact, Trait("Case", "T-020")]
    public void The_measure_itself_sees_other_hosts()
    {
        string[] elsewhere = ["//evil.com", "/\\evil.com", "/\t/evil.com", "/\n\\evil.com", "\t//evil.com", "https://evil.com", "/../\\evil.com", "/%5cevil.com"];
        elsewhere.ShouldAllBe(url => !StaysHere(url));
    }

    // Once as written, once as a browser reads it, once more after a proxy decoded it: always this origin and a path that was not rewritten.
    private static bool StaysHere(string url)
    {
        var decoded = Uri.UnescapeDataString(url.Split('?')[0]);
        return new[] { url, AsBrowser(url), decoded, AsBrowser(decoded) }.All(seen =>
            Uri.TryCreate(Here, seen, out var target) && target.Authority == Here.Authority && target.Scheme == Here.Scheme
            && target.AbsolutePath == seen.Split('?')[0] && !target.AbsolutePath.StartsWith("//", StringComparison.Ordinal));
    }

    // WHATWG URL, section 4.4: tabs and line ends vanish, surrounding controls and spaces too, a backslash is a slash.
    private static string AsBrowser(string url) =>
        string.Concat(url.Where(c => c is not ('\t' or '\n' or '\r'))).Trim([.. Enumerable.Range(0, 0x21).Select(c => (char)c)]).Replace('\\', '/');
}
