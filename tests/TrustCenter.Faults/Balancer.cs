using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TrustCenter.Tests.Faults;

namespace TrustCenter.Faults;

/// <summary>nginx before two processes, configured as samples/cluster.sh does it.</summary>
public sealed class Balancer : IDisposable
{
    private readonly Process process;

    private Balancer(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    public static async Task<Balancer> Start(string folder, params int[] ports)
    {
        var (port, file) = (HostProcess.FreePort(), Path.Combine(folder, "nginx.conf"));
        await File.WriteAllTextAsync(file, $$"""
            daemon off; pid {{folder}}/nginx.pid; error_log {{folder}}/error.log; worker_processes 1;
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            events { worker_connections 8192; }
            http {
              access_log off;
              client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy; fastcgi_temp_path {{folder}}/f; uwsgi_temp_path {{folder}}/u; scgi_temp_path {{folder}}/s;
              client_max_body_size 110m;
              upstream trust { {{string.Concat(ports.Select(p => $"server 127.0.0.1:{p} max_fails=1 fail_timeout=1s; "))}}keepalive 16; }
              server {
                listen 127.0.0.1:{{port}};
                location / {
                  proxy_pass http://trust; proxy_http_version 1.1;
                  proxy_set_header Host $http_host; proxy_set_header Connection "";
                  proxy_connect_timeout 1s;
                  proxy_next_upstream error timeout http_503;
                }
              }
            }
            """);
        var balancer = new Balancer(Process.Start(new ProcessStartInfo("nginx", ["-c", file, "-e", Path.Combine(folder, "error.log")]))!, port);
        for (var tries = 0; ; tries++)
            try
            {
                using var socket = await Wire.Open(port);
                return balancer;
            }
            catch (SocketException) when (tries < 200 && !balancer.process.HasExited) { await Task.Delay(20); }
    }

    public HttpClient Client(string host) => new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectCallback = async (_, stop) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    }) { BaseAddress = new Uri($"http://{host}:{Port}/"), Timeout = TimeSpan.FromSeconds(10) };

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
