using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using TrustCenter.Tests.Engine;

namespace TrustCenter.Tests.Orleans;

[JsonSerializable(typeof(CountOne))]
[JsonSerializable(typeof(CountNothing))]
[JsonSerializable(typeof(CountFrom))]
[JsonSerializable(typeof(CompareCount))]
[JsonSourceGenerationOptions(Converters = [typeof(ActsByNumber)])]
internal sealed partial class TallyCommands : JsonSerializerContext;

/// <summary>What a test does in the middle of a decision stays in its process: its number goes.</summary>
internal sealed class ActsByNumber : JsonConverter<Action>
{
    private static readonly ConcurrentDictionary<int, Action> Acts = new();
    private static readonly AsyncLocal<bool> Acting = new();
    private static int last;

    /// <summary>Whether whoever asks is in the middle of a decision.</summary>
    public static bool IsActing => Acting.Value;

    public override Action Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var act = Acts[reader.GetInt32()];
        return () =>
        {
            Acting.Value = true;
            try { act(); }
            finally { Acting.Value = false; }
        };
    }

    public override void Write(Utf8JsonWriter writer, Action value, JsonSerializerOptions options)
    {
        var number = Interlocked.Increment(ref last);
        Acts[number] = value;
        writer.WriteNumberValue(number);
    }
}
