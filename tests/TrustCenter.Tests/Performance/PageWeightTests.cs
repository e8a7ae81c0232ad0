using AngleSharp.Html.Parser;
using TrustCenter.Tests.Pages;

namespace TrustCenter.Tests.Performance;

public sealed class PageWeightTests
{
    [Fact]
    public async Task A_page_asks_for_its_logo_and_for_nothing_else()
    {
        await using var app = await RealApp.Start();
        var vendor = await Northwind.Publish(app);
        var page = new HtmlParser().ParseDocument(await vendor.Visitor.GetStringAsync("/"));
        var asked = page.QuerySelectorAll("[src], link[rel~=stylesheet], link[rel~=icon], link[rel~=preload], iframe, object, embed, video, audio, script")
            .Select(e => e.GetAttribute("src") ?? e.GetAttribute("href") ?? e.TagName).Where(a => !a.StartsWith("data:", StringComparison.Ordinal));
        asked.Distinct().ShouldBe(["/logo.svg"]);
        page.QuerySelector("style")!.TextContent.ShouldNotContain("url(http");
    }
}
