using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Runtime;

namespace TrustCenter.Orleans;

/// <summary>Who belongs to the cluster, in two tables of their own beside the product's. A change names the version that it was made from; one row per cluster orders them.</summary>
internal sealed class PostgresMembership(string connectionString, IOptions<ClusterOptions> cluster) : IMembershipTable, IAsyncDisposable
{
    private const string Tables = """
        create table if not exists silo_clusters (cluster text primary key, version integer not null);
        create table if not exists silos (cluster text not null, silo text not null, etag bigint not null, status text not null, body text not null, alive timestamptz not null, primary key (cluster, silo));
        insert into silo_clusters (cluster, version) values (@cluster, 0) on conflict do nothing
        """;

    private readonly string name = cluster.Value.ClusterId;
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 4, Timeout = 5, CommandTimeout = 10, ApplicationName = "trust center silo" }.ToString());

    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        if (tryInitTableVersion) await InOne(async change =>
        {
            await Execute(change, "select pg_advisory_xact_lock(7414331)"); // of processes that start together one creates
            await Execute(change, Tables);
            return true;
        });
    }

    public Task<MembershipTableData> ReadRow(SiloAddress key) => Read("and s.silo = @silo", ("silo", key.ToParsableString()));

    public Task<MembershipTableData> ReadAll() => Read("");

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => InOne(async change => await Advance(change, tableVersion) == 1
        && await Execute(change, "insert into silos (cluster, silo, etag, status, body, alive) values (@cluster, @silo, 1, @status, @body, @alive) on conflict do nothing", Values(entry)) == 1);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => InOne(async change => await Advance(change, tableVersion) == 1
        && await Execute(change, "update silos set etag = etag + 1, status = @status, body = @body, alive = @alive where cluster = @cluster and silo = @silo and etag = @etag",
            [.. Values(entry), ("etag", long.Parse(etag, CultureInfo.InvariantCulture))]) == 1);

    public Task UpdateIAmAlive(MembershipEntry entry) => InOne(async change => await Execute(change, "update silos set alive = @alive where cluster = @cluster and silo = @silo", Values(entry)) == 1);

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
        => InOne(async change => await Execute(change, "delete from silos where cluster = @cluster and alive < @before and status <> 'Active'", ("before", beforeDate.UtcDateTime)) >= 0);

    public Task DeleteMembershipTableEntries(string clusterId) => InOne(async change => await Execute(change, "delete from silos where cluster = @gone", ("gone", clusterId)) >= 0);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private Task<int> Advance(NpgsqlConnection change, TableVersion next) => Execute(change, "update silo_clusters set version = @next where cluster = @cluster and version = @expected",
        ("next", next.Version), ("expected", int.Parse(next.VersionEtag, CultureInfo.InvariantCulture)));

    // Version and rows by one statement: both are of one moment.
    private async Task<MembershipTableData> Read(string which, params (string, object)[] values)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = Command(connection, $"select c.version, s.etag, s.silo, s.status, s.body, s.alive from silo_clusters c left join silos s on s.cluster = c.cluster {which} where c.cluster = @cluster", values);
        await using var rows = await command.ExecuteReaderAsync();
        var (members, version) = (new List<Tuple<MembershipEntry, string>>(), 0);
        while (await rows.ReadAsync())
        {
            version = rows.GetInt32(0);
            if (!rows.IsDBNull(1)) members.Add(Tuple.Create(EntryOf(rows), rows.GetInt64(1).ToString(CultureInfo.InvariantCulture)));
        }
        return new MembershipTableData(members, new TableVersion(version, version.ToString(CultureInfo.InvariantCulture)));
    }

    private async Task<bool> InOne(Func<NpgsqlConnection, Task<bool>> change)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (!await change(connection)) return false; // what was done is undone with the transaction
        await transaction.CommitAsync();
        return true;
    }

    private async Task<int> Execute(NpgsqlConnection connection, string text, params (string, object)[] values)
    {
        await using var command = Command(connection, text, values);
        return await command.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, string text, (string Name, object Value)[] values)
    {
        var command = new NpgsqlCommand(text, connection);
        if (text.Contains("@cluster", StringComparison.Ordinal)) command.Parameters.AddWithValue("cluster", name);
        foreach (var (parameter, value) in values)
            if (text.Contains('@' + parameter, StringComparison.Ordinal)) command.Parameters.AddWithValue(parameter, value);
        return command;
    }

    private static (string, object)[] Values(MembershipEntry entry) =>
    [
        ("silo", entry.SiloAddress.ToParsableString()), ("status", entry.Status.ToString()), ("body", JsonSerializer.Serialize(SiloRow.Of(entry), SiloJson.Default.SiloRow)),
        ("alive", DateTime.SpecifyKind(entry.IAmAliveTime, DateTimeKind.Utc)),
    ];

    private static MembershipEntry EntryOf(NpgsqlDataReader row)
    {
        var body = JsonSerializer.Deserialize(row.GetString(4), SiloJson.Default.SiloRow)!;
        return new MembershipEntry
        {
            SiloAddress = SiloAddress.FromParsableString(row.GetString(2)),
            Status = Enum.Parse<SiloStatus>(row.GetString(3)),
            IAmAliveTime = row.GetDateTime(5),
            SuspectTimes = [.. body.Suspected.Select(s => Tuple.Create(SiloAddress.FromParsableString(s.By), s.At))],
            ProxyPort = body.ProxyPort,
            HostName = body.HostName,
            SiloName = body.SiloName,
            RoleName = body.RoleName,
            StartTime = body.Started,
        };
    }
}

/// <summary>What the cluster's own rules do not ask for by statement.</summary>
internal sealed record SiloRow(string HostName, string SiloName, string? RoleName, int ProxyPort, DateTime Started, IReadOnlyList<Suspicion> Suspected)
{
    public static SiloRow Of(MembershipEntry entry)
        => new(entry.HostName, entry.SiloName, entry.RoleName, entry.ProxyPort, entry.StartTime, [.. entry.SuspectTimes?.Select(s => new Suspicion(s.Item1.ToParsableString(), s.Item2)) ?? []]);
}

internal sealed record Suspicion(string By, DateTime At);

[JsonSerializable(typeof(SiloRow))]
internal sealed partial class SiloJson : JsonSerializerContext;
