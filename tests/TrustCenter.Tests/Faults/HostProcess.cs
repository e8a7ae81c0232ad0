using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AngleSharp.Html.Parser;

namespace TrustCenter.Tests.Faults;

/// <summary>The host as people start it: a process of its own, which dies without a word when it is told to.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output, errors;

    private HostProcess(Process process, int port)
    {
        (this.process, Port) = (process, port);
        (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    public int Port { get; }
    public int Id => process.Id;
    public bool HasEnded => process.HasExited;

    public static HostProcess Start(string folder, int port, params string[] more) => StartOver(null, folder, port, more);

    /// <param name="database">Connection string of a PostgreSQL database; null: the file in the folder.</param>
    public static HostProcess StartOver(string? database, string folder, int port, params string[] more) => StartIn([], database, folder, port, more);

    /// <param name="environment">Variables beside those of this process.</param>
    public static HostProcess StartIn(IEnumerable<(string Name, string Value)> environment, string? database, string folder, int port, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "TrustCenter.Host.dll"), "--urls", $"http://127.0.0.1:{port}", .. more]) start.ArgumentList.Add(argument);
        start.Environment["TrustCenter__DataFolder"] = folder;
        start.Environment["TrustCenter__PackAfterSeconds"] = "3600"; // as in RealApp
        if (database is not null) start.Environment["TrustCenter__Postgres"] = database;
        start.Environment["DOTNET_TieredPGO"] = "0"; // a faster start
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new HostProcess(Process.Start(start)!, port);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public HttpClient Client(string host = "console.localhost") => new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectCallback = async (_, stop) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    }) { BaseAddress = new Uri($"http://{host}:{Port}/") };

    /// <summary>Returns when it can write, or throws with what it said.</summary>
    public async Task<HostProcess> Ready(HttpClient client)
    {
        for (var until = DateTime.UtcNow.AddSeconds(60); DateTime.UtcNow < until; await Task.Delay(15))
        {
            if (process.HasExited) throw new InvalidOperationException("The host ended: " + await output + await errors);
            try
            {
                if ((await client.GetAsync("/health/ready")).IsSuccessStatusCode) return this;
            }
            catch (HttpRequestException) { continue; } // it does not listen yet
        }
        throw new TimeoutException("The host was not ready within a minute.");
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>SIGSTOP and SIGCONT: it hears of nothing meanwhile, and then goes on as if no time had passed.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for an end of its own: the exit code and all it said.</summary>
    public async Task<(int Code, string Said)> End()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>A persona signed in: the cookie and the stamp of its forms; both outlive the process.</summary>
    public static async Task<(string Cookie, string Stamp)> SignIn(HttpClient client, Guid tenant, string role)
    {
        var page = new HtmlParser().ParseDocument(await client.GetStringAsync("/console/sign-in"));
        using var request = Post("/console/sessions", client, "", [("stamp", page.QuerySelector("input[name=stamp]")!.GetAttribute("value")!), ("vendor", tenant.ToString()), ("role", role)]);
        using var answer = await client.SendAsync(request);
        var cookie = answer.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        using var get = new HttpRequestMessage(HttpMethod.Get, "/console/deals");
        get.Headers.Add("Cookie", cookie);
        using var deals = await client.SendAsync(get);
        var stamp = new HtmlParser().ParseDocument(await deals.Content.ReadAsStringAsync()).QuerySelector("form[action$='/session-ends'] input[name=stamp]")!.GetAttribute("value")!;
        return (cookie, stamp);
    }

    public static HttpRequestMessage Post(string path, HttpClient client, string cookie, IEnumerable<(string Name, string Value)> fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
        request.Headers.Add("Origin", client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        if (cookie.Length > 0) request.Headers.Add("Cookie", cookie);
        return request;
    }

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
    }
}
