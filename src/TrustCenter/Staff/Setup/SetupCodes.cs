using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Staff.Setup;

/// <summary>Which codes of the host's console were used up. There is one for the whole host.</summary>
public sealed record SetupCodes : IState<SetupCodes>
{
    public static readonly Guid Only = new("00000000-0000-8000-8000-0000000000a2");
    public const string Purpose = "setup"; // of the console code
    public const int Right = 0, Wrong = -1;

    private const int Remembered = 8; // codes; one lives for at most twenty minutes, and a new one comes every ten

    public IReadOnlyList<string> Used { get; init; } = []; // keyed hashes, hex

    static string IState<SetupCodes>.Kind => "setup";
    static JsonTypeInfo<SetupCodes> IState<SetupCodes>.Json => SetupJson.Default.SetupCodes;

    public IEnumerable<ViewRow> Rows(AggregateId id) => [];

    internal SetupCodes With(string hash) => this with { Used = [.. Used.TakeLast(Remembered - 1), hash] };
}

/// <summary>Uses a code up, or counts a wrong one in the journal.</summary>
public sealed record UseSetupCode : Command<SetupCodes>
{
    public required bool IsRight { get; init; } // it is the code of now or of the window before
    public required string Hash { get; init; }
    public required string From { get; init; }

    public override Decision<SetupCodes> Decide(SetupCodes? codes, Actor by, DateTimeOffset now)
    {
        var state = codes ?? new SetupCodes();
        var isGood = IsRight && !state.Used.Contains(Hash);
        return new(new Outcome.Done(isGood ? SetupCodes.Right : SetupCodes.Wrong))
        {
            State = isGood ? state.With(Hash) : state,
            Happenings = [new Happening(isGood ? "setup.code_used" : "setup.code_wrong", new Fact("from", From))],
        };
    }
}

[JsonSerializable(typeof(SetupCodes))]
internal sealed partial class SetupJson : JsonSerializerContext;
