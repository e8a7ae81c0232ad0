using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Import;

/// <summary>A table was brought; nothing is known of its rows yet.</summary>
public sealed record BringTable : Command<ImportJob>
{
    public required ImportSource Source { get; init; }
    public required IReadOnlyList<string> Header { get; init; }
    public required ImportMapping Mapping { get; init; }
    public required int Total { get; init; }

    public override Decision<ImportJob> Decide(ImportJob? job, Actor by, DateTimeOffset now)
    {
        if (job is not null) return new Outcome.Stale(job.Done);
        var next = new ImportJob { Source = Source, Header = Header, Mapping = Mapping, Total = Total, By = by.Id, Key = by.Key, Created = now };
        return next.Becomes(next, "import.brought");
    }
}

/// <summary>The columns were chosen: every row is checked next. Chosen again, it is checked again.</summary>
public sealed record ChooseMapping : Command<ImportJob>
{
    public required ImportMapping Mapping { get; init; }

    public override Decision<ImportJob> Decide(ImportJob? job, Actor by, DateTimeOffset now)
    {
        if (job is null) return Decision<ImportJob>.Missing;
        if (job.Stage is not (ImportStage.Mapping or ImportStage.Checked)) return Decision<ImportJob>.Refuse("", "This import is under way or over. Upload the file again to begin a new one.");
        return new(new Outcome.Done()) { State = job with { Mapping = Mapping, Stage = ImportStage.Checking, Checked = ImportCounts.None, Done = 0 } };
    }
}

/// <summary>How far the check came.</summary>
public sealed record NoteCheck : Command<ImportJob>
{
    public required int Read { get; init; } // rows

    public override Decision<ImportJob> Decide(ImportJob? job, Actor by, DateTimeOffset now)
        => job is { Stage: ImportStage.Checking } ? new(new Outcome.Done(Read)) { State = job with { Done = Read } } : Decision<ImportJob>.Missing;
}

/// <summary>Every row was read; what would become of them.</summary>
public sealed record EndCheck : Command<ImportJob>
{
    public required ImportCounts Counts { get; init; }
    public required IReadOnlyList<ViewRow> Parts { get; init; } // preview and problems

    public override Decision<ImportJob> Decide(ImportJob? job, Actor by, DateTimeOffset now)
    {
        if (job is not { Stage: ImportStage.Checking }) return Decision<ImportJob>.Missing;
        var next = job with { Stage = ImportStage.Checked, Checked = Counts, Total = Counts.All, Done = 0 };
        return next.Becomes(next, "import.checked", ImportJob.Facts(Counts)) with { Rows = Parts };
    }
}

/// <summary>From here on the import is marked "importing", until <see cref="EndImport"/>.</summary>
public sealed record BeginImport : Command<ImportJob>
{
    public override Decision<ImportJob> Decide(ImportJob? job, Actor by, DateTimeOffset now)
    {
        if (job is null) return Decision<ImportJob>.Missing;
        if (job.Stage is ImportStage.Importing or ImportStage.Done) return new Outcome.Done(job.Done); // somebody else began it: the same end
        if (job.Stage != ImportStage.Checked) return Decision<ImportJob>.Refuse("", "This import was not checked to its end. Choose the columns first.");
        if (!job.MayRun) return Decision<ImportJob>.Refuse("", "Nothing is imported while a row is wrong. Correct the file and upload it again.");
        var next = job with { Stage = ImportStage.Importing, Begun = now, BegunBy = by.Id, Key = by.Key, Done = 0, Counts = ImportCounts.None };
        return next.Becomes(next, "import.begun");
    }
}

/// <summary>The next rows are durable. Their count becomes so after them and never before.</summary>
public sealed record AdvanceImport : Command<ImportJob>
{
    public required int From { get; init; } // rows that were done before
    public required int Rows { get; init; }
    public required ImportCounts Counts { get; init; }
    public required ViewRow Part { get; init; } // the lines of the report

    public override Decision<ImportJob> Decide(ImportJob? job, Actor by, DateTimeOffset now)
    {
        if (job is not { Stage: ImportStage.Importing }) return Decision<ImportJob>.Missing;
        if (job.Done != From) return new Outcome.Stale(job.Done);
        var next = job with { Done = From + Rows, Counts = job.Counts.Plus(Counts) };
        return new(new Outcome.Done(next.Done)) { State = next, Rows = [Part] };
    }
}

/// <summary>The closing entry.</summary>
public sealed record EndImport : Command<ImportJob>
{
    public override Decision<ImportJob> Decide(ImportJob? job, Actor by, DateTimeOffset now)
    {
        if (job is not { Stage: ImportStage.Importing }) return Decision<ImportJob>.Missing;
        if (job.Done != job.Total) return new Outcome.Stale(job.Done);
        var next = job with { Stage = ImportStage.Done, Ended = now };
        return next.Becomes(next, "import.ended", ImportJob.Facts(next.Counts));
    }
}

/// <summary>It cannot go on; what it did until then stands and is counted.</summary>
public sealed record FailImport : Command<ImportJob>
{
    public required string Why { get; init; }

    public override Decision<ImportJob> Decide(ImportJob? job, Actor by, DateTimeOffset now)
    {
        if (job is not { Stage: ImportStage.Checking or ImportStage.Importing }) return Decision<ImportJob>.Missing;
        var next = job with { Stage = ImportStage.Failed, Ended = now, Problem = Why };
        return next.Becomes(next, "import.failed", ImportJob.Facts(next.Counts));
    }
}

/// <summary>Somebody decided against it before it began.</summary>
public sealed record WithdrawImport : Command<ImportJob>
{
    public override Decision<ImportJob> Decide(ImportJob? job, Actor by, DateTimeOffset now)
    {
        if (job is null) return Decision<ImportJob>.Missing;
        if (job.Stage == ImportStage.Withdrawn) return new Outcome.Done();
        if (job.Stage is not (ImportStage.Mapping or ImportStage.Checking or ImportStage.Checked)) return Decision<ImportJob>.Refuse("", "This import is under way or over.");
        var next = job with { Stage = ImportStage.Withdrawn, Ended = now };
        return next.Becomes(next, "import.withdrawn");
    }
}
