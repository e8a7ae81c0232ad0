using System.Text.Json;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Engine;

/// <summary>A state in memory, the version that it is, and the last commands that were carried out on it.</summary>
internal sealed record Held<TState>(TState? State, long Etag, IReadOnlyList<DoneCommand> Done) where TState : class, IState<TState>
{
    private const int RememberedCommands = 16; // per aggregate; a form is posted again within minutes, not after 16 others

    /// <exception cref="StateCorruptException">What is stored fails its hash.</exception>
    public static async Task<Held<TState>> Load(IStore store, HostKeys keys, AggregateId id, CancellationToken stop)
    {
        if (await store.Read(id, stop) is not { } stored) return new(null, 0, []);
        stored.Check(keys, id);
        return new(StateIn(stored, id), stored.Etag, DoneCommand.Read(stored.Done));
    }

    /// <summary>Decides; what must be written for the answer to be true, and what memory holds after that. A command that was carried out is answered as it was then.</summary>
    public Step<TState> Decide(AggregateId id, Command<TState> command, Actor by, HostKeys keys, DateTimeOffset now)
    {
        if (Done.FirstOrDefault(d => d.Command == command.Id) is { } before) return new(new Outcome.Done(before.Number));
        var decision = command.Decide(State, by, now);
        if (decision.State is null) return new(decision.Outcome);
        var next = Next(command, decision);
        return new(decision.Outcome, next, CommitOf(id, next, decision, by, keys, now));
    }

    private Held<TState> Next(Command<TState> command, Decision<TState> decision)
    {
        var number = decision.Outcome is Outcome.Done done ? done.Number : throw new InvalidOperationException("Only a Done outcome may carry a state.");
        return new Held<TState>(decision.State, Etag + 1, [.. Done.TakeLast(RememberedCommands - 1), new DoneCommand(command.Id, number)]);
    }

    private Commit CommitOf(AggregateId id, Held<TState> next, Decision<TState> decision, Actor by, HostKeys keys, DateTimeOffset now)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(next.State!, TState.Json);
        var stored = StoredState.Sealed(keys, id, next.Etag, body, next.Done);
        return new Commit
        {
            Tenant = id.Tenant,
            State = new StateWrite(id, Etag, stored),
            Entries = [.. PendingEntry.From(decision.Happenings, by, id, now, keys.StateHash(id, next.Etag, body))],
            Rows = [.. next.State!.Rows(id), .. decision.Rows],
            Mails = decision.Mails,
            Personal = decision.Personal,
            Files = decision.Files,
            Compile = decision.Publishes,
            IsContent = TState.IsContent,
        };
    }

    private static TState StateIn(StoredState stored, AggregateId id)
    {
        try { return JsonSerializer.Deserialize(stored.Body, TState.Json) ?? throw new StateCorruptException(id); }
        catch (JsonException unreadable) { throw new StateCorruptException(id, unreadable); }
    }
}

/// <summary>One decision. Without <see cref="Commit"/> there is nothing to write.</summary>
internal sealed record Step<TState>(Outcome Outcome, Held<TState>? Next = null, Commit? Commit = null) where TState : class, IState<TState>;
