using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrustCenter.Engine;
using TrustCenter.Pages;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Benchmarks.Comparisons;

/// <summary>The same page as anybody would write it first: its components rendered for every request, from a model that is already in memory.</summary>
public static class ComponentsApp
{
    public static async Task<int> Run(string port, string data)
    {
        var content = await Content(data);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRazorComponents();
        await using var app = builder.Build();
        var planned = new PagePlan(content, new Paths(""), Snapshot(content)).Pages().First();
        app.MapGet("/", async (HttpContext context, ILoggerFactory logs) =>
        {
            await using var renderer = new HtmlRenderer(context.RequestServices, logs);
            return Results.Text(await planned.Render(renderer), "text/html; charset=utf-8");
        });
        await app.RunAsync();
        return 0;
    }

    private static string Snapshot(PageContent content) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(TrustJson.Write(content)));

    private static async Task<PageContent> Content(string data)
    {
        await using var product = Seed.Open(data);
        var (scope, store) = (await Seed.Tenant(product.Services), product.Services.GetRequiredService<IStore>());
        var vendor = await product.Services.GetRequiredService<IEngine>().Read<Vendor>(scope.Id<Vendor>(Vendor.Only));
        return await store.Query(sql => PageReader.Read(sql, scope.Tenant, vendor!, DateOnly.FromDateTime(DateTime.UtcNow)));
    }
}
