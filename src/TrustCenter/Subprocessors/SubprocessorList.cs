using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Subprocessors;

/// <summary>Who works on customers' data for the vendor: one list per tenant, published as a whole, under the key <see cref="Only"/>.</summary>
public sealed record SubprocessorList : IState<SubprocessorList>
{
    public static readonly Guid Only = new("00000000-0000-8000-8000-000000000002");

    public IReadOnlyList<Subprocessor> Entries { get; init; } = [];
    public int Version { get; init; }

    static string IState<SubprocessorList>.Kind => "subprocessors";
    static JsonTypeInfo<SubprocessorList> IState<SubprocessorList>.Json => SubprocessorJson.Default.SubprocessorList;

    public IEnumerable<ViewRow> Rows(AggregateId id) => Entries.Select((s, position) => new ViewRow("subprocessor_rows", s.Id,
        ("name", s.Name), ("purpose", s.Purpose), ("location", s.Location), ("website", s.Website), ("products", string.Join("; ", s.Products)), ("since", s.Since), ("position", position)));
}

public sealed record Subprocessor(Guid Id, string Name, string Purpose, string Location, string Website, IReadOnlyList<string> Products, DateOnly? Since);

/// <summary>Replaces the list; who left it is removed from the page.</summary>
public sealed record PublishSubprocessors : Command<SubprocessorList>
{
    public required IReadOnlyList<Subprocessor> Entries { get; init; }

    public override Decision<SubprocessorList> Decide(SubprocessorList? list, Actor by, DateTimeOffset now)
    {
        if (Entries.FirstOrDefault(e => e.Name.Length is 0 or > 120) is not null) return Decision<SubprocessorList>.Refuse("name", "Every subprocessor needs a name of at most 120 characters.");
        var next = new SubprocessorList { Entries = Entries, Version = (list?.Version ?? 0) + 1 };
        var gone = (list?.Entries ?? []).Where(before => Entries.All(e => e.Id != before.Id));
        Fact[] facts = [new("version", next.Version.ToString(CultureInfo.InvariantCulture)), new("count", Entries.Count.ToString(CultureInfo.InvariantCulture))];
        return new(new Outcome.Done(next.Version))
        {
            State = next,
            Happenings = [new Happening("subprocessors.published", facts) { IsPublic = true, PublicFacts = facts }],
            Rows = [.. gone.Select(g => new ViewRow("subprocessor_rows", g.Id) { Gone = true })],
        };
    }
}

[JsonSerializable(typeof(SubprocessorList))]
internal sealed partial class SubprocessorJson : JsonSerializerContext;
