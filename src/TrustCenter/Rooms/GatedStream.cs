using TrustCenter.Documents;
using TrustCenter.Evidence;
using TrustCenter.Links;
using TrustCenter.Prospects;

namespace TrustCenter.Rooms;

/// <summary>
/// A file's bytes with the viewer's mark in their slot. While it is read it asks the gate again every 1 MiB or 500 ms; a closed gate ends the
/// response in the middle (ABUSE T-002).
/// </summary>
public sealed class GatedStream(FileBytes file, MarkSlot slot, byte[] mark, Func<CancellationToken, ValueTask<bool>> isStillOpen, TimeProvider clock) : Stream
{
    private const long AskEveryBytes = 1024 * 1024;
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    private byte[]? chunk;
    private int chunkNumber = -1;
    private long sinceAsked;
    private long askedAt = clock.GetTimestamp();

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => file.Length;
    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= Length || buffer.IsEmpty) return 0;
        await AskAgain(cancellationToken);
        var number = (int)(Position / FileStore.ChunkLength);
        if (number != chunkNumber) (chunk, chunkNumber) = (await Chunk(number, cancellationToken), number);
        var from = (int)(Position % FileStore.ChunkLength);
        var length = Math.Min(buffer.Length, chunk!.Length - from);
        chunk.AsSpan(from, length).CopyTo(buffer.Span);
        Position += length;
        sinceAsked += length;
        return length;
    }

    private async ValueTask<byte[]> Chunk(int number, CancellationToken stop)
    {
        var bytes = await file.Chunk(number, stop);
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

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Gated bytes are read asynchronously.");
    public override void Flush() { }
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
