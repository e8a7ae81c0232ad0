using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Orleans;

/// <summary>What crosses the wire, there and back: our own JSON under a tag. No aggregate knows of it; its tag is the name of the command, see <see cref="CommandTags"/>.</summary>
[GenerateSerializer, Immutable, Alias("trust-center.envelope")]
internal readonly record struct Envelope
{
    [Id(0)] public required Guid Command { get; init; }
    [Id(1)] public required string Tag { get; init; }
    [Id(2)] public required byte[] Body { get; init; }

    public static Envelope Of<TState>(Command<TState> command, Actor by, CommandTags tags) where TState : class, IState<TState>
    {
        var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartArray();
            json.WriteNumberValue((int)by.Kind);
            json.WriteStringValue(by.Id);
            if (by.Key is { } key) json.WriteStringValue(key);
            else json.WriteNullValue();
            JsonSerializer.Serialize(json, command, tags.Json(command.GetType()));
            json.WriteEndArray();
        }
        return new Envelope { Command = command.Id, Tag = CommandTags.Of(command.GetType()), Body = body.ToArray() };
    }

    public (Actor By, TCommand Command) Wish<TCommand>(JsonTypeInfo<TCommand> type)
    {
        var json = new Utf8JsonReader(Body);
        json.Read();
        json.Read();
        var kind = (ActorKind)json.GetInt32();
        json.Read();
        var id = json.GetGuid();
        json.Read();
        Guid? key = json.TokenType == JsonTokenType.Null ? null : json.GetGuid();
        json.Read();
        return (kind == ActorKind.Program ? Actor.Program(key!.Value, id) : new Actor(kind, id), JsonSerializer.Deserialize(ref json, type)!);
    }

    public Envelope Answer(Outcome outcome) => outcome switch
    {
        Outcome.Done done => Answer("done", done, AnswerJson.Default.Done),
        Outcome.Refused refused => Answer("refused", refused, AnswerJson.Default.Refused),
        Outcome.Stale stale => Answer("stale", stale, AnswerJson.Default.Stale),
        _ => Answer("missing", "", AnswerJson.Default.String),
    };

    /// <summary>Exceptions of ours do not cross the wire: what they say does.</summary>
    public Envelope Answer(Exception failed) => Answer(failed switch { StateCorruptException => "corrupt", CommitInDoubtException => "doubt", StoreException => "store", _ => "fault" }, failed.Message, AnswerJson.Default.String);

    public Outcome Outcome(AggregateId id) => Tag switch
    {
        "done" => JsonSerializer.Deserialize(Body, AnswerJson.Default.Done)!,
        "refused" => JsonSerializer.Deserialize(Body, AnswerJson.Default.Refused)!,
        "stale" => JsonSerializer.Deserialize(Body, AnswerJson.Default.Stale)!,
        "missing" => new Outcome.Missing(),
        "corrupt" => throw new StateCorruptException(id),
        "doubt" => throw new CommitInDoubtException(JsonSerializer.Deserialize(Body, AnswerJson.Default.String)!),
        "store" => throw new StoreException(JsonSerializer.Deserialize(Body, AnswerJson.Default.String)!),
        _ => throw new InvalidOperationException(JsonSerializer.Deserialize(Body, AnswerJson.Default.String)),
    };

    private Envelope Answer<T>(string tag, T body, JsonTypeInfo<T> type) => new() { Command = Command, Tag = tag, Body = JsonSerializer.SerializeToUtf8Bytes(body, type) };
}

[JsonSerializable(typeof(Outcome.Done))]
[JsonSerializable(typeof(Outcome.Refused))]
[JsonSerializable(typeof(Outcome.Stale))]
[JsonSerializable(typeof(string))]
internal sealed partial class AnswerJson : JsonSerializerContext;
