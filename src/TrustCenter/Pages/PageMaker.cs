using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components.Web;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Pages;

/// <summary>Renders a vendor's pages from its content; knows no database.</summary>
public sealed class PageMaker(Paths paths, IServiceProvider services, ILoggerFactory logs)
{
    private const string Html = "text/html; charset=utf-8";

    /// <summary>Pages rendered so far.</summary>
    public long Renders => Interlocked.Read(ref renders);
    private long renders;

    /// <summary>Renders what depends on something that changed; everything else stays as it is stored.</summary>
    public async Task<(Dictionary<string, MadePage> Made, List<StoredSnapshot> Changed)> Make(PageContent content, Dictionary<string, MadePage> before, DateTimeOffset now)
    {
        var (made, changed) = (new Dictionary<string, MadePage>(), new List<StoredSnapshot>());
        var json = TrustJson.Write(content);
        var id = Convert.ToHexStringLower(SHA256.HashData(json));
        Raw(PageNames.Json, "application/json; charset=utf-8", json);
        Raw(PageNames.Feed, "application/atom+xml; charset=utf-8", UpdatesFeed.Write(content, paths));
        if (content.Vendor.Logo is { Length: > 0 } logo) Raw(LogoFile.IsPng(logo) ? PageNames.LogoPng : PageNames.Logo, LogoFile.IsPng(logo) ? LogoFile.Png : LogoFile.Svg, LogoFile.Bytes(logo));

        foreach (var claim in content.Claims) Raw(PageNames.ClaimHistory(claim.Id), "application/json; charset=utf-8", ClaimHistoryJson.Write(claim));
        Index();

        await using var renderer = new HtmlRenderer(services, logs);
        foreach (var planned in new PagePlan(content, paths, id).Pages())
        {
            if (planned.Pages.All(page => before.TryGetValue(page, out var stands) && stands.Model == planned.Hash))
            {
                foreach (var page in planned.Pages) made[page] = before[page];
                continue;
            }
            var body = Encoding.UTF8.GetBytes(await planned.Render(renderer));
            Interlocked.Increment(ref renders);
            foreach (var page in planned.Pages) Add(page, Html, body, planned.Hash);
        }
        return (made, changed);

        void Raw(string page, string type, byte[] body) => Add(page, type, body, Convert.ToHexStringLower(SHA256.HashData(body)));

        // Nobody is sent the index, so it is not packed.
        void Index()
        {
            var body = SearchIndex.Of(content).Write();
            var sha = Convert.ToHexStringLower(SHA256.HashData(body));
            made[PageNames.Search] = new MadePage(sha, sha);
            if (before.GetValueOrDefault(PageNames.Search)?.Sha != sha) changed.Add(new StoredSnapshot(PageNames.Search, "application/json", body, [], sha, now));
        }

        void Add(string page, string type, byte[] body, string model)
        {
            var sha = Convert.ToHexStringLower(SHA256.HashData(body));
            made[page] = new MadePage(model, sha);
            if (before.GetValueOrDefault(page)?.Sha != sha) changed.Add(Snapshot(page, type, body, sha, now));
        }
    }

    /// <summary>One page with a draft in it, as text; nothing is kept.</summary>
    /// <param name="at">Where the page's links lead.</param>
    /// <param name="back">Where its note leads back to.</param>
    public async Task<string> Draft(PageContent content, Paths at, string page, string back)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await new PagePlan(content, at, "not yet made", back).Pages().First(p => p.Pages.Contains(page)).Render(renderer);
    }

    // A weak tag: the packed bytes are swapped for tighter ones of the same content.
    public static StoredSnapshot Snapshot(string page, string type, byte[] body, string sha, DateTimeOffset now) => new(page, type, body, Packing.Quick(body), $"W/\"{sha[..24]}\"", now);
}
