using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Keys;
using TrustCenter.Operation;
using TrustCenter.Store;
using TrustCenter.Tests.Faults;

namespace TrustCenter.Faults;

/// <summary>The only disk is full, temporary files included: what writes is refused in words, what reads goes on, and with room again so does writing.</summary>
public static class DiskFull
{
    private const int Size = 64, Filler = 16; // MiB: the disk, and what is removed from it afterwards
    private const int UploadLength = 1024 * 1024; // bytes
    private const int Turned = 10; // acts refused in a row: it is full
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(15);

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        using var disk = SmallDisk.Mount(stage.NewFolder("disk"), Size);
        var folder = Directory.CreateDirectory(Path.Combine(disk.Folder, "data")).FullName;
        var temporary = Directory.CreateDirectory(Path.Combine(disk.Folder, "tmp")).FullName;
        var tenant = await Settled.Vendor(folder, "north");
        var filler = Path.Combine(disk.Folder, "filler");
        await File.WriteAllBytesAsync(filler, new byte[Filler << 20]);

        var writer = new Writer(tenant);
        var lines = new List<Line>();
        using (var host = HostProcess.StartIn([("TMPDIR", temporary)], null, folder, HostProcess.FreePort(), "--demo"))
        {
            using var console = host.Client();
            using var site = host.Client("north.localhost");
            await host.Ready(console);
            await writer.SignIn(console);
            for (var round = 1; round <= stage.Times(1, 5); round++)
            {
                var before = writer.Acknowledged;
                await writer.Fill(console, Turned);
                var served = await Statuses(site, writer, console);
                lines.Add(new($"Uploads of 1 MiB and deals until a disk of {Size} MiB is full, temporary files included", "They are refused with 503 or 507 and a sentence, and the host lives", writer.Said(before) + (host.HasEnded ? "; the host ended" : ""), writer.IsGood && !host.HasEnded));
                lines.Add(new("Then what only reads: public page, lists of claims and of evidence", "Is served", string.Join(", ", served), served.TrueForAll(s => s == 200)));
                File.Delete(filler);
                lines.Add(await GoesOn(writer, console));
                if (round < stage.Times(1, 5)) await File.WriteAllBytesAsync(filler, new byte[Filler << 20]).ContinueWith(_ => { }, TaskScheduler.Default); // as much as there is room for
            }
            host.Kill();
        }
        lines.Add(await writer.Check(folder));
        return lines;
    }

    private static async Task<List<int>> Statuses(HttpClient site, Writer writer, HttpClient console)
    {
        using var home = await site.GetAsync("/");
        return [(int)home.StatusCode, await writer.Read(console, "/console/claims"), await writer.Read(console, "/console/evidence")];
    }

    private static async Task<Line> GoesOn(Writer writer, HttpClient console)
    {
        var (clock, upload, deal) = (Stopwatch.StartNew(), false, false);
        while (clock.Elapsed < Recovery && !(upload && deal))
        {
            upload = upload || await writer.Upload(console);
            deal = deal || await writer.Deal(console);
        }
        return new($"{Filler} MiB of it are freed", $"Uploads and deals are taken again within {Recovery.TotalSeconds} s, and nobody does anything", upload && deal ? $"after {clock.Elapsed.TotalSeconds:F1} s" : $"upload {upload}, deal {deal}", upload && deal);
    }

    /// <summary>Keeps what was acknowledged, and how the rest was refused.</summary>
    private sealed class Writer(Guid tenant)
    {
        private readonly List<Guid> deals = [];
        private readonly List<(Guid Id, string Sha)> documents = [];
        private readonly Dictionary<string, int> refusals = [];
        private (string Cookie, string Stamp) rep, editor;

        public int Acknowledged => deals.Count + documents.Count;
        public bool IsGood { get; private set; } = true;

        public async Task SignIn(HttpClient console) => (rep, editor) = (await HostProcess.SignIn(console, tenant, "Rep"), await HostProcess.SignIn(console, tenant, "Editor"));

        public async Task Fill(HttpClient console, int turned)
        {
            for (var refused = 0; refused < turned;) refused = await Upload(console) | await Deal(console) ? 0 : refused + 1; // both are asked
        }

        public string Said(int before) => $"{Acknowledged - before} were taken; {string.Join(", ", refusals.Select(r => $"{r.Value} × {r.Key}"))}";

        public async Task<int> Read(HttpClient console, string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Cookie", editor.Cookie);
            using var answer = await console.SendAsync(request);
            return (int)answer.StatusCode;
        }

        public async Task<bool> Deal(HttpClient console)
        {
            var deal = Guid.CreateVersion7();
            using var request = HostProcess.Post("/console/deals", console, rep.Cookie, [("stamp", rep.Stamp), ("command", deal.ToString()), ("account", $"Acme {deal:N}"), ("currency", "EUR"), ("outcome", "Open"), ("factor", "None")]);
            if (!await Send(console, request)) return false;
            deals.Add(deal);
            return true;
        }

        public async Task<bool> Upload(HttpClient console)
        {
            var (document, bytes) = (Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(UploadLength));
            using var request = HostProcess.Post("/console/evidence", console, editor.Cookie, []);
            var form = new MultipartFormDataContent();
            foreach (var (name, value) in new[] { ("stamp", editor.Stamp), ("command", document.ToString()), ("title", $"Plan {document:N}"), ("kind", "Other"), ("class", "Public") }) form.Add(new StringContent(value), name);
            form.Add(new ByteArrayContent(bytes), "file", "plan.bin");
            request.Content = form;
            if (!await Send(console, request)) return false;
            documents.Add((document, Convert.ToHexStringLower(SHA256.HashData(bytes))));
            return true;
        }

        private async Task<bool> Send(HttpClient console, HttpRequestMessage request)
        {
            var said = "";
            try
            {
                using var answer = await console.SendAsync(request);
                if (answer.StatusCode == HttpStatusCode.SeeOther) return true;
                var words = await answer.Content.ReadAsStringAsync();
                said = $"{(int)answer.StatusCode}{(words.Contains(". ", StringComparison.Ordinal) ? "" : " without words")}";
            }
            catch (HttpRequestException cut) { said = cut.Message; }
            refusals[said] = refusals.GetValueOrDefault(said) + 1;
            IsGood &= said is "503" or "507";
            return false;
        }

        /// <summary>While nobody runs: each promise against the database.</summary>
        public async Task<Line> Check(string folder)
        {
            var keys = HostKeys.FromFolder(Path.Combine(folder, "keys"), mayCreate: false);
            await using var store = new SqliteStore(Path.Combine(folder, "trustcenter.db"), keys);
            var rows = (await store.Query(sql => sql.Query("select id from deal_rows where tenant = @tenant", r => r.Id(0), ("@tenant", tenant)))).ToHashSet();
            var files = new FileStore(store, new ChunkCache());
            var lost = deals.Count(d => !rows.Contains(d));
            foreach (var (id, sha) in documents)
                if (await store.Read(new Scope(tenant).Id<EvidenceDocument>(id), default) is null || await files.ReadAll(new Scope(tenant), sha, default) is null) lost++;
            var problem = await store.Query(sql => CopyCheck.Run(sql, 0, keys).Problem);
            return new($"{deals.Count} deals and {documents.Count} documents that were acknowledged, read when the host was killed", "All are there, and every seal, entry and signature is right", $"{lost} are lost; {problem ?? "all is right"}", lost == 0 && problem is null && documents.Count > 0);
        }
    }
}
