using System.Security.Cryptography;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Store;

namespace TrustCenter.Import;

/// <summary>The bytes of tables: staged in the database until their import has ended, and on disk only while somebody reads them.</summary>
public sealed class ImportFiles(FileStore files, IStore store, ChunkCache cache)
{
    /// <summary>Null when the content is longer than a table may be.</summary>
    public async Task<ImportSource?> Keep(Scope scope, Stream content, string name, CancellationToken stop)
        => await files.Stage(scope, content, ImportLimits.Table, stop) is { } staged ? new ImportSource(staged.Upload, FileName.Clean(name), staged.Sha, staged.Length) : null;

    /// <summary>Removes the bytes, unless an import names them.</summary>
    public Task GiveBack(Scope scope, ImportSource source) => files.Drop(scope, [source.Upload]);

    /// <summary>Writes the table to a file that goes when it is disposed.</summary>
    /// <exception cref="InvalidDataException">The bytes are gone.</exception>
    /// <exception cref="StoreException">They were changed, or cannot be read.</exception>
    public async Task<SpooledTable> Spool(Scope scope, ImportSource source, CancellationToken stop)
    {
        var chunks = await store.Query(sql => sql.Number("select count(*) from chunks where tenant = @tenant and upload = @upload", ("@tenant", scope.Tenant), ("@upload", source.Upload)), stop);
        if (chunks * FileStore.ChunkLength < source.Length) throw new InvalidDataException("The uploaded file is gone. Upload it again.");
        var spooled = new SpooledTable();
        try
        {
            var bytes = new FileBytes(store, cache, scope, source.Upload, source.Length);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var file = File.Create(spooled.Path);
            for (var n = 0; n * (long)FileStore.ChunkLength < source.Length; n++)
            {
                using var chunk = await bytes.Chunk(n, stop);
                hash.AppendData(chunk.Bytes.Span);
                await file.WriteAsync(chunk.Bytes, stop);
            }
            if (Convert.ToHexStringLower(hash.GetHashAndReset()) != source.Sha) throw new StoreException("The table is not what was uploaded.");
            return spooled;
        }
        catch
        {
            spooled.Dispose();
            throw;
        }
    }
}

/// <summary>A file in a folder of its own, gone when disposed.</summary>
public sealed class SpooledTable : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trustcenter-import-");

    public string Path => System.IO.Path.Combine(folder.FullName, DealTable.File);

    public void Dispose() => folder.Delete(recursive: true);
}
