using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Pages;
using TrustCenter.Store;
using TrustCenter.Tests.Pages;

namespace TrustCenter.Tests.Performance;

public sealed class PackingTests
{
    [Fact]
    public async Task Pages_that_a_stop_left_packed_quickly_are_packed_tight_after_the_next_start()
    {
        await using var app = await RealApp.Start();
        var vendor = await app.Vendor(PageTests.Words());
        await vendor.Publish(TestVendor.Wording("Backups are kept for 30 days."));
        await app.Services.GetRequiredService<PageCompiler>().CompileAll(CancellationToken.None);
        var store = app.Services.GetRequiredService<IStore>();
        (await Loose(store)).ShouldBe(0);

        // As a stop right after the commit leaves it: quick bytes, and the vendor in the outbox.
        await store.Write(sql =>
        {
            foreach (var (page, body) in sql.Query("select page, body from snapshots where page <> @made", r => (r.Text(0), r.Bytes(1)), ("@made", PageNames.Made)))
                sql.Execute("update snapshots set brotli = @brotli where page = @page", ("@brotli", Packing.Quick(body)), ("@page", page));
            sql.Execute("insert into outbox (tenant, kind, n, utc) values (@tenant, 'pack', 1, 0)", ("@tenant", vendor.Scope.Tenant));
        });
        var packing = new Packing(store, new SnapshotCache(store)); // as after a start: it remembers nothing
        for (var until = DateTime.UtcNow.AddSeconds(30); DateTime.UtcNow < until && await Waits(store);) await packing.Next(CancellationToken.None);

        (await Loose(store)).ShouldBe(0);
        (await Waits(store)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(400)]
    [InlineData(300_000)]
    public void The_head_of_a_packed_page_tells_how_it_was_packed(int length)
    {
        var body = Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(length)));
        Packing.IsTight(Packing.Quick(body)).ShouldBeFalse();
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        BrotliEncoder.TryCompress(body, packed, out var written, 11, 22).ShouldBeTrue();
        Packing.IsTight(packed.AsSpan(0, written)).ShouldBeTrue();
    }

    private static Task<bool> Waits(IStore store) => store.Query(sql => sql.Number("select count(*) from outbox where kind = 'pack'") > 0);

    // What the tightest packing makes no shorter may stay as it is.
    private static Task<int> Loose(IStore store) => store.Query(sql => sql.Query("select body, brotli from snapshots where page <> @made and length(body) > 500", r => (Body: r.Bytes(0), Brotli: r.Bytes(1)), ("@made", PageNames.Made))
        .Count(s => !Packing.IsTight(s.Brotli) && s.Brotli.Length >= Packing.Quick(s.Body).Length && Tight(s.Body).Length < s.Brotli.Length));

    private static byte[] Tight(byte[] body)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        BrotliEncoder.TryCompress(body, packed, out var written, 11, 22);
        return packed[..written];
    }
}
