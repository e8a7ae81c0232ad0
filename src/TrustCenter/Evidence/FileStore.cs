using System.Security.Cryptography;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Evidence;

/// <summary>
/// Bytes of files, in the database in chunks of 1 MiB: FileStream hides fsync errors, the database does not. Chunks are staged under an upload
/// id in commits of their own; a decision commits only the reference.
/// </summary>
public sealed class FileStore(IStore store, ChunkCache cache)
{
    public const int ChunkLength = 1024 * 1024; // bytes

    /// <summary>Days for which the table of an import waits for somebody to begin it; one that was begun stays until it has ended.</summary>
    public const int DaysToWait = 7;

    private const string Left = """
        delete from chunks where utc < @before
          and not exists (select 1 from blobs where blobs.tenant = chunks.tenant and blobs.upload = chunks.upload)
          and not exists (select 1 from import_rows i where i.tenant = chunks.tenant and i.upload = chunks.upload
            and (i.stage = 'Importing' or (i.created > @waiting and i.stage in ('Mapping', 'Checking', 'Checked'))))
        """;

    private const string Refused = """
        delete from chunks where tenant = @tenant and upload = @upload
          and not exists (select 1 from blobs where blobs.tenant = chunks.tenant and blobs.upload = chunks.upload)
          and not exists (select 1 from import_rows i where i.tenant = chunks.tenant and i.upload = chunks.upload)
        """;

    /// <summary>Stages everything that <paramref name="content"/> holds, at most <paramref name="longest"/> bytes; null when it holds more. What breaks off leaves nothing.</summary>
    public async Task<StagedFile?> Stage(Scope scope, Stream content, long longest, CancellationToken stop)
    {
        var upload = Guid.CreateVersion7();
        try
        {
            var staged = await Stage(scope, upload, content, longest, stop);
            if (staged is null) await Drop(scope, [upload]);
            return staged;
        }
        catch (Exception broken) when (broken is not StoreException)
        {
            await Drop(scope, [upload]);
            throw;
        }
    }

    private async Task<StagedFile?> Stage(Scope scope, Guid upload, Stream content, long longest, CancellationToken stop)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long length = 0;
        var buffer = new byte[ChunkLength];
        for (var n = 0; ; n++)
        {
            var read = await content.ReadAtLeastAsync(buffer, ChunkLength, throwOnEndOfStream: false, stop);
            if (read == 0) break;
            length += read;
            if (length > longest) return null;
            var chunk = buffer[..read];
            whole.AppendData(chunk);
            var number = n;
            await store.Write(sql => sql.Execute("insert into chunks (tenant, upload, n, utc, hash, bytes) values (@tenant, @upload, @n, @utc, @hash, @bytes)",
                ("@tenant", scope.Tenant), ("@upload", upload), ("@n", number), ("@utc", DateTimeOffset.UtcNow), ("@hash", SHA256.HashData(chunk)), ("@bytes", chunk)), stop);
            if (read < ChunkLength) break;
        }
        return new StagedFile(upload, Convert.ToHexStringLower(whole.GetHashAndReset()), length);
    }

    /// <summary>A file that the tenant's content refers to; null when there is none with this hash.</summary>
    public async Task<FileBytes?> Open(Scope scope, string sha, CancellationToken stop)
    {
        var found = await store.Query(sql => sql.First("select upload, size from blobs where tenant = @tenant and sha = @sha", r => ((Guid Upload, long Size)?)(r.Id(0), r.Number(1)),
            ("@tenant", scope.Tenant), ("@sha", Convert.FromHexString(sha))), stop);
        return found is { } file ? new FileBytes(store, cache, scope, file.Upload, file.Size) : null;
    }

    /// <summary>All bytes, checked against the hash.</summary>
    /// <exception cref="StoreException">The bytes are not what was uploaded.</exception>
    public async Task<byte[]?> ReadAll(Scope scope, string sha, CancellationToken stop)
    {
        if (await Open(scope, sha, stop) is not { } file) return null;
        var bytes = new byte[file.Length];
        for (var n = 0; n * (long)ChunkLength < file.Length; n++)
        {
            using var chunk = await file.Chunk(n, stop);
            chunk.Bytes.CopyTo(bytes.AsMemory(n * ChunkLength));
        }
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == sha ? bytes : throw new StoreException($"File {sha} is not what was uploaded. Restore it from a backup.");
    }

    /// <summary>Removes what came to nothing, so that refusals cost no disk; what a decision named stays.</summary>
    public Task Drop(Scope scope, IEnumerable<Guid> uploads) => store.Write(sql =>
    {
        foreach (var upload in uploads) sql.Execute(Refused, ("@tenant", scope.Tenant), ("@upload", upload));
    }, CancellationToken.None);

    /// <summary>Removes chunks that belong to nothing and are older than a day; the number of rows removed.</summary>
    public async Task<int> Sweep(DateTimeOffset now, CancellationToken stop)
    {
        var swept = 0;
        await store.Write(sql => swept = sql.Execute(Left, ("@before", now.AddDays(-1)), ("@waiting", now.AddDays(-DaysToWait))), stop);
        return swept;
    }
}

/// <summary>One file's bytes, chunk by chunk, each read in a short transaction of its own and checked against its hash.</summary>
public sealed class FileBytes(IStore store, ChunkCache cache, Scope scope, Guid upload, long length)
{
    public long Length => length;

    /// <summary>The chunk, until it is disposed.</summary>
    /// <exception cref="FileDamagedException">It is missing or changed: the read fails loudly instead of serving it (ABUSE T-052).</exception>
    public async ValueTask<HeldChunk> Chunk(int n, CancellationToken stop)
    {
        var key = new ChunkKey(scope, upload, n);
        if (cache.Take(key) is { } held) return held;
        var buffer = cache.Rent();
        try
        {
            var expected = (int)Math.Min(FileStore.ChunkLength, length - n * (long)FileStore.ChunkLength);
            if (await Read(n, buffer, stop) is not { } row || row.Length != expected || !SHA256.HashData(buffer.AsSpan(0, expected)).AsSpan().SequenceEqual(row.Hash)) throw new FileDamagedException(key);
            var checkedBuffer = buffer;
            buffer = null;
            return cache.Keep(key, checkedBuffer, expected);
        }
        finally
        {
            if (buffer is not null) cache.GiveBack(buffer);
        }
    }

    // With the row's own number beside it SQLite hands the bytes over without a copy of its own.
    private Task<ReadChunk?> Read(int n, byte[] into, CancellationToken stop)
        => store.Query(sql => sql.First($"select {sql.Dialect.Row}, hash, bytes from chunks where tenant = @tenant and upload = @upload and n = @n", r => new ReadChunk(r.Bytes(1), r.Copy(2, into)),
            ("@tenant", scope.Tenant), ("@upload", upload), ("@n", n)), stop);

    private sealed record ReadChunk(byte[] Hash, long Length);
}

/// <summary>A stored chunk is missing or is not what was uploaded.</summary>
public sealed class FileDamagedException(ChunkKey chunk) : StoreException($"Chunk {chunk.Number} of upload {chunk.Upload:N} is missing or changed. Restore it from a backup.")
{
    public ChunkKey Chunk => chunk;
}
