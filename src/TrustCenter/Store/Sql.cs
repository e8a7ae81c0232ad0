using System.Data.Common;

namespace TrustCenter.Store;

/// <summary>
/// Plain SQL on one connection, portable between the databases: times are integer microseconds, ids 16 bytes.
/// Stands in for Dapper: its type handlers are set for the whole process, and a module may not change how the vendor's own app stores its Guids.
/// </summary>
/// <param name="dialect">The few words in which the databases differ.</param>
public sealed class Sql(DbConnection connection, DbTransaction? transaction = null, Dialect? dialect = null) : IDisposable
{
    public Dialect Dialect { get; } = dialect ?? Dialect.Sqlite;

    private const int MostPrepared = 200; // statements of one connection; few of the texts are made at run time

    private readonly Dictionary<string, DbCommand> prepared = [];

    public int Execute(string text, params (string Name, object? Value)[] values) => Command(text, values).ExecuteNonQuery();

    public List<T> Query<T>(string text, Func<Row, T> map, params (string Name, object? Value)[] values)
    {
        using var reader = Command(text, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(map(new Row(reader)));
        return rows;
    }

    /// <summary>One row after the other, none of them kept.</summary>
    public void Each(string text, Action<Row> act, params (string Name, object? Value)[] values)
    {
        using var reader = Command(text, values).ExecuteReader();
        while (reader.Read()) act(new Row(reader));
    }

    public T? First<T>(string text, Func<Row, T> map, params (string Name, object? Value)[] values)
    {
        using var reader = Command(text, values).ExecuteReader();
        return reader.Read() ? map(new Row(reader)) : default;
    }

    public long Number(string text, params (string Name, object? Value)[] values)
        => Command(text, values).ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>The pattern, for <c>like … escape '!'</c>, of what has these words in it.</summary>
    public static string Containing(string words) => $"%{words.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";

    /// <summary>A connection remembers every command that was made on it until that is disposed.</summary>
    public void Dispose()
    {
        foreach (var command in prepared.Values) command.Dispose();
        prepared.Clear();
    }

    private void Keep(DbCommand command)
    {
        if (prepared.Count >= MostPrepared) Dispose();
        prepared.Add(command.CommandText, command);
    }

    private DbCommand Command(string text, (string Name, object? Value)[] values)
    {
        if (!prepared.TryGetValue(text, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = text;
            if (Dialect.KeepsCommands) Keep(command);
        }
        command.Transaction = transaction;
        command.Parameters.Clear();
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = Stored(value);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    internal static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToByteArray(bigEndian: true),
        DateTimeOffset at => Micros.From(at),
        DateOnly date => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        bool yes => yes ? 1L : 0L,
        string text when text.Contains('\0', StringComparison.Ordinal) => text.Replace('\0', '\uFFFD'), // PostgreSQL keeps no NUL in text; states are bytes and keep it
        decimal amount => (double)amount,
        Enum word => word.ToString(),
        _ => value,
    };
}

/// <summary>One row while it is read; columns by position.</summary>
public readonly struct Row(DbDataReader reader)
{
    public Guid Id(int column) => new((byte[])reader.GetValue(column), bigEndian: true);
    public Guid? IdOrNull(int column) => reader.IsDBNull(column) ? null : Id(column);
    public string Text(int column) => reader.GetString(column);
    public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    public long Number(int column) => reader.GetInt64(column);
    public double Real(int column) => reader.GetDouble(column);
    public int Int(int column) => reader.GetInt32(column);
    public bool Flag(int column) => reader.GetInt64(column) != 0;
    public byte[] Bytes(int column) => (byte[])reader.GetValue(column);

    /// <summary>Copies the bytes into <paramref name="into"/> as far as they fit and answers how many there are. Without an allocation where the row's own number is among the columns.</summary>
    public long Copy(int column, byte[] into)
    {
        using var bytes = reader.GetStream(column);
        bytes.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);
        return bytes.Length;
    }

    public DateTimeOffset Time(int column) => Micros.ToTime(reader.GetInt64(column));
    public DateTimeOffset? TimeOrNull(int column) => reader.IsDBNull(column) ? null : Time(column);
    public DateOnly? DateOrNull(int column) => reader.IsDBNull(column) ? null : DateOnly.ParseExact(reader.GetString(column), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    /// <summary>Bytes, text, a whole number or null: what a column can hold in every database.</summary>
    public object? Value(int column) => reader.GetValue(column) switch { DBNull => null, int number => (long)number, var value => value };
    public bool IsNull(int column) => reader.IsDBNull(column);
}

/// <summary>UTC as integer microseconds since 1970: the same in every database.</summary>
public static class Micros
{
    public static long From(DateTimeOffset at) => (at.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToTime(long micros) => new(DateTime.UnixEpoch.Ticks + micros * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
