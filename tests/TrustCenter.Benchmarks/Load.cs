using System.Globalization;
using System.Text.RegularExpressions;

namespace TrustCenter.Benchmarks;

/// <summary>wrk on the second core against a server on the first.</summary>
public static partial class Load
{
    public const int ServerCore = 0, LoadCore = 1;
    private const int Connections = 16;

    public static async Task<Sample> Run(Server server, string path, int seconds, params (string Name, string Value)[] headers)
        => await Run(server, path, seconds, null, null, headers);

    /// <param name="script">A file in Lua that makes the requests.</param>
    /// <param name="database">The process of a database server, whose time and whose children's counts too.</param>
    public static async Task<Sample> Run(Server server, string path, int seconds, string? script, int? database, params (string Name, string Value)[] headers)
    {
        int[] processes = [.. Meter.Tree(server.Process), .. database is { } root ? Meter.Tree(root) : []];
        var before = Meter.Cpu(processes);
        string[] arguments = ["-c", $"{LoadCore}", "wrk", "-t1", $"-c{Connections}", $"-d{seconds}s", .. headers.SelectMany(h => new[] { "-H", $"{h.Name}: {h.Value}" }),
            .. script is null ? Array.Empty<string>() : ["-s", script], server.Url + path];
        var said = await Stage.Output("taskset", arguments);
        var cpu = Meter.Cpu(processes) - before;
        if (said.Contains("Non-2xx or 3xx", StringComparison.Ordinal)) throw new InvalidOperationException($"{server.Url}{path} answered with errors under load:\n{said}");
        return new Sample(cpu, long.Parse(Requests().Match(said).Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"(\d+) requests in", RegexOptions.NonBacktracking)]
    private static partial Regex Requests();
}
