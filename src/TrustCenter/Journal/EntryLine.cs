using System.Buffers.Text;
using System.Text.Json;

namespace TrustCenter.Journal;

/// <summary>An entry, the leaf hash that was kept with it, and what was revealed of its personal fields (null: not revealed).</summary>
internal sealed record EntryLine(JournalEntry Entry, byte[] LeafHash, IReadOnlyList<Reveal?> Revealed) : ExportLine
{
    /// <summary>The tenant stands in the header alone: the caller puts it in.</summary>
    public static EntryLine Read(JsonElement json)
    {
        JsonElement[] personal = [.. json.GetProperty("personal").EnumerateArray()];
        var entry = new JournalEntry
        {
            Tenant = Guid.Empty,
            Log = Text(json, "log"),
            N = json.GetProperty("n").GetInt64(),
            Utc = json.GetProperty("utc").GetInt64(),
            Actor = Text(json, "actor"),
            What = Text(json, "what"),
            Subject = Text(json, "subject"),
            Facts = [.. json.GetProperty("facts").EnumerateArray().Select(PublicFact)],
            Personal = [.. personal.Select(one => new Commitment(one.GetProperty("person").GetGuid(), Text(one, "field"), Hash(one, "hmac")))],
            StateHash = Hash(json, "state"),
        };
        return new EntryLine(entry, Hash(json, "leaf"), [.. personal.Select(Revelation)]);
    }

    protected override void Write(JsonLine line)
    {
        line.Name("log").Text(Entry.Log).Name("n").Number(Entry.N).Name("utc").Number(Entry.Utc)
            .Name("actor").Text(Entry.Actor).Name("what").Text(Entry.What).Name("subject").Text(Entry.Subject).Name("facts").Open('[');
        foreach (var fact in Entry.Facts) line.Open('[').Text(fact.Name).Text(fact.Value).Close(']');
        line.Close(']').Name("personal").Open('[');
        foreach (var (commitment, revealed) in Entry.Personal.Zip(Revealed)) Personal(line, commitment, revealed);
        line.Close(']').Name("state").Hash(Entry.StateHash).Name("leaf").Hash(LeafHash);
    }

    private static void Personal(JsonLine line, Commitment commitment, Reveal? revealed)
    {
        line.Open('{').Name("person").Text(commitment.Person.ToString()).Name("field").Text(commitment.Field).Name("hmac").Hash(commitment.Hmac);
        if (revealed is not null) line.Name("value").Text(revealed.Value).Name("key").Hash(revealed.Key);
        line.Close('}');
    }

    private static Fact PublicFact(JsonElement fact) =>
        fact.GetArrayLength() == 2 ? new Fact(Text(fact[0]), Text(fact[1])) : throw new FormatException("A fact is a name and a value.");

    private static Reveal? Revelation(JsonElement personal) =>
        personal.TryGetProperty("value", out var value) ? new Reveal(Text(value), Base64Url.DecodeFromChars(Text(personal, "key"))) : null;
}
