using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TrustCenter.Benchmarks;

/// <summary>A server in a process of its own, on the first core.</summary>
public sealed class Server : IDisposable
{
    private readonly Process process;

    private Server(Process process, int port) => (this.process, Port) = (process, port);

    public int Process => process.Id;
    public int Port { get; }
    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>The product, over this data folder.</summary>
    public static Task<Server> Host(string data, string ready = "/health/live") => Start(port => ["dotnet", InOutput("TrustCenter.Host.dll"), "--urls", $"http://127.0.0.1:{port}", $"--TrustCenter:DataFolder={data}"], ready);

    /// <summary>The product over this database of PostgreSQL.</summary>
    public static Task<Server> HostOver(string database, string data) => Start(port => ["dotnet", InOutput("TrustCenter.Host.dll"), "--urls", $"http://127.0.0.1:{port}", $"--TrustCenter:DataFolder={data}", $"--TrustCenter:Postgres={database}"], "/health/live");

    /// <summary>One of this program's own servers.</summary>
    public static Task<Server> Own(string ready, Func<int, string[]> arguments) => Start(port => ["dotnet", InOutput("TrustCenter.Benchmarks.dll"), .. arguments(port)], ready);

    /// <summary>nginx with one worker over a folder of files; what ends in .br is sent as packed HTML.</summary>
    public static Task<Server> Nginx(string folder, IEnumerable<(string Name, string Value)> headers)
    {
        var added = string.Concat(headers.Select(h => $"add_header {h.Name} \"{h.Value}\"; "));
        return Start(port =>
        {
            var file = Path.Combine(folder, "nginx.conf");
            File.WriteAllText(file, $$"""
                worker_processes 1; daemon off; pid {{folder}}/nginx.pid; error_log {{folder}}/nginx.log;
                events { worker_connections 1024; }
                http {
                  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; default_type "text/html; charset=utf-8"; etag on; server_tokens off;
                  client_body_temp_path {{folder}}/b; proxy_temp_path {{folder}}/p; fastcgi_temp_path {{folder}}/f; uwsgi_temp_path {{folder}}/u; scgi_temp_path {{folder}}/s;
                  server {
                    listen 127.0.0.1:{{port}}; root {{folder}}; {{added}}
                    location ~ \.br$ { {{added}} add_header Content-Encoding br; }
                  }
                }
                """);
            return ["nginx", "-e", $"{folder}/nginx.log", "-c", file];
        }, "/");
    }

    /// <summary>Waits until something answers, whatever it says.</summary>
    private static async Task<Server> Start(Func<int, string[]> command, string ready)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("taskset") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", $"{Load.ServerCore}", .. command(port)]) start.ArgumentList.Add(argument);
        var server = new Server(System.Diagnostics.Process.Start(start)!, port);
        server.process.OutputDataReceived += (_, _) => { };
        server.process.BeginOutputReadLine();
        var errors = server.process.StandardError.ReadToEndAsync();
        for (var until = DateTime.UtcNow.AddMinutes(2); DateTime.UtcNow < until; await Task.Delay(2))
        {
            if (server.process.HasExited) throw new InvalidOperationException("A server ended: " + await errors);
            if (await server.Answers(ready)) return server;
        }
        throw new TimeoutException($"{string.Join(' ', command(port))} did not answer within two minutes.");
    }

    private async Task<bool> Answers(string path)
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            using var client = new HttpClient();
            await client.GetAsync(Url + path);
            return true;
        }
        catch (Exception early) when (early is SocketException or HttpRequestException) { return false; } // it does not listen yet
    }

    /// <summary>The body and the headers, as asked.</summary>
    public async Task<(byte[] Body, Dictionary<string, string> Headers, int Status)> Get(string path, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });
        using var request = new HttpRequestMessage(HttpMethod.Get, Url + path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        return (await response.Content.ReadAsByteArrayAsync(), response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value)), (int)response.StatusCode);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string InOutput(string file) => Path.Combine(AppContext.BaseDirectory, file);

    public void Dispose()
    {
        // nginx ends its workers when it is asked to, not when it is killed.
        if (!process.HasExited) System.Diagnostics.Process.Start("kill", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)).WaitForExit();
        if (!process.WaitForExit(10_000)) process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
