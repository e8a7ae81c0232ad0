using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TrustCenter.Tests.Faults;

namespace TrustCenter.Faults;

/// <summary>Bytes that are no good request: refused or cut off, never a failure of the host.</summary>
public static partial class Malformed
{
    private const int Together = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);
    private static readonly string[] Words = ["\r\n", "\r\n\r\n", "\n", "\0", "Transfer-Encoding: chunked\r\n", "Content-Length: 7\r\n", "--x", "--x--", "%00", "%zz", "\ud83d\ude00", "\"", ";", "filename*=UTF-8''%ff", "HTTP/1.1", "..", "\u0085"];

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var folder = stage.NewFolder("data");
        var tenant = await Settled.Vendor(folder, "north");
        using var host = HostProcess.Start(folder, HostProcess.FreePort(), "--demo");
        using var console = host.Client();
        using var site = host.Client("north.localhost");
        await host.Ready(console);
        var session = await HostProcess.SignIn(console, tenant, "Editor");

        var known = WireTests.Broken.Select(row => Encoding.Latin1.GetBytes((string)row[1])).ToList();
        var seeds = Seeds(host.Port, session);
        var mutator = new Mutator(stage.Random, Words);
        var mutants = Enumerable.Range(0, stage.Times(600, 20_000)).Select(n => mutator.Of(seeds[n % seeds.Length])).ToList();
        return
        [
            Line($"{known.Count} requests that are none", "Each is refused with 4xx (505 where it names an unknown version) or cut off", await Ask(host, known), mayBeGood: false, host),
            Line($"{mutants.Count:N0} mutants of a page's request, a form, an upload and chunks", "No 5xx but 503 and 507, and each connection ends", await Ask(host, mutants), mayBeGood: true, host),
            await Served(site),
        ];
    }

    private static async Task<List<string?>> Ask(HostProcess host, List<byte[]> requests)
    {
        var answers = new List<string?>();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = Together }, async (request, _) =>
        {
            var answer = await Wire.Ask(host.Port, request, Longest);
            lock (answers) answers.Add(answer);
        });
        return answers;
    }

    private static Line Line(string what, string promise, List<string?> answers, bool mayBeGood, HostProcess host)
    {
        var said = answers.SelectMany(a => a is null ? [0] : Statuses().Matches(a).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty(1)).ToList();
        bool IsWrong(int status) => status is 0 or (>= 500 and not (503 or 505 or 507)) || (!mayBeGood && status is > 1 and < 400);
        var seen = string.Join(", ", said.CountBy(s => s).OrderBy(s => s.Key).Select(s => $"{s.Value:N0} × {s.Key switch { 0 => "no end", 1 => "cut off", _ => $"{s.Key}" }}"));
        return new(what, promise, seen + (host.HasEnded ? "; the host ended" : ""), !said.Exists(IsWrong) && !host.HasEnded);
    }

    private static async Task<Line> Served(HttpClient site)
    {
        using var answer = await site.GetAsync("/");
        return new("Then a reader", "Is served", $"{(int)answer.StatusCode}", answer.IsSuccessStatusCode);
    }

    private static byte[][] Seeds(int port, (string Cookie, string Stamp) session)
    {
        string Head(string path) => $"POST {path} HTTP/1.1\r\nHost: console.localhost:{port}\r\nOrigin: http://console.localhost:{port}\r\nCookie: {session.Cookie}\r\nConnection: close\r\n";
        string Field(string name, string value) => $"--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";
        var form = $"stamp={session.Stamp}&command={Guid.CreateVersion7()}&statement=All+is+kept&topic=data&status=InPlace&owner=Ana&visibility=Public";
        var upload = Field("stamp", session.Stamp) + Field("command", Guid.CreateVersion7().ToString()) + Field("title", "Plan") + Field("kind", "Other") + Field("class", "OnRequest")
            + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"plan.txt\"\r\nContent-Type: text/plain\r\n\r\nWhat we plan.\r\n--x--\r\n";
        return
        [
            Encoding.ASCII.GetBytes($"GET /?q=keys&lang=de HTTP/1.1\r\nHost: north.localhost:{port}\r\nAccept-Encoding: br, gzip;q=0.5\r\nIf-None-Match: \"a\"\r\nIf-Modified-Since: Sun, 22 Nov 2026 10:00:00 GMT\r\nCookie: a=b\r\nConnection: close\r\n\r\n"),
            Encoding.ASCII.GetBytes($"{Head("/console/claims")}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}"),
            Encoding.ASCII.GetBytes($"{Head("/console/evidence")}Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {upload.Length}\r\n\r\n{upload}"),
            Encoding.ASCII.GetBytes($"{Head("/console/evidence")}Content-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n{upload.Length:x}\r\n{upload}\r\n0\r\n\r\n"),
            Encoding.ASCII.GetBytes($"{Head("/console/imports")}Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {upload.Length}\r\n\r\n{upload}"),
        ];
    }

    [GeneratedRegex(@"(?:^|\n)HTTP/1\.1 (\d{3}) ", RegexOptions.NonBacktracking)]
    private static partial Regex Statuses();
}
