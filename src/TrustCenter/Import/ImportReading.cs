namespace TrustCenter.Import;

/// <summary>
/// One thing to change. <see cref="Row"/> is the line of the file where the row begins, 1 is the first.
/// Every text is free of control and direction characters.
/// </summary>
public sealed record ImportProblem
{
    public required string File { get; init; }
    public int? Row { get; init; }
    public string? Column { get; init; }
    public required string Kind { get; init; } // the same words for the same kind of problem
    public required string Reason { get; init; } // what is wrong and what to do
}

/// <summary>All problems of one kind in one column of one file, also those that were not kept one by one.</summary>
public sealed record ImportProblemGroup
{
    public required string File { get; init; }
    public string? Column { get; init; }
    public required string Kind { get; init; }
    public required int Count { get; init; }
    public required IReadOnlyList<ImportProblem> First { get; init; } // at most ImportLimits.FirstOfGroup
}

/// <summary>What was read. Only a reading that <see cref="MayApply"/> is applied, and then all of it.</summary>
public sealed record ImportReading
{
    public required ImportContent Content { get; init; }
    public required IReadOnlyList<ImportProblem> Errors { get; init; } // the first ImportLimits.Problems
    public required IReadOnlyList<ImportProblem> Warnings { get; init; } // the first ImportLimits.Problems
    public required IReadOnlyList<ImportProblemGroup> ErrorGroups { get; init; } // all are counted
    public required IReadOnlyList<ImportProblemGroup> WarningGroups { get; init; } // all are counted

    public bool MayApply => ErrorCount == 0;
    public int ErrorCount => ErrorGroups.Sum(g => g.Count);
    public int WarningCount => WarningGroups.Sum(g => g.Count);
}
