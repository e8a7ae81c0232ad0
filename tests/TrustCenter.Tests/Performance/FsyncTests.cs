using TrustCenter.Tests.Links;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Performance;

/// <summary>Durable transactions, each of which costs one fsync of the log.</summary>
public sealed class FsyncTests
{
    [Fact]
    public async Task Accepting_the_agreement_is_one_fsync()
    {
        await using var door = await Doorway.Open(agreement: true);
        await door.Prove();
        var before = door.Store.Batches;
        await door.Accept();
        (door.Store.Batches - before).ShouldBe(1);
        await door.Accept();
        (door.Store.Batches - before).ShouldBe(1, "a double click is one record");
    }

    [Fact]
    public async Task Decisions_that_arrive_together_share_their_fsyncs()
    {
        using var folder = new DataFolder();
        await using var store = folder.Open();
        var before = store.Batches;
        await Task.WhenAll(Enumerable.Range(0, 256).Select(_ => store.Commit(Commits.Of(Commits.NewId(Guid.CreateVersion7())))));
        (store.Batches - before).ShouldBeLessThanOrEqualTo(256 / 50);
    }
}
