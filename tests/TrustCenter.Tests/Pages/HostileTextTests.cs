using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using TrustCenter.Audiences;
using TrustCenter.Evidence;
using TrustCenter.Pages;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Pages;

/// <summary>Whatever a vendor types is text on every page: the page has the same elements and attributes as with tame words (ABUSE T-060).</summary>
public sealed class HostileTextTests
{
    private static readonly string[] Naughty =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</style><script>alert(1)</script>", "</title><svg/onload=alert(1)>",
        "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "&lt;b&gt; &amp; &#x3c;script&#x3e;", "{{7*7}} ${7*7} @(7*7) <%= 7*7 %>", "]]> --> <!-- <![CDATA[",
        "مرحبا \u202Eevil\u202C שלום", "Z̷̢a̸l̴g̵o̶", "田中さん 👩‍👩‍👧‍👦 ½ ﷽", "\u0001\u0007\u200B\uFEFF\u2028", "=HYPERLINK(\"http://evil\")", "'; drop table claim_rows; --", "..%2f..%2fetc/passwd\0",
        "<a href=\"https://evil.example\">x</a>", "`<b>`", "﻿<iframe srcdoc='x'>", "<base href=//evil>", "<meta http-equiv=refresh content=0>", "<form action=//evil><input name=a>",
    ];

    [Fact]
    public async Task Naughty_strings_stay_text_in_every_place_of_every_page()
    {
        await using var app = await RealApp.Start();
        var tame = await Pages(app, "tame", "Tame words", "https://tame.example");
        foreach (var (text, n) in Naughty.Select((text, n) => (text, n)))
        {
            var pages = await Pages(app, $"naughty{n}", text, text);
            foreach (var (name, page) in pages) Shape(page).ShouldBe(Shape(tame[name]), $"{name} with {text}");
        }
    }

    [Fact]
    public async Task The_twin_for_programs_is_valid_and_says_the_same_words()
    {
        await using var app = await RealApp.Start();
        foreach (var (text, n) in Naughty.Select((text, n) => (text, n)))
        {
            var vendor = await Fill(app, $"twin{n}", text, text);
            var json = JsonSerializer.Deserialize(await vendor.Page("/trust.json"), TrustJsonContext.Default.TrustJson)!;
            json.Format.ShouldBe(1);
            json.Claims.Single().Versions.Select(v => v.Statement).ShouldAllBe(s => s == text || s == text + " again");
            json.Topics.Single().Name.ShouldBe(text);
            var feed = XDocument.Parse(await vendor.Page("/updates.atom"));
            feed.Descendants().Select(e => e.Name.LocalName).Distinct().ShouldBeSubsetOf(["feed", "id", "title", "updated", "author", "name", "link", "entry", "summary"]);
            feed.Descendants().Attributes().Select(a => a.Name.LocalName).Distinct().ShouldBeSubsetOf(["xmlns", "rel", "href"]);
        }
    }

    private static async Task<Dictionary<string, IDocument>> Pages(RealApp app, string host, string text, string address)
    {
        var vendor = await Fill(app, host, text, address);
        await vendor.Page("/");
        var claim = JsonSerializer.Deserialize(await vendor.Page("/trust.json"), TrustJsonContext.Default.TrustJson)!.Claims.Single().Id;
        var pages = new Dictionary<string, IDocument>();
        foreach (var (name, path) in new[] { ("home", "/"), ("claim", $"/claims/{claim}"), ("difference", $"/claims/{claim}/differences/1/1"), ("documents", "/documents"), ("subprocessors", "/subprocessors"), ("updates", "/updates") })
            pages[name] = new HtmlParser().ParseDocument(await vendor.Page(path));
        return pages;
    }

    private const string Site = "https://vendor.example"; // what must be an address or a colour is refused where it is not

    // The text stands wherever a vendor may write; the claim's version 2 differs a little.
    private static async Task<TestVendor> Fill(RealApp app, string host, string text, string address)
    {
        var vendor = await app.Vendor(new Vendor
        {
            Name = text[..Math.Min(text.Length, Vendor.LongestName)], Host = host, Tagline = text, Website = Site,
            Products = [text.Replace(';', ',')], Topics = [new("data", text, text)], Audiences = [new Audience("reviewer", text, text, ["data"], text, Site), new Audience("b", text, text, [], text, Site)],
        });
        var document = await vendor.Document(text, EvidenceClass.OnRequest, of: EvidenceKind.Soc2Report);
        var wording = TestVendor.Wording(text) with { Owner = text, Products = [text], Plans = [text], Regions = [text], Why = new Dictionary<string, string> { ["reviewer"] = text }, Evidence = [document] };
        var claim = await vendor.Publish(wording);
        await vendor.Publish(wording with { Statement = text + " again" }, claim);
        await vendor.Subprocessors(new Subprocessor(Guid.CreateVersion7(), text, text, text, address, [text], null));
        return vendor;
    }

    // Elements with their attributes' names, without what links add: an address that is not an address is text, and that is the point.
    private static string Shape(IDocument page)
        => string.Join('\n', page.All.Where(e => e.LocalName is not ("a" or "b" or "p" or "em" or "strong" or "code" or "li" or "ul" or "ol" or "br") || e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)) || e.GetAttribute("href") is { } href && !IsKnown(href))
            .Select(e => e.LocalName + " " + string.Join(' ', e.Attributes.Select(a => a.Name).Order())));

    private static bool IsKnown(string href) => href.StartsWith('/') || href.StartsWith('#') || href.StartsWith("https://", StringComparison.Ordinal) || href.StartsWith("mailto:", StringComparison.Ordinal);
}
