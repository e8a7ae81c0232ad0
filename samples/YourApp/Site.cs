using TrustCenter;

namespace YourApp;

/// <summary>A vendor's own app with a trust center in it: everything below <c>/trust</c> is the module, the rest is the app.</summary>
public static class Site
{
    /// <param name="configure">What a test or another environment sets otherwise.</param>
    /// <param name="prepare">Comes before the module is added.</param>
    public static WebApplication Build(string[] args, Action<TrustCenterOptions>? configure = null, Action<WebApplicationBuilder>? prepare = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (builder.Configuration["urls"] is null) builder.WebHost.UseUrls("http://127.0.0.1:5090");
        prepare?.Invoke(builder);
        builder.AddTrustCenter(options =>
        {
            options.DataFolder = "data/your-app";
            options.Address = "http://{host}:5090";
            options.Hosts["localhost"] = "tide"; // the app's own host name shows this vendor
            configure?.Invoke(options);
        });
        var app = builder.Build();
        app.MapGet("/", () => Results.Content(Home, "text/html; charset=utf-8"));
        app.MapTrustCenter("/trust");
        app.MapTrustCenterWellKnown();
        app.MapTrustCenterHealth();
        return app;
    }

    private const string Home = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tide Tables</title>
        <h1>Tide Tables</h1>
        <p>When the water comes, for every harbour. How we keep your data: <a href="/trust/">our trust center</a>.</p>
        </html>
        """;
}
