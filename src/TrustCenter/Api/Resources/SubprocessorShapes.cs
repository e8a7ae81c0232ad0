using System.ComponentModel;
using TrustCenter.Subprocessors;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>What is said about a subprocessor; read and written alike.</summary>
public sealed record SubprocessorWordsShape(
    string Name,
    [property: Description("What it does with the data, in a sentence.")] string Purpose,
    [property: Description("The day from which it works on customers' data; one in the future announces it.")] DateOnly? Since = null,
    string? Location = null,
    [property: Description("Begins with https://.")] string? Website = null,
    [property: Description("The vendor's products that it works for; empty or absent: all of them.")] IReadOnlyList<string>? Products = null,
    [property: Description("Its last day.")] DateOnly? Until = null)
{
    internal static SubprocessorWordsShape Of(Subprocessor s) => new(s.Name, s.Purpose, s.Since, s.Location, s.Website, s.Products, s.Until);

    internal TypedForm ToForm() => FormOf.Fields(
    [
        ("name", [Name]), ("purpose", [Purpose]), ("location", FormOf.Text(Location)), ("website", FormOf.Text(Website)), ("products", Products), ("since", FormOf.Day(Since)), ("until", FormOf.Day(Until)),
    ]);

    internal static string NameOf(string field) => $"entry.{field}";
}

public sealed record SubprocessorShape(Guid Id, SubprocessorWordsShape Entry, [property: Description("The day on which its start in the future was published.")] DateOnly? Announced = null)
{
    internal static SubprocessorShape Of(Subprocessor s) => new(s.Id, SubprocessorWordsShape.Of(s), s.Announced);
}

public sealed record SubprocessorsShape([property: Description("Of the published list; 0 before the first.")] int Version, IReadOnlyList<SubprocessorShape> Entries,
    [property: Description("What is in work beside it: the whole list as it would become.")] SubprocessorProposalShape? Proposal = null)
{
    internal static SubprocessorsShape Of(SubprocessorList l) => new(l.Version, [.. l.Entries.Select(SubprocessorShape.Of)], l.Proposal is { } p ? new(p.Edit, p.Authors, p.At, [.. p.Entries.Select(SubprocessorShape.Of)], p.Returned) : null);
}

public sealed record SubprocessorProposalShape(int Edit,
    [property: Description("Everybody who worked on it; none of them approves it.")] IReadOnlyList<Guid> Authors, DateTimeOffset At, IReadOnlyList<SubprocessorShape> Entries,
    [property: Description("Why it was given back.")] string? Returned = null);

public sealed record NewSubprocessorShape([property: Description("The proposal's edit as you read it; 0 where none is in work.")] int Edit, SubprocessorWordsShape Entry);

/// <summary>What stands now, by its version.</summary>
public sealed record VersionShape(int Version);

/// <summary>What was given back, by its edit.</summary>
public sealed record EditShape(int Edit);
