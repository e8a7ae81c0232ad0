using TrustCenter.Journal;

namespace TrustCenter.Import;

/// <summary>Collects problems: the first ones whole, all of them counted by kind.</summary>
internal sealed class ProblemLog
{
    private readonly List<ImportProblem> errors = [], warnings = [];
    private readonly Dictionary<(string File, string? Column, string Kind), Counted> errorKinds = [], warningKinds = [];

    public bool HasErrors => errors.Count > 0;

    public FileProblems In(string file) => new(this, ConsoleText.Clean(file));

    public void Error(ImportProblem problem) => Add(problem, errors, errorKinds);

    public void Warn(ImportProblem problem) => Add(problem, warnings, warningKinds);

    public ImportReading Reading(ImportContent content) => new()
    {
        Content = content,
        Errors = errors,
        Warnings = warnings,
        ErrorGroups = [.. errorKinds.Select(Group)],
        WarningGroups = [.. warningKinds.Select(Group)],
    };

    private static void Add(
        ImportProblem problem, List<ImportProblem> kept, Dictionary<(string, string?, string), Counted> kinds)
    {
        if (kept.Count < ImportLimits.Problems) kept.Add(problem);

        var kind = (problem.File, problem.Column, problem.Kind);
        if (!kinds.TryGetValue(kind, out var counted)) kinds.Add(kind, counted = new Counted());
        counted.Count++;
        if (counted.First.Count < ImportLimits.FirstOfGroup) counted.First.Add(problem);
    }

    private static ImportProblemGroup Group(KeyValuePair<(string File, string? Column, string Kind), Counted> kind) => new()
    {
        File = kind.Key.File,
        Column = kind.Key.Column,
        Kind = kind.Key.Kind,
        Count = kind.Value.Count,
        First = kind.Value.First,
    };

    private sealed class Counted
    {
        public int Count;
        public readonly List<ImportProblem> First = [];
    }
}

/// <summary>The problems of one file.</summary>
internal sealed record FileProblems(ProblemLog Log, string File)
{
    public void Error(int? row, string? column, string kind, string reason) => Log.Error(New(row, column, kind, reason));

    public void Warn(int? row, string? column, string kind, string reason) => Log.Warn(New(row, column, kind, reason));

    private ImportProblem New(int? row, string? column, string kind, string reason) => new()
    {
        File = File,
        Row = row,
        Column = column is null ? null : ConsoleText.Clean(column),
        Kind = kind,
        Reason = ConsoleText.Clean(reason),
    };
}
