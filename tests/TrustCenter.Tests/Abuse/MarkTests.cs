using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Tests.Documents;

namespace TrustCenter.Tests.Abuse;

/// <summary>Every copy says whose it is, and a file that cannot say it does not go out.</summary>
[Collection(AbuseCases.Name)]
public sealed class MarkTests(AbuseHouse house)
{
    [Fact, Trait("Case", "T-040")]
    public async Task Every_way_to_the_bytes_bears_the_readers_own_mark()
    {
        var (link, _) = await house.Share();
        var (ana, bo) = (await house.Enter(link), await house.Enter(link));
        var (anas, bos) = (await Copy(ana), await Copy(bo));
        anas.Whole.SequenceEqual(bos.Whole).ShouldBeFalse();
        foreach (var (copy, reader, other, stranger) in new[] { (anas, ana, bos, bo), (bos, bo, anas, ana) })
        {
            Check(copy.Whole, copy.Trace, reader.Email, other.Trace, stranger.Email);
            foreach (var (way, bytes) in await OtherWays(reader.Browser, copy.Path, copy.Whole.Length)) bytes.SequenceEqual(copy.Whole).ShouldBeTrue(way);
        }
        var again = await Copy(ana); // a second download is a copy of its own
        again.Trace.ShouldNotBe(anas.Trace);
        Check(again.Whole, again.Trace, ana.Email, anas.Trace, bo.Email);
    }

