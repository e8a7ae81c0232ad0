using TrustCenter.Documents;
using TrustCenter.Evidence;

namespace TrustCenter.Rooms;

/// <summary>
/// A file's bytes with the viewer's mark in their slot. While it is read it asks the gate again every 1 MiB or 500 ms; a closed gate ends the
/// response in the middle (ABUSE T-002).
/// </summary>
public sealed class GatedStream(FileBytes file, MarkSlot slot, byte[] mark, Func<CancellationToken, ValueTask<bool>> isStillOpen, TimeProvider clock) : ChunkStream(file)
{
    private const long AskEveryBytes = 1024 * 1024;
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    private long sinceAsked;
    private long askedAt = clock.GetTimestamp();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await AskAgain(cancellationToken);
        var read = await base.ReadAsync(buffer, cancellationToken);
        sinceAsked += read;
        return read;
    }

    protected override async Task<byte[]> Chunk(int number, CancellationToken stop)
    {
        var bytes = await base.Chunk(number, stop);
        if (slot.Length > 0) slot.Patch(number * (long)FileStore.ChunkLength, bytes, mark);
        return bytes;
    }

    private async ValueTask AskAgain(CancellationToken stop)
    {
        if (sinceAsked < AskEveryBytes && clock.GetElapsedTime(askedAt) < AskEvery) return;
        // The framework aborts the connection on a cancelled read: the reader sees a broken download, never a short file that looks whole.
        if (!await isStillOpen(stop)) throw new OperationCanceledException("The gate closed during the download.");
        (sinceAsked, askedAt) = (0, clock.GetTimestamp());
    }
}
