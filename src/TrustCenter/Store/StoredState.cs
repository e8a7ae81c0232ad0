using System.Security.Cryptography;
using System.Text;
using TrustCenter.Engine;
using TrustCenter.Keys;

namespace TrustCenter.Store;

/// <summary>The bytes of a state as they lie in the database, with an HMAC under the host's key over key, version and bytes.</summary>
/// <param name="Done">The remembered commands as text: read only after <see cref="Check"/>, so that a changed one is never half understood.</param>
public sealed record StoredState(long Etag, long Format, byte[] Body, string Done, byte[] Mac)
{
    public const int CurrentFormat = 1;

    public static StoredState Sealed(HostKeys keys, AggregateId id, long etag, byte[] body, IReadOnlyList<DoneCommand> done)
    {
        var text = DoneCommand.Write(done);
        return new StoredState(etag, CurrentFormat, body, text, keys.StateMac(id, etag, CurrentFormat, body, text));
    }

    /// <exception cref="StateCorruptException">The bytes are not those that this host wrote.</exception>
    public void Check(HostKeys keys, AggregateId id)
    {
        var mac = keys.StateMac(id, Etag, CurrentFormat, Body, Done);
        if (Format != CurrentFormat || !CryptographicOperations.FixedTimeEquals(mac, Mac)) throw new StateCorruptException(id);
    }
}

/// <summary>A command that was carried out, with the number it answered.</summary>
public sealed record DoneCommand(Guid Command, int Number)
{
    public static string Write(IReadOnlyList<DoneCommand> done)
    {
        var text = new StringBuilder();
        foreach (var (command, number) in done) text.Append(command.ToString("N")).Append(':').Append(number).Append(' ');
        return text.ToString();
    }

    public static IReadOnlyList<DoneCommand> Read(string text)
        => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => new DoneCommand(Guid.ParseExact(part[..32], "N"), int.Parse(part.AsSpan(33), System.Globalization.CultureInfo.InvariantCulture)))];
}

/// <summary>A stored state fails its hash. The answer is a refusal and an alarm (DESIGN, invariant 10).</summary>
public sealed class StateCorruptException(AggregateId id, Exception? inner = null)
    : Exception($"The stored state of {id} is not what this host wrote. Restore it from a backup; nothing is served from it.", inner);

/// <summary>The database did not take or give what was asked; nothing was done, unless this is a <see cref="CommitInDoubtException"/>.</summary>
public class StoreException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The answer of the database was lost: what was written is there whole, or not at all. The same command again is answered rightly either way.</summary>
public sealed class CommitInDoubtException(string message, Exception? inner = null) : StoreException(message, inner);
