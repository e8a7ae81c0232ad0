using System.Globalization;
using TrustCenter.Engine;
using TrustCenter.Journal;

namespace TrustCenter.Subprocessors;

/// <summary>Adds an entry to the proposal or changes it there; what is published stays until somebody else approves.</summary>
public sealed record ProposeSubprocessor : Command<SubprocessorList>
{
    public required Subprocessor Entry { get; init; }
    public required int BasedOn { get; init; } // the edit that the form showed; 0 where nothing was under way

    public override Decision<SubprocessorList> Decide(SubprocessorList? list, Actor by, DateTimeOffset now)
    {
        list ??= new SubprocessorList();
        if (BasedOn != (list.Proposal?.Edit ?? 0)) return new Outcome.Stale(list.Proposal?.Edit ?? 0);
        if (SubprocessorRules.Problems(Entry).ToList() is { Count: > 0 } problems) return Decision<SubprocessorList>.Refuse(problems);
        if (list.Working.Count >= SubprocessorList.Most && list.Find(Entry.Id) is null) return Decision<SubprocessorList>.Refuse("", $"At most {SubprocessorList.Most} subprocessors.");
        var entry = Entry with { Announced = list.Find(Entry.Id)?.Announced };
        IReadOnlyList<Subprocessor> entries = list.Find(entry.Id) is null ? [.. list.Working, entry] : [.. list.Working.Select(e => e.Id == entry.Id ? entry : e)];
        var edit = (list.Proposal?.Edit ?? 0) + 1;
        return new(new Outcome.Done(edit))
        {
            State = list with { Proposal = new SubprocessorProposal(entries, [.. (list.Proposal?.Authors ?? []).Append(by.Id).Distinct()], edit, now) },
            Happenings = [new Happening("subprocessors.proposed", new Fact("edit", edit.ToString(CultureInfo.InvariantCulture)), new Fact("entry", entry.Id.ToString("D")))],
        };
    }
}

/// <summary>Proposes a whole list, as an import without an approver does; a colleague's proposal under way stays.</summary>
public sealed record ProposeSubprocessors : Command<SubprocessorList>
{
    public required IReadOnlyList<Subprocessor> Entries { get; init; }

    public override Decision<SubprocessorList> Decide(SubprocessorList? list, Actor by, DateTimeOffset now)
    {
        if (SubprocessorRules.OfFile(Entries) is { } problem) return Decision<SubprocessorList>.Refuse([problem]);
        list ??= new SubprocessorList();
        if (list.Proposal is { } draft && draft.Authors.Any(a => a != by.Id)) return Decision<SubprocessorList>.Refuse("", "A colleague's change is in work there. It was kept; publish or return it first.");
        var edit = (list.Proposal?.Edit ?? 0) + 1;
        return new(new Outcome.Done(edit))
        {
            State = list with { Proposal = new SubprocessorProposal(list.WithKnown(Entries), [by.Id], edit, now) },
            Happenings = [new Happening("subprocessors.proposed", new Fact("edit", edit.ToString(CultureInfo.InvariantCulture)), new Fact("count", Entries.Count.ToString(CultureInfo.InvariantCulture)))],
        };
    }
}

/// <summary>Nothing of the proposal is kept.</summary>
public sealed record DropSubprocessorProposal : Command<SubprocessorList>
{
    public override Decision<SubprocessorList> Decide(SubprocessorList? list, Actor by, DateTimeOffset now) => list?.Proposal is null ? Decision<SubprocessorList>.Missing : new(new Outcome.Done())
    {
        State = list with { Proposal = null },
        Happenings = [new Happening("subprocessors.dropped")],
    };
}

public sealed record ApproveSubprocessors : Command<SubprocessorList>
{
    public required int Edit { get; init; } // that the approver read

    public override Decision<SubprocessorList> Decide(SubprocessorList? list, Actor by, DateTimeOffset now)
    {
        if (list?.Proposal is not { Returned: null } proposal) return Decision<SubprocessorList>.Refuse("", "No change waits for approval here.");
        if (Edit != proposal.Edit) return new Outcome.Stale(proposal.Edit);
        if (proposal.Authors.Contains(by.Id)) return Decision<SubprocessorList>.Refuse("", "The approver must be someone other than the author. Ask a colleague to look at it.");
        return list.Publish(proposal.Entries, proposal.Authors, by, now);
    }
}

public sealed record ReturnSubprocessors : Command<SubprocessorList>
{
    public required int Edit { get; init; }
    public required string Comment { get; init; }

    public override Decision<SubprocessorList> Decide(SubprocessorList? list, Actor by, DateTimeOffset now)
    {
        if (list?.Proposal is not { Returned: null } proposal) return Decision<SubprocessorList>.Refuse("", "No change waits for approval here.");
        if (Edit != proposal.Edit) return new Outcome.Stale(proposal.Edit);
        if (string.IsNullOrWhiteSpace(Comment) || Comment.Length > 2_000) return Decision<SubprocessorList>.Refuse("comment", "Say what should change, so that the author can go on.");
        return new(new Outcome.Done(proposal.Edit))
        {
            State = list with { Proposal = proposal with { Returned = Comment.Trim() } },
            Happenings = [new Happening("subprocessors.returned", new Fact("edit", proposal.Edit.ToString(CultureInfo.InvariantCulture)))],
        };
    }
}