    [Fact, Trait("Case", "T-041")]
    public async Task Nobody_is_ever_handed_anothers_copy()
    {
        var readers = new List<(Guest Guest, string Path, string Trace)>();
        foreach (var home in new[] { house.North, house.South })
        {
            using var rep = await home.SignIn(Role.Rep);
            var (link, _) = await home.Share(rep, ("people", ""), ("domains", "acme.com"));
            for (var n = 0; n < 5; n++)
            {
                var guest = await house.Enter(link, home);
                var path = await TestHouse.Download(guest.Browser, guest.Room, home.Report.ToString());
                readers.Add((guest, path, (await house.VisitOf(guest, home)).Accesses[^1].Trace));
            }
        }
        var order = new Random(41);
        var requests = Enumerable.Range(0, 500).Select(_ => (Reader: readers[order.Next(readers.Count)], Ranged: order.Next(2) == 0)).ToList();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (request, _) =>
        {
            var (guest, path, trace) = request.Reader;
            var answer = await guest.Browser.Get(path, ("Range", request.Ranged ? "bytes=0-" : ""));
            answer.Status.ShouldBe(request.Ranged ? 206 : 200);
            var text = Encoding.Latin1.GetString(answer.Bytes);
            readers.Where(r => text.Contains(r.Trace, StringComparison.Ordinal)).Select(r => r.Trace).ShouldBe([trace]);
            readers.Where(r => text.Contains($"({r.Guest.Email})", StringComparison.Ordinal)).Select(r => r.Guest.Email).ShouldBe([guest.Email]);
        });
    }

    [Fact, Trait("Case", "T-042")]
    public async Task A_file_that_cannot_bear_a_mark_is_refused_and_never_served_bare()
    {
        using var folder = new Folder();
        var plain = folder.Write("plain.pdf", Samples.OnePage());
        Samples.Run("qpdf", "--encrypt", "opens", "owner", "256", "--", plain, folder["locked.pdf"]).ExitCode.ShouldBe(0);
        (await Take(File.ReadAllBytes(folder["locked.pdf"]), "locked.pdf")).ShouldBeOfType<IntakeResult.Refused>();
        (await Take(Encoding.ASCII.GetBytes("%PDF-1.7\nnothing that follows is a PDF\n%%EOF\n"), "broken.pdf")).ShouldBeOfType<IntakeResult.Refused>();
        (await Take(Encoding.ASCII.GetBytes("PK plain bytes"), "bytes.pdf")).ShouldBeOfType<IntakeResult.Refused>();

        var taken = (await Take(Encoding.ASCII.GetBytes("a,b\n1,2\n"), "table.csv")).ShouldBeOfType<IntakeResult.Taken>();
        var (north, document) = (house.North, Guid.NewGuid());
        var id = north.Scope.Id<EvidenceDocument>(document);
        await north.Decide(document, new UploadEvidence { Id = Guid.NewGuid(), Version = taken.Version, Files = taken.Files }, north.StaffId(Role.Editor));
        (await house.App.Engine.Decide(id, new ApproveEvidence { Id = Guid.NewGuid(), Sha = taken.Version.File.Sha }, Actor.Staff(north.StaffId(Role.Approver)))).ShouldBeOfType<Outcome.Refused>();

        // A link that names it all the same opens nothing of it.
        var (link, _) = await AbuseHouse.ShareUntil(house.App, north, house.App.Clock.GetUtcNow().AddDays(1), document, north.Architecture);
        var guest = await house.Enter(link);
        var (action, fields) = Browser.FormOf(await guest.Browser.Get(guest.Room), "/downloads", ("document", document.ToString()));
        (await guest.Browser.Post(action, [.. fields])).Status.ShouldBe(404);
    }

    [Fact, Trait("Case", "T-042")]
    public async Task A_document_that_went_out_bare_as_public_does_not_once_it_is_gated()
    {
        var (north, document) = (house.North, Guid.NewGuid());
        async Task Publish(EvidenceClass @class, bool unmarked)
        {
            var taken = (await Take(Encoding.ASCII.GetBytes($"a,b\n1,{@class}\n"), "table.csv", @class)).ShouldBeOfType<IntakeResult.Taken>();
            await north.Decide(document, new UploadEvidence { Id = Guid.NewGuid(), Version = taken.Version, Files = taken.Files }, north.StaffId(Role.Editor));
            await north.Decide(document, new ApproveEvidence { Id = Guid.NewGuid(), Sha = taken.Version.File.Sha, MayGoUnmarked = unmarked }, north.StaffId(Role.Approver));
        }
        await Publish(EvidenceClass.Public, unmarked: false);
        using var anybody = north.Visitor();
        (await anybody.Get($"/documents/{document}/versions/1")).Status.ShouldBe(200);
        await Publish(EvidenceClass.OnRequest, unmarked: true); // an approver said so, by name
        foreach (var version in new[] { 1, 2 }) (await anybody.Get($"/documents/{document}/versions/{version}")).Status.ShouldBe(404);
    }

    [Fact, Trait("Case", "T-052")]
    public async Task A_flipped_byte_stops_the_file_and_says_so()
    {
        var (north, document, policy) = (house.North, Guid.NewGuid(), Guid.NewGuid());
        await north.Document(document, "North damaged report", EvidenceClass.OnRequest);
        await north.Document(policy, "North damaged policy", EvidenceClass.Public);
        var (link, _) = await house.Share(("documents", document.ToString()), ("agreement", ""));
        var guest = await house.Enter(link);
        var file = await TestHouse.Download(guest.Browser, guest.Room, document.ToString());
        var whole = (await guest.Browser.Get(file)).Bytes;
        whole.Length.ShouldBeGreaterThan(1_000);
        var published = (await house.App.Engine.Read<EvidenceDocument>(north.Scope.Id<EvidenceDocument>(policy)))!.Current!;
        var version = (await house.App.Engine.Read<EvidenceDocument>(north.Scope.Id<EvidenceDocument>(document)))!.Current!;
        foreach (var (path, sha, browser) in new[] { (file, version.Template!.Sha, guest.Browser), ($"/documents/{policy}/versions/1", published.File.Sha, north.Visitor()) })
        {
            (await browser.Get(path)).Status.ShouldBe(200);
            var errors = house.App.Log.Lines.Count(l => l.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
            Flip(sha, at: 700);
            house.App.Services.GetRequiredService<ChunkCache>().Clear(); // what is in memory was checked
            foreach (var range in new[] { "", "bytes=0-99", "bytes=-50" })
            {
                var answer = await browser.Get(path, ("Range", range));
                answer.Status.ShouldBeGreaterThanOrEqualTo(500, range);
                Encoding.Latin1.GetString(answer.Bytes).ShouldNotContain("%PDF");
            }
            house.App.Log.Lines.Count(l => l.Level >= Microsoft.Extensions.Logging.LogLevel.Error).ShouldBeGreaterThan(errors);
            Flip(sha, at: 700);
            (await browser.Get(path)).Status.ShouldBe(200);
        }
    }

    private void Flip(string sha, int at)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(house.App.Folder, "trustcenter.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select c.rowid, c.bytes from chunks c join blobs b on b.tenant = c.tenant and b.upload = c.upload where hex(b.sha) = upper($sha) and c.n = 0";
        command.Parameters.AddWithValue("$sha", sha);
        using var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();
        var (row, bytes) = (reader.GetInt64(0), (byte[])reader.GetValue(1));
        reader.Close();
        bytes[at] ^= 1;
        using var update = connection.CreateCommand();
        update.CommandText = "update chunks set bytes = $bytes where rowid = $row";
        update.Parameters.AddWithValue("$bytes", bytes);
        update.Parameters.AddWithValue("$row", row);
        update.ExecuteNonQuery().ShouldBe(1);
    }

    private async Task<(string Path, byte[] Whole, string Trace)> Copy(Guest reader)
    {
        var path = await TestHouse.Download(reader.Browser, reader.Room, house.North.Report.ToString());
        var answer = await reader.Browser.Get(path);
        answer.Status.ShouldBe(200);
        return (path, answer.Bytes, (await house.VisitOf(reader)).Accesses[^1].Trace);
    }

    private static async Task<List<(string Way, byte[] Bytes)>> OtherWays(Browser browser, string path, int length)
    {
        async Task<byte[]> Part(string range, int status = 206)
        {
            var answer = await browser.Get(path, ("Range", range));
            answer.Status.ShouldBe(status, range);
            return answer.Bytes;
        }
        var head = await browser.Get(path);
        var pieces = new List<byte>();
        for (var from = 0; from < length; from += 1_777) pieces.AddRange(await Part($"bytes={from}-{Math.Min(from + 1_776, length - 1)}"));
        var resumed = (await Part($"bytes=0-{length / 2}")).Concat((await browser.Get(path, ("Range", $"bytes={(length / 2) + 1}-"), ("If-Range", head.Headers["ETag"]))).Bytes).ToArray();
        return
        [
            ("pieces", [.. pieces]), ("resumed", resumed), ("from the end", [.. await Part($"bytes=0-{length - 101}"), .. await Part("bytes=-100")]), ("several ranges", await Part("bytes=0-9,20-29", 200)),
            ("repeated", (await browser.Get(path)).Bytes), ("as an image", (await browser.Get(path, ("Accept", "image/png"), ("Accept-Encoding", "gzip, br"))).Bytes), ("with a query", (await browser.Get(path + "?preview=1&watermark=off&page=1")).Bytes),
            ("another copy's tag", (await browser.Get(path, ("If-None-Match", "\"other\""))).Bytes),
        ];
    }

    private static void Check(byte[] pdf, string trace, string email, string otherTrace, string otherEmail)
    {
        using var folder = new Folder();
        var file = folder.Write("copy.pdf", pdf);
        var (exit, said) = Samples.Run("qpdf", "--check", file);
        exit.ShouldBe(0, said);
        var pages = Samples.PageTexts(file)[..^1];
        pages.Length.ShouldBeGreaterThan(1);
        pages.ShouldAllBe(page => page.Contains(trace) && page.Contains(email));
        var text = Encoding.Latin1.GetString(pdf);
        text.ShouldNotContain(otherTrace);
        text.ShouldNotContain(otherEmail);
    }

    private async Task<IntakeResult> Take(byte[] content, string name, EvidenceClass @class = EvidenceClass.OnRequest)
    {
        using var stream = new MemoryStream(content);
        return await house.App.Services.GetRequiredService<EvidenceIntake>().Take(house.North.Scope, new EvidenceDescription { Title = "North " + name, Kind = EvidenceKind.Other, Class = @class }, stream, name, false, default);
    }
}
