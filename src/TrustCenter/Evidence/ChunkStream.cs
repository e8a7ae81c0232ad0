namespace TrustCenter.Evidence;

/// <summary>A stored file as a stream that can seek, one checked chunk in memory at a time, so that ranges cost what they give.</summary>
public class ChunkStream(FileBytes file) : Stream
{
    private byte[] chunk = [];
    private int held = -1; // the number of the chunk in memory

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => file.Length;
    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= Length || buffer.Length == 0) return 0;
        var number = (int)(Position / FileStore.ChunkLength);
        if (number != held) (chunk, held) = (await Chunk(number, cancellationToken), number);
        var rest = chunk.AsMemory((int)(Position % FileStore.ChunkLength));
        var count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        Position += count;
        return count;
    }

    protected virtual Task<byte[]> Chunk(int number, CancellationToken stop) => file.Chunk(number, stop);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bytes come from the database: read asynchronously.");

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
