using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrustCenter.Engine;
using TrustCenter.Host;
using TrustCenter.Pages;
using TrustCenter.Tenants;
using TrustCenter.Tests.Store;
using TrustCenter.Web;

namespace TrustCenter.Tests;

/// <summary>The real app on a loopback port with a data folder of its own; the folder goes when it stops.</summary>
public sealed class RealApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private RealApp(WebApplication app, string folder, TestClock clock, HeldLog log) => (this.app, Folder, Clock, Log) = (app, folder, clock, log);

    public string Folder { get; }
    public TestClock Clock { get; }
    public int Port => new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    public string Prefix => Services.GetRequiredService<Paths>().Prefix;
    public HeldLog Log { get; }
    public IServiceProvider Services => app.Services;
    public TrustCenterOptions Options => Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<TrustCenterOptions>>().Value;
    public IEngine Engine => Services.GetRequiredService<IEngine>();

    public static Task<RealApp> Start(Action<TrustCenterOptions>? configure = null)
        => Start((options, prepare) => Serving.Build(["--urls", "http://127.0.0.1:0"], options, prepare), configure);

    /// <summary>Every app of the tests over PostgreSQL instead of SQLite.</summary>
    private static readonly bool OnPostgres = Environment.GetEnvironmentVariable("TRUSTCENTER_TESTS_ON") == "postgres";

    /// <summary>Another app that has the module in it.</summary>
    public static async Task<RealApp> Start(Func<Action<TrustCenterOptions>, Action<WebApplicationBuilder>, WebApplication> build, Action<TrustCenterOptions>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("trust-center-").FullName;
        var clock = new TestClock();
        var log = new HeldLog();
        var app = build(options =>
        {
            options.DataFolder = folder;
            options.PackAfterSeconds = 3_600; // the tightest packing takes more than all else that most tests do
            options.MostCodesPerNetwork = 1_000_000; // all of a test's people ask from one address
            configure?.Invoke(options);
            if (OnPostgres) options.Postgres ??= PostgresServer.NewDatabase();
        }, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Logging.ClearProviders().AddProvider(log);
        });
        await app.StartAsync();
        return new RealApp(app, folder, clock, log);
    }

    /// <summary>A client that believes <paramref name="host"/> to be this app; it keeps no cookie, follows nothing and unpacks nothing.</summary>
    public HttpClient Client(string host)
    {
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, Port, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri($"http://{host}:{Port}/") };
    }

    /// <summary>A vendor with these words, and a site to look at.</summary>
    public async Task<TestVendor> Vendor(Vendor words)
    {
        var scope = new Scope(Guid.CreateVersion7());
        var vendor = new TestVendor(this, scope, Client($"{words.Host}.localhost"));
        await vendor.Define(words);
        return vendor;
    }

    /// <summary>Returns when the pages show everything published so far.</summary>
    public Task Compiled(Scope scope) => Services.GetRequiredService<PageCompiler>().WaitFor(scope.Tenant, TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>The machine's clock, shifted as a test wants.</summary>
public sealed class TestClock : TimeProvider
{
    private long shift; // ticks

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref shift));

    public DateOnly Today => DateOnly.FromDateTime(GetUtcNow().UtcDateTime);

    public void Advance(TimeSpan by) => Interlocked.Add(ref shift, by.Ticks);

    /// <summary>The clock goes on from this moment.</summary>
    public void Set(DateTimeOffset now) => Advance(now - GetUtcNow());
}

/// <summary>Everything that the app logged, at the levels that it runs with, exceptions included.</summary>
public sealed class HeldLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = new();

    public IEnumerable<(LogLevel Level, string Text)> Lines => lines;

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose() { }

    private sealed class Writer(HeldLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => log.lines.Enqueue((logLevel, $"{category}: {formatter(state, exception)} {exception}"));
    }
}
