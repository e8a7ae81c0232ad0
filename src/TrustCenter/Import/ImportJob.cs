using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Import;

/// <summary>Mapping: columns are chosen. Checking: every row is read and nothing changed. Checked: somebody decides. Importing: until its closing entry.</summary>
public enum ImportStage { Mapping, Checking, Checked, Importing, Done, Failed, Withdrawn }

/// <summary>Rows by what becomes of them.</summary>
public sealed record ImportCounts(int New, int Changed, int Same, int Wrong)
{
    public static readonly ImportCounts None = new(0, 0, 0, 0);

    [JsonIgnore] public int All => New + Changed + Same + Wrong;
    [JsonIgnore] public int Changes => New + Changed;

    public ImportCounts Plus(ImportCounts more) => new(New + more.New, Changed + more.Changed, Same + more.Same, Wrong + more.Wrong);
}

/// <summary>The bytes of a table under their upload id; they go when the import has ended.</summary>
/// <param name="Sha">SHA-256, hex.</param>
public sealed record ImportSource(Guid Upload, string Name, string Sha, long Length);

/// <summary>
/// One table of deals on its way in. What <see cref="Done"/> says is durable: the count of a batch is committed after each of its deals was.
/// </summary>
public sealed record ImportJob : IState<ImportJob>
{
    public required ImportSource Source { get; init; }
    public required IReadOnlyList<string> Header { get; init; } // at most ImportLimits.Columns
    public required ImportMapping Mapping { get; init; }
    public required int Total { get; init; } // rows
    public ImportStage Stage { get; init; }
    public int Done { get; init; } // rows whose decisions are durable
    public ImportCounts Checked { get; init; } = ImportCounts.None; // as the check foresaw them
    public ImportCounts Counts { get; init; } = ImportCounts.None; // as they became
    public Guid By { get; init; } // a member of staff, who brought it; empty for the import command
    public Guid? BegunBy { get; init; } // who let the rows in and answers for them
    public Guid? Key { get; init; } // the key of a program that did so for that person
    public DateTimeOffset Created { get; init; }
    public DateTimeOffset? Begun { get; init; }
    public DateTimeOffset? Ended { get; init; }
    public string Problem { get; init; } = ""; // why it failed

    static string IState<ImportJob>.Kind => "import";
    static JsonTypeInfo<ImportJob> IState<ImportJob>.Json => ImportJson.Default.ImportJob;

    [JsonIgnore] public bool IsOpen => Stage is ImportStage.Mapping or ImportStage.Checking or ImportStage.Checked or ImportStage.Importing;
    [JsonIgnore] public Guid Answers => BegunBy ?? By;
    [JsonIgnore] public bool MayRun => Stage == ImportStage.Checked && Checked is { Wrong: 0, All: > 0 };

    public IEnumerable<ViewRow> Rows(AggregateId id) =>
    [
        new ViewRow("import_rows", id.Key, ("source", Source.Name), ("sha", Source.Sha), ("stage", Stage), ("staff", By), ("upload", Source.Upload),
            ("total", Total), ("done", Done), ("created", Created), ("ended", Ended)),
    ];

    internal Decision<ImportJob> Becomes(ImportJob next, string what, params Fact[] facts)
        => new(new Outcome.Done(next.Done)) { State = next, Happenings = [new Happening(what, [new Fact("sha256", Source.Sha), new Fact("rows", Total.ToString(CultureInfo.InvariantCulture)), .. facts])] };

    internal static Fact[] Facts(ImportCounts counts)
    {
        static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
        return [new("new", Text(counts.New)), new("changed", Text(counts.Changed)), new("same", Text(counts.Same)), new("wrong", Text(counts.Wrong))];
    }
}

/// <summary>How the columns of a table were read, remembered for the next table with the same columns.</summary>
public sealed record RememberedMapping : IState<RememberedMapping>
{
    public required ImportMapping Mapping { get; init; }

    static string IState<RememberedMapping>.Kind => "import_mapping";
    static JsonTypeInfo<RememberedMapping> IState<RememberedMapping>.Json => ImportJson.Default.RememberedMapping;

    public IEnumerable<ViewRow> Rows(AggregateId id) => [];
}

public sealed record RememberMapping : Command<RememberedMapping>
{
    public required ImportMapping Mapping { get; init; }

    public override Decision<RememberedMapping> Decide(RememberedMapping? mapping, Actor by, DateTimeOffset now)
        => new(new Outcome.Done()) { State = new RememberedMapping { Mapping = Mapping } };
}

[JsonSerializable(typeof(ImportJob))]
[JsonSerializable(typeof(RememberedMapping))]
[JsonSerializable(typeof(ImportPreview))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ImportJson : JsonSerializerContext;
