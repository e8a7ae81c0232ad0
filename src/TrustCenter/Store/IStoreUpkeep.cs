namespace TrustCenter.Store;

/// <summary>What is done to the database as a file, beside its transactions.</summary>
public interface IStoreUpkeep
{
    /// <summary>Writes a whole copy, consistent at one moment and without free pages, while writes go on. The file must not be there yet.</summary>
    Task CopyTo(string file, CancellationToken stop);

    /// <summary>
    /// Writes the file anew and empties its log, so that nothing deleted is left in either. Writes wait meanwhile. False when the file is larger than
    /// <paramref name="largest"/> bytes: then its deleted pages are overwritten with zeros, as they always are, and stay in it.
    /// </summary>
    Task<bool> Rewrite(long largest, CancellationToken stop);

    /// <summary>Every table with a tenant column, by the database's own list.</summary>
    Task<IReadOnlyList<string>> TenantTables(CancellationToken stop);

    StoreFigures Figures();
}

/// <param name="Database">Its name and version.</param>
/// <param name="Migration">The number of the last migration.</param>
/// <param name="Size">Bytes of the file.</param>
/// <param name="LogSize">Bytes of the write-ahead log.</param>
/// <param name="Waiting">Writes in the queue.</param>
public sealed record StoreFigures(string Database, int Migration, long Size, long LogSize, int Waiting);
