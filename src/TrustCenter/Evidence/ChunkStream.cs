namespace TrustCenter.Evidence;

/// <summary>A stored file as a stream that can seek, one checked chunk in use at a time, so that ranges cost what they give.</summary>
public class ChunkStream(FileBytes file) : Stream
{
    private HeldChunk? chunk;
    private int held = -1; // the number of the chunk in use

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => file.Length;
    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= Length || buffer.Length == 0) return 0;
        var number = (int)(Position / FileStore.ChunkLength);
        if (number != held)
        {
            LetGo();
            chunk = await file.Chunk(number, cancellationToken);
            held = number;
        }
        var rest = chunk!.Bytes[(int)(Position % FileStore.ChunkLength)..];
        var count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        Position += count;
        return count;
    }

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

    protected override void Dispose(bool disposing)
    {
        LetGo();
        base.Dispose(disposing);
    }

    private void LetGo()
    {
        var last = chunk;
        (chunk, held) = (null, -1);
        last?.Dispose();
    }
}
