using System.Globalization;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Operation;

/// <summary>
/// Moves everything from one database to another that is empty, in one transaction of the new one, and proves it: every seal, entry and signature is
/// checked in both, every log has the same length and root in both, and every table the same rows.
/// </summary>
public sealed class MoveRun(HostKeys keys)
{
    /// <returns>Whether both are the same. What is not proven is not in the new database.</returns>
    public async Task<bool> Run(IStore from, IStore to, TextWriter output, CancellationToken stop)
    {
        if (await from.Query(sql => sql.Number($"select count(*) from leases where until > {sql.Dialect.Clock}", ("@now", DateTimeOffset.UtcNow)), stop) > 0)
            throw new StoreException("A host works on the database that is to be moved. Stop all of them, wait ten seconds, and move again.");
        if (await to.Query(sql => sql.Number("select count(*) from states") + sql.Number("select count(*) from entries"), stop) > 0)
            throw new StoreException("The database to move to holds something already. Name an empty one.");
        try
        {
            await from.Query(source =>
            {
                // One transaction: the new database has everything that was proven, or nothing.
                to.Write(target => Move(source, target, output), stop).GetAwaiter().GetResult();
                return true;
            }, stop);
            return true;
        }
        catch (StoreException failed) when (failed.InnerException is NotTheSameException different)
        {
            await output.WriteLineAsync(different.Message);
            return false;
        }
    }

    private void Move(Sql from, Sql to, TextWriter output)
    {
        var tables = TableCopy.Tables(from.Dialect == Dialect.Sqlite ? from : to);
        TableCopy.Copy(from, to, tables);
        var (before, after) = (CopyCheck.Run(from, 0, keys), CopyCheck.Run(to, 0, keys));
        if (before.Problem is { } problem) throw new NotTheSameException($"The data does not prove itself where it is, and was not moved: {problem}");
        if (after.Problem is { } broken) throw new NotTheSameException($"The copy does not prove itself: {broken}");
        if (!before.Heads.SequenceEqual(after.Heads)) throw new NotTheSameException("The logs are not the same in both databases. Nothing was moved.");
        var (rows, copied) = (TableCopy.Digest(from, tables), TableCopy.Digest(to, tables));
        if (rows.Zip(copied).FirstOrDefault(pair => pair.First != pair.Second) is ({ } one, { } other)) throw new NotTheSameException($"The table {one.Table} is not the same in both databases ({one.Rows} rows here, {other.Rows} there). Nothing was moved.");
        foreach (var head in after.Heads) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{head.Tenant:D} {head.Log,-12} {head.Size,9} entries, root {head.Root}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{after.Heads.Count} logs and {copied.Sum(t => t.Rows)} rows of {copied.Count} tables are the same in both."));
    }

    private sealed class NotTheSameException(string message) : Exception(message);
}
