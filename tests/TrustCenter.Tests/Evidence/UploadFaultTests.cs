using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Tests.Evidence;

/// <summary>Uploads that are cut, that crawl, and that are one too many: nothing of them is seen, and what a vendor may keep is exact.</summary>
[Trait("Case", "T-053")]
public sealed class UploadFaultTests
{
    private const string Border = "----border";

    [Theory]
    [InlineData("/console/evidence", Role.Editor)]
    [InlineData("/console/imports", Role.Rep)]
    public async Task An_upload_that_is_cut_at_any_byte_leaves_nothing_to_see(string path, Role role)
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        var browser = await house.SignIn(role);
        var before = await Seen(app);
        var (head, body) = Request(app, browser, path, await Stamp(browser), Encoding.UTF8.GetBytes("key,outcome\n" + string.Concat(Enumerable.Range(0, 200).Select(n => $"d{n},open\n"))));
        var random = new Random(53);
        foreach (var cut in Enumerable.Range(0, 60).Select(_ => random.Next(head.Length + body.Length)).Append(head.Length).Append(head.Length + body.Length - 1).Append(1))
        {
            using var socket = await Connect(app);
            await socket.SendAsync(head.Concat(body).Take(cut).ToArray());
            socket.Close(); // the line is cut; no more is said
        }
        // Cut before its last border ends, but told to the server as the whole.
        foreach (var cut in Enumerable.Range(0, 40).Select(_ => random.Next(body.Length - 5)).Append(body.Length - 5))
        {
            using var content = new ByteArrayContent(body[..cut]);
            content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=" + Border);
            (await browser.Send(HttpMethod.Post, path, content)).Status.ShouldBeInRange(400, 499, $"cut at {cut}");
        }
        await Task.Delay(300);
        (await Seen(app)).ShouldBe(before);
        app.Log.Lines.Where(l => l.Level >= Microsoft.Extensions.Logging.LogLevel.Error).ShouldBeEmpty();
        // What they staged is swept after its time, and the next upload is taken as if nothing had been.
        await app.Services.GetRequiredService<FileStore>().Sweep(DateTimeOffset.UtcNow.AddDays(30), default);
        (await Chunks(app)).ShouldBe(await Blobs(app));
        using var whole = new ByteArrayContent(body);
        whole.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=" + Border);
        (await browser.Send(HttpMethod.Post, path, whole)).Status.ShouldBe(303);
    }

    [Fact]
    public async Task An_upload_that_crawls_is_ended_and_holds_up_nobody()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        var editor = await house.SignIn(Role.Editor);
        var before = await Seen(app);
        var (head, body) = Request(app, editor, "/console/evidence", await Stamp(editor), new byte[100_000]);
        using var socket = await Connect(app);
        await socket.SendAsync(head);
        var (sent, ended) = (0, false);
        for (var until = DateTime.UtcNow.AddSeconds(60); DateTime.UtcNow < until && !ended; await Task.Delay(100))
        {
            try
            {
                await socket.SendAsync(body.AsMemory(sent++, 1));
                ended = socket.Poll(0, SelectMode.SelectRead);
            }
            catch (SocketException) { ended = true; }
            if (sent % 20 == 0) (await editor.Get("/console/evidence")).Status.ShouldBe(200);
        }
        ended.ShouldBeTrue("ten bytes a second were taken for a minute");
        (await Seen(app)).ShouldBe(before);
    }

    [Fact]
    public async Task The_file_after_the_last_one_is_refused_in_words_also_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("trust-center-").FullName;
        try
        {
            for (var start = 0; start < 2; start++)
            {
                await using var app = await Restartable.Start(folder, most: 8);
                if (start == 0) await app.Fill(8);
                var before = await Seen(app.App);
                var answer = await app.Upload();
                answer.Status.ShouldBe(422);
                answer.Dom.QuerySelector(".errors a[href='#f-file']")!.TextContent.ShouldContain("The storage for files is full: 8 files or 10,240 MiB in all.");
                answer.Dom.QuerySelector("input[name=title]")!.GetAttribute("value").ShouldBe("Notes");
                (await Seen(app.App)).ShouldBe(before);
            }
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public async Task Of_two_that_come_together_for_the_last_place_one_gets_it()
    {
        var folder = Directory.CreateTempSubdirectory("trust-center-").FullName;
        try
        {
            await using var app = await Restartable.Start(folder, most: 8);
            await app.Fill(7);
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.Upload()));
            answers.Count(a => a.Status == 303).ShouldBeLessThanOrEqualTo(1);
            (await Blobs(app.App)).ShouldBeLessThanOrEqualTo(8);
            if (await Blobs(app.App) == 7) (await app.Upload()).Status.ShouldBe(303); // each saw the others; alone one is taken
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public async Task A_vendor_whose_bytes_are_used_up_gets_no_further_file_and_his_neighbour_does()
    {
        await using var app = await RealApp.Start(o => (o.Demo, o.FileRoom) = (true, 1));
        var (a, b) = (await Empty(app, "alpha"), await Empty(app, "beta"));
        (await Send(a, new byte[700_000])).Status.ShouldBe(303);
        (await Send(a, [.. new byte[700_000], 1])).Status.ShouldBe(422);
        (await Send(a, new byte[700_000])).Status.ShouldBe(303); // the same bytes lie there already
        var scope = await app.Services.GetRequiredService<IStore>().Query(sql => sql.First("select tenant from evidence_rows", r => new TrustCenter.Engine.Scope(r.Id(0))));
        var program = await Api.Program.Of(app, scope, await Api.Program.Hire(app, scope, Enum.GetValues<Role>()));
        (await program.Upload("/evidence?title=Notes&kind=other&class=public", [.. new byte[700_000], 3], Guid.CreateVersion7())).Status.ShouldBe(422, "a program has no more room than a person");
        (await Chunks(app)).ShouldBe(await Blobs(app), "what was refused, or lay there already, left nothing behind");
        (await Send(b, [.. new byte[700_000], 2])).Status.ShouldBe(303);
    }

    private static async Task<Browser> Empty(RealApp app, string host)
    {
        var scope = new TrustCenter.Engine.Scope(Guid.CreateVersion7());
        await app.Engine.Decide(scope.Id<TrustCenter.Tenants.Vendor>(TrustCenter.Tenants.Vendor.Only), new TrustCenter.Tenants.DefineVendor { Id = Guid.NewGuid(), Words = new TrustCenter.Tenants.Vendor { Name = host, Host = host } }, TrustCenter.Engine.Actor.System);
        await app.Services.GetRequiredService<DemoStaff>().Seed(scope);
        var browser = new Browser(app, "console.localhost");
        var (action, fields) = Browser.FormOf(await browser.Get("/console/sign-in"), "/console/sessions", ("vendor", scope.Tenant.ToString()), ("role", "Editor"));
        (await browser.Post(action, [.. fields])).Status.ShouldBe(303);
        return browser;
    }

    private static async Task<Answer> Send(Browser editor, byte[] file)
    {
        var body = new MultipartFormDataContent();
        foreach (var (name, value) in new[] { ("stamp", await Stamp(editor)), ("command", Guid.CreateVersion7().ToString()), ("title", "Notes"), ("kind", "Other"), ("class", "Public") }) body.Add(new StringContent(value), name);
        body.Add(new ByteArrayContent(file), "file", "notes.bin");
        return await editor.Send(HttpMethod.Post, "/console/evidence", body);
    }

    private static async Task<string> Stamp(Browser browser) => (await browser.Get("/console")).Dom.QuerySelector("form[action$='/session-ends'] input[name=stamp]")!.GetAttribute("value")!;

    private static (byte[] Head, byte[] Body) Request(RealApp app, Browser browser, string path, string stamp, byte[] file)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in new[] { ("stamp", stamp), ("command", Guid.CreateVersion7().ToString()), ("title", "Notes"), ("kind", "Other"), ("class", "Public") })
            text.Append($"--{Border}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        text.Append($"--{Border}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"notes.csv\"\r\nContent-Type: text/csv\r\n\r\n");
        byte[] body = [.. Encoding.UTF8.GetBytes(text.ToString()), .. file, .. Encoding.ASCII.GetBytes($"\r\n--{Border}--\r\n")];
        var head = $"POST {path} HTTP/1.1\r\nHost: console.localhost:{app.Port}\r\nOrigin: {browser.Origin}\r\nCookie: {string.Join("; ", browser.Cookies.Select(c => $"{c.Key}={c.Value}"))}\r\nContent-Type: multipart/form-data; boundary={Border}\r\nContent-Length: {body.Length}\r\n\r\n";
        return (Encoding.ASCII.GetBytes(head), body);
    }

    private static async Task<Socket> Connect(RealApp app)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(System.Net.IPAddress.Loopback, app.Port);
        return socket;
    }

    // Everything that a list, a page or the quota would show.
    private static Task<string> Seen(RealApp app) => app.Services.GetRequiredService<IStore>().Query(sql => string.Join(' ', new[] { "evidence_rows", "import_rows", "blobs", "states" }.Select(table => sql.Number($"select count(*) from {table}"))));

    private static Task<long> Blobs(RealApp app) => app.Services.GetRequiredService<IStore>().Query(sql => sql.Number("select count(*) from blobs"));

    private static Task<long> Chunks(RealApp app) => app.Services.GetRequiredService<IStore>().Query(sql => sql.Number("select count(distinct upload) from chunks"));

    /// <summary>An app over a folder that outlives it, with one vendor.</summary>
    private sealed class Restartable(RealApp app, Browser editor) : IAsyncDisposable
    {
        public RealApp App => app;

        public static async Task<Restartable> Start(string folder, int most)
        {
            var app = await RealApp.Start(o => (o.Demo, o.MostFiles, o.DataFolder) = (true, most, folder));
            if (await app.Services.GetRequiredService<IStore>().Query(sql => sql.Number("select count(*) from vendor_rows")) == 0) return new Restartable(app, await Empty(app, "alpha"));
            var browser = new Browser(app, "console.localhost");
            var (action, fields) = Browser.FormOf(await browser.Get("/console/sign-in"), "/console/sessions", ("role", "Editor"));
            (await browser.Post(action, [.. fields])).Status.ShouldBe(303);
            return new Restartable(app, browser);
        }

        public Task<Answer> Upload() => Send(editor, Guid.NewGuid().ToByteArray());

        public async Task Fill(int files)
        {
            for (var n = 0; n < files; n++) (await Upload()).Status.ShouldBe(303);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
