using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Operation;

/// <summary>The backups that were made, newest last. One, in the platform's scope.</summary>
public sealed record BackupLog : IState<BackupLog>
{
    public static readonly Guid Only = new("00000000-0000-8000-8000-0000000000a2");

    public const int Most = 30; // remembered; the journal has all

    public IReadOnlyList<BackupMade> Made { get; init; } = [];

    static string IState<BackupLog>.Kind => "backups";
    static JsonTypeInfo<BackupLog> IState<BackupLog>.Json => BackupLogJson.Default.BackupLog;

    public IEnumerable<ViewRow> Rows(AggregateId id) => [];
}

/// <param name="Name">The file's name without its folder.</param>
/// <param name="Problem">What the copy does not prove of itself; null: it is sound.</param>
public sealed record BackupMade(string Name, DateTimeOffset At, long Bytes, string Sha256, bool WithKey, string? Problem);

public sealed record RecordBackup : Command<BackupLog>
{
    public required BackupMade Made { get; init; }

    public override Decision<BackupLog> Decide(BackupLog? log, Actor by, DateTimeOffset now) => new(new Outcome.Done())
    {
        State = new BackupLog { Made = [.. (log?.Made ?? []).TakeLast(BackupLog.Most - 1), Made] },
        Happenings = [new Happening("backup.made", new Fact("sha256", Made.Sha256), new Fact("bytes", Made.Bytes.ToString(CultureInfo.InvariantCulture)), new Fact("key", Made.WithKey ? "inside" : "apart"), new Fact("sound", Made.Problem is null ? "yes" : "no"))],
    };
}

[JsonSerializable(typeof(BackupLog))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class BackupLogJson : JsonSerializerContext;
