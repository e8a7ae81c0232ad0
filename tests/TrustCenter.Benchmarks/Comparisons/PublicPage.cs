using TrustCenter.Pages;

namespace TrustCenter.Benchmarks.Comparisons;

/// <summary>The public page of 72 claims against nginx with the same bytes and headers as a file, and against the same components rendered for every request.</summary>
public static class PublicPage
{
    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var data = await Seed.Northwind(stage);
        using var host = await Server.Host(data);
        var (page, headers, _) = await host.Get("/", ("Host", Seed.Host));
        var (packed, _, _) = await host.Get("/", ("Host", Seed.Host), ("Accept-Encoding", "br"));
        using var nginx = await Static(stage, headers, ("page.html", page), ("page.br", packed));
        using var components = await Server.Own("/", port => ["serve-components", $"{port}", Copy(data, stage.NewFolder("components"))]);
        Stage.Same("identity", page, (await nginx.Get("/page.html")).Body);
        Stage.Same("brotli", packed, (await nginx.Get("/page.br")).Body);
        Stage.Same("components", page, (await components.Get("/")).Body);
        var (tag, fileTag) = (headers["ETag"], (await nginx.Get("/page.html")).Headers["ETag"]);
        if ((await host.Get("/", ("Host", Seed.Host), ("If-None-Match", tag))).Status != 304 || (await nginx.Get("/page.html", ("If-None-Match", fileTag))).Status != 304) throw new InvalidOperationException("No 304.");

        Variant Ask(string name, Server server, string path, params (string, string)[] more) => new(name, () => Load.Run(server, path, stage.Seconds, [("Host", Seed.Host), .. more]));
        var each = await Interleaved.Measure(stage.Rounds,
            Ask("nginx brotli", nginx, "/page.br", ("Accept-Encoding", "br")), Ask("brotli", host, "/", ("Accept-Encoding", "br")),
            Ask("nginx identity", nginx, "/page.html"), Ask("identity", host, "/"),
            Ask("nginx 304", nginx, "/page.html", ("If-None-Match", fileTag)), Ask("304", host, "/", ("If-None-Match", tag)),
            Ask("components", components, "/"));
        Line Against(string name, double goal) => Line.AtLeast($"{name}, of nginx", goal, each["nginx " + name] / each[name], $"{Table.Number(each[name])} µs and {Table.Number(each["nginx " + name])} µs of CPU");
        return
        [
            Against("brotli", 0.75), Against("identity", 0.5), Against("304", 0.6),
            Line.AtLeast("times uncached components", 15, each["components"] / each["identity"], $"{Table.Number(each["components"])} µs"),
        ];
    }

    /// <summary>nginx over these bytes, with the page's own headers.</summary>
    internal static Task<Server> Static(Stage stage, Dictionary<string, string> headers, params (string Name, byte[] Bytes)[] files)
    {
        var folder = stage.NewFolder("static");
        foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(folder, name), bytes);
        string[] own = ["Date", "Content-Type", "Content-Length", "ETag", "Last-Modified", "Server", "Connection"];
        return Server.Nginx(folder, headers.Where(h => !own.Contains(h.Key)).Select(h => (h.Key, h.Value)));
    }

    internal static string Copy(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(folder.Replace(from, to, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal))) File.Copy(file, file.Replace(from, to, StringComparison.Ordinal));
        return to;
    }
}
