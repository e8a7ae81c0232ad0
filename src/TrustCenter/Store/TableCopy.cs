using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TrustCenter.Store;

/// <summary>A table with what every database has of it.</summary>
public sealed record CopiedTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Key);

/// <summary>What a table holds: its rows in the order of its key, and their SHA-256. Equal in two databases means the same rows.</summary>
public sealed record TableDigest(string Table, long Rows, string Sha256);

/// <summary>Everything of one database into another, row by row, whichever they are.</summary>
public static class TableCopy
{
    // Who of the processes works, and under which key, is of each database and not of its content.
    private static readonly string[] OwnToEach = ["leases", "store_key"];

    /// <summary>The tables by the list of a SQLite database, to which every release brings the same ones as to the others.</summary>
    public static IReadOnlyList<CopiedTable> Tables(Sql sqlite) =>
    [
        .. sqlite.Query("select name from sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!' order by name", r => r.Text(0)).Except(OwnToEach).Select(name =>
        {
            var columns = sqlite.Query("select name, pk from pragma_table_info(@table) order by name", r => (Name: r.Text(0), Place: r.Number(1)), ("@table", name));
            return new CopiedTable(name, [.. columns.Select(c => c.Name)], [.. columns.Where(c => c.Place > 0).OrderBy(c => c.Place).Select(c => c.Name)]);
        }),
    ];

    public static void Copy(Sql from, Sql to, IReadOnlyList<CopiedTable> tables)
    {
        Unhurried(from);
        Unhurried(to);
        foreach (var table in tables)
        {
            var names = table.Columns.Select(c => "@" + c).ToArray();
            var insert = $"insert into {table.Name} ({string.Join(", ", table.Columns)}) values ({string.Join(", ", names)})";
            from.Each(Select(table), row => to.Execute(insert, [.. names.Select((name, i) => (name, row.Value(i)))]));
        }
    }

    public static IReadOnlyList<TableDigest> Digest(Sql sql, IReadOnlyList<CopiedTable> tables)
    {
        Unhurried(sql);
        return [.. tables.Select(table => Digest(sql, table))];
    }

    private static TableDigest Digest(Sql sql, CopiedTable table)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0L;
        sql.Each($"{Select(table)} order by {string.Join(", ", table.Key)}", row =>
        {
            rows++;
            for (var column = 0; column < table.Columns.Count; column++) Append(hash, row.Value(column));
        });
        return new TableDigest(table.Name, rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // A letter for the sort and the length before the bytes, so that no two different rows read the same.
    private static void Append(IncrementalHash hash, object? value)
    {
        var (sort, bytes) = value switch
        {
            null => ((byte)'0', []),
            long number => ((byte)'n', BitConverter.GetBytes(number)),
            string text => ((byte)'t', Encoding.UTF8.GetBytes(text)),
            byte[] raw => ((byte)'b', raw),
            _ => throw new InvalidOperationException($"A column holds {value.GetType()}, which no migration makes."),
        };
        Span<byte> head = stackalloc byte[5];
        head[0] = sort;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], bytes.Length);
        hash.AppendData(head);
        hash.AppendData(bytes);
    }

    private static string Select(CopiedTable table) => $"select {string.Join(", ", table.Columns)} from {table.Name}";

    private static void Unhurried(Sql sql)
    {
        if (sql.Dialect.Unhurried.Length > 0) sql.Execute(sql.Dialect.Unhurried);
    }
}
