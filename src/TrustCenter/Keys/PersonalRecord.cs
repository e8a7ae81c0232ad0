using System.Security.Cryptography;
using System.Text;
using TrustCenter.Journal;

namespace TrustCenter.Keys;

/// <summary>
/// One personal value under a random key of its own. The journal holds only a commitment under that key; forgetting destroys key
/// and value, and the proof still holds (DESIGN, section 5).
/// </summary>
/// <param name="Lookup">The value's pseudonym, so that all records of one address can be found and forgotten.</param>
public sealed record PersonalRecord(Guid Id, string Field, string Value, byte[] Key, byte[] Lookup)
{
    public const string Email = "email";
    public const string Name = "name";

    public static PersonalRecord Of(HostKeys keys, Guid tenant, string field, string value)
        => new(Guid.CreateVersion7(), field, value, RandomNumberGenerator.GetBytes(32), keys.Lookup(tenant, value));

    public Commitment Commit(Guid tenant, string log, long n) => Commitment.To(Id, Field, Value, Commitment.RecordKey(Key, Id, tenant, log, n));

    public byte[] SealedValue() => HostKeys.Seal(Key, Encoding.UTF8.GetBytes(Value));

    public override string ToString() => $"personal:{Id:N}"; // never the value: records are easily logged
}
