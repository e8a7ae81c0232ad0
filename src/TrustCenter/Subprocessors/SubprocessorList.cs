using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Subprocessors;

/// <summary>
/// Who works on customers' data for the vendor: one list per tenant, published as a whole, under the key <see cref="Only"/>. A public word: what one
/// proposes another approves. Whoever leaves stays in the list with the day, so that what was announced can be read later.
/// </summary>
public sealed record SubprocessorList : IState<SubprocessorList>
{
    public static readonly Guid Only = new("00000000-0000-8000-8000-000000000002");

    public const int Most = 2_000; // entries, as an import brings

    public IReadOnlyList<Subprocessor> Entries { get; init; } = [];
    public int Version { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public SubprocessorProposal? Proposal { get; init; } // null: nothing is under way
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<SubprocessorVersion>? Versions { get; init; } // published from the console or an import, oldest first; null: before they were kept

    static string IState<SubprocessorList>.Kind => "subprocessors";
    static JsonTypeInfo<SubprocessorList> IState<SubprocessorList>.Json => SubprocessorJson.Default.SubprocessorList;

    public IEnumerable<ViewRow> Rows(AggregateId id) => Entries.Select((s, position) => new ViewRow("subprocessor_rows", s.Id,
        ("name", s.Name), ("purpose", s.Purpose), ("location", s.Location), ("website", s.Website), ("products", string.Join("; ", s.Products)), ("since", s.Since), ("position", position),
        ("announced", s.Announced), ("until", s.Until)));

    /// <summary>The list as it is worked on: the proposal, else what is published.</summary>
    [JsonIgnore] public IReadOnlyList<Subprocessor> Working => Proposal?.Entries ?? Entries;

    public Subprocessor? Find(Guid id) => Working.FirstOrDefault(e => e.Id == id);

    /// <summary>What the console knows of an entry and a file cannot say stays.</summary>
    internal IReadOnlyList<Subprocessor> WithKnown(IReadOnlyList<Subprocessor> entries)
    {
        var known = Entries.ToDictionary(e => e.Id);
        return [.. entries.Select(e => known.TryGetValue(e.Id, out var stands) ? e with { Announced = e.Announced ?? stands.Announced, Until = e.Until ?? stands.Until } : e)];
    }

    /// <summary>These entries stand from now on.</summary>
    internal Decision<SubprocessorList> Publish(IReadOnlyList<Subprocessor> entries, IReadOnlyList<Guid> authors, Actor by, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var before = Entries.ToDictionary(e => e.Id);
        IReadOnlyList<Subprocessor> told = [.. entries.Select(e => e.Announced is null && e.Since > today && !before.ContainsKey(e.Id) ? e with { Announced = today } : e)];
        var number = Version + 1;
        var kept = told.Select(t => t.Id).ToHashSet();
        IReadOnlyList<Subprocessor> gone = [.. Entries.Where(e => !kept.Contains(e.Id))];
        IReadOnlyList<Subprocessor> changed = [.. told.Where(t => !before.TryGetValue(t.Id, out var stood) || !stood.SaysTheSame(t))];
        Fact[] facts = [new("version", number.ToString(CultureInfo.InvariantCulture)), new("count", told.Count.ToString(CultureInfo.InvariantCulture))];
        return new(new Outcome.Done(number))
        {
            State = this with { Entries = told, Version = number, Proposal = null, Versions = [.. Versions ?? [], new SubprocessorVersion(number, changed, gone, authors, by.Id, now)] },
            Happenings = [new Happening("subprocessors.published", facts) { IsPublic = true, PublicFacts = facts }],
            Rows = [.. gone.Select(g => new ViewRow("subprocessor_rows", g.Id) { Gone = true })],
        };
    }
}

/// <param name="Since">The day from which it works on customers' data; in the future it is announced.</param>
public sealed record Subprocessor(Guid Id, string Name, string Purpose, string Location, string Website, IReadOnlyList<string> Products, DateOnly? Since)
{
    /// <summary>The day on which a start in the future was published.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateOnly? Announced { get; init; }

    /// <summary>Its last day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateOnly? Until { get; init; }

    public bool IsOver(DateOnly today) => Until < today;

    // Lists compare by reference in records.
    public bool SaysTheSame(Subprocessor other) => this with { Products = other.Products } == other && Products.SequenceEqual(other.Products);
}

/// <param name="Authors">Everybody who worked on it; none of them approves it.</param>
/// <param name="Edit">Counts up with every change, so that an approver approves what he read.</param>
public sealed record SubprocessorProposal(IReadOnlyList<Subprocessor> Entries, IReadOnlyList<Guid> Authors, int Edit, DateTimeOffset At)
{
    /// <summary>Why it was given back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Returned { get; init; }
}

/// <summary>What a published list changed in the one before it: together they tell every list that ever stood.</summary>
/// <param name="Changed">Entries that are new or other than before, as they stand in it.</param>
/// <param name="Gone">Entries that left, as they had stood.</param>
public sealed record SubprocessorVersion(int Number, IReadOnlyList<Subprocessor> Changed, IReadOnlyList<Subprocessor> Gone, IReadOnlyList<Guid> Authors, Guid Approver, DateTimeOffset At);

/// <summary>Replaces the list, as an import does; who left it is removed from the page.</summary>
public sealed record PublishSubprocessors : Command<SubprocessorList>
{
    public required IReadOnlyList<Subprocessor> Entries { get; init; }

    public override Decision<SubprocessorList> Decide(SubprocessorList? list, Actor by, DateTimeOffset now)
    {
        if (SubprocessorRules.OfFile(Entries) is { } problem) return Decision<SubprocessorList>.Refuse([problem]);
        list ??= new SubprocessorList();
        var entries = list.WithKnown(Entries);
        if (list.Version > 0 && entries.Count == list.Entries.Count && entries.Zip(list.Entries).All(pair => pair.First.SaysTheSame(pair.Second))) return new Outcome.Done(list.Version);
        return list.Publish(entries, [], by, now);
    }
}

[JsonSerializable(typeof(SubprocessorList))]
internal sealed partial class SubprocessorJson : JsonSerializerContext;
