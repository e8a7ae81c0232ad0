using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Staff.Setup;
using TrustCenter.Store;
using TrustCenter.Web;

namespace TrustCenter.Host;

/// <summary>The host that runs alone: the module, health addresses, and what the operator reads at start.</summary>
public static class Serving
{
    private const string DefaultUrls = "http://127.0.0.1:5080";
    private const int ResponseBuffer = 128 * 1024; // bytes per connection; a page goes out whole, without waiting for its first half
    private const int SendBuffer = 256 * 1024; // bytes; what the kernel may hold of a download that is revoked

    public static async Task<int> Run(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await SeedDemo(app);
            await app.StartAsync();
            await SayWhereToGo(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception refused) when (refused is StoreException or OptionsValidationException or InvalidOperationException or IOException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    /// <summary>The app, configured and not started; tests start it on a port of their own.</summary>
    /// <param name="prepare">Comes before the module is added: another clock, more logging.</param>
    public static WebApplication Build(string[] args, Action<TrustCenterOptions>? configure = null, Action<WebApplicationBuilder>? prepare = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [.. args.Where(a => a != "--demo")], ContentRootPath = AppContext.BaseDirectory });
        if (builder.Configuration["urls"] is null) builder.WebHost.UseUrls(DefaultUrls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxResponseBufferSize = ResponseBuffer;
        });
        builder.Services.Configure<SocketTransportOptions>(sockets =>
        {
            sockets.CreateBoundListenSocket = BoundSocket;
            // A request goes on where its bytes arrived, on a thread of the pool, instead of being handed over three times. Nothing here blocks on a request's body.
            sockets.UnsafePreferInlineScheduling = true;
        });
        // Request lines hold capability addresses: nothing below a warning is logged of them (ABUSE T-008).
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // It says nothing above that level, and while it may speak an activity is made for each request.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        if (!builder.Environment.IsDevelopment()) builder.Logging.AddJsonConsole(json => json.IncludeScopes = true);
        KeyRing.KeepInMemory(builder.Services);
        prepare?.Invoke(builder);
        builder.AddTrustCenter(options =>
        {
            options.LogSetupCode = false; // printed below, once the addresses answer
            if (args.Contains("--demo")) options.Demo = true;
            configure?.Invoke(options);
        });
        ChooseEngine(builder);
        builder.Services.AddHostedService<TelemetryExport>();
        var app = builder.Build();
        app.MapTrustCenter();
        app.MapTrustCenterWellKnown();
        app.MapTrustCenterHealth();
        return app;
    }

    private static void ChooseEngine(WebApplicationBuilder builder)
    {
        var engine = builder.Configuration["TrustCenter:Engine"] ?? "local";
        if (engine == "local") return;
        if (engine != "orleans") throw new InvalidOperationException($"TrustCenter:Engine is \"{engine}\". Write \"local\" or \"orleans\".");
#if ORLEANS
        TrustCenter.Orleans.OrleansEngineModule.UseOrleansEngine(builder);
#else
        throw new InvalidOperationException("TrustCenter:Engine is \"orleans\", and this host was built without it. Build it with -p:Orleans=true.");
#endif
    }

    private static Socket BoundSocket(System.Net.EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        if (endpoint.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6) socket.SendBufferSize = SendBuffer;
        return socket;
    }

    private static async Task SeedDemo(WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<TrustCenterOptions>>().Value.Demo) return;
        var demo = app.Services.GetRequiredService<DemoStaff>();
        foreach (var tenant in await Vendors(app)) await demo.Seed(new Scope(tenant.Id));
    }

    private static async Task SayWhereToGo(WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<TrustCenterOptions>>().Value;
        var paths = app.Services.GetRequiredService<Paths>();
        var vendors = await Vendors(app);
        var console = options.AddressOf(options.PlatformLabel);
        if (vendors.Count == 0)
        {
            Console.WriteLine(options.Demo
                ? """
                  The demo runs, and holds no vendor yet. Stop it (Ctrl-C) and bring one in:
                    dotnet run --project src/TrustCenter.Host -- import samples/northwind --publish-as "Amir Haddad"
                  To try everything with two sample vendors: bash samples/demo.sh
                  """
                : """
                  The trust center runs, and is empty. Become its first admin and write the first claim, as the next lines say; or stop it (Ctrl-C),
                  bring your content in from a folder (src/TrustCenter/Import/FORMAT.md), and start again.
                  To try everything with two sample vendors: bash samples/demo.sh
                  """);
        }
        foreach (var vendor in vendors) Console.WriteLine($"Public page of {vendor.Name}: {options.AddressOf(vendor.Host)}{paths.Home}");
        Console.WriteLine($"Console: {console}{paths.Today}");
        await SayHowToSignIn(app, options);
        if (vendors.Count > 0 && options.Demo) Console.WriteLine($"Mailbox: {console}{paths.Mailbox}");
        if (options.Demo) Console.WriteLine("Demo: choose who you are at the console; nothing asks for a password. Ctrl-C stops.");
    }

    private static async Task SayHowToSignIn(WebApplication app, TrustCenterOptions options)
    {
        var setup = app.Services.GetRequiredService<SetupNeed>();
        if (await setup.IsOpen(CancellationToken.None)) Console.WriteLine($"{setup.Words}\nA fresh code: the same command as for the start, with setup-code instead.");
        if (!options.Demo && options.Smtp is null) Console.WriteLine("No mail server is set (TrustCenter:Smtp): the same command with mails prints the codes and invitations that would leave.");
    }

    private static Task<List<(Guid Id, string Name, string Host)>> Vendors(WebApplication app)
        => app.Services.GetRequiredService<IStore>().Query(sql => sql.Query("select tenant, name, host from vendor_rows order by name", r => (r.Id(0), r.Text(1), r.Text(2))));
}
