using System.Security.Cryptography;

namespace TrustCenter.Journal;

/// <summary>
/// A personal value that an entry is bound to without containing it: <see cref="Hmac"/> is HMAC-SHA256(key, field || value), both
/// length-prefixed. With key and value anyone can check it; without the key the value can't even be guessed.
/// </summary>
public sealed record Commitment(Guid Person, string Field, byte[] Hmac)
{
    /// <summary>Bytes of a key and of an HMAC. Exact: HMAC pads short keys with zeros, so two lengths would open one commitment twice.</summary>
    public const int Size = 32;

    /// <summary>
    /// The key of one person's values in one entry, derived from the person's own key. An export reveals this one, so the person's
    /// key, which also seals other records, never leaves the house; destroying it destroys all that derive from it.
    /// </summary>
    public static byte[] RecordKey(ReadOnlySpan<byte> personKey, Guid person, Guid tenant, string log, long n)
    {
        RequireKey(personKey);
        var fields = new FieldWriter();
        fields.Text("trustcenter/commitment-key/1");
        fields.Id(person);
        fields.Id(tenant);
        fields.Text(log);
        fields.Number(n);
        return HMACSHA256.HashData(personKey, fields.Written);
    }

    public static Commitment To(Guid person, string field, string value, ReadOnlySpan<byte> key) =>
        new(person, field, Hash(field, value, key));

    /// <summary>Whether this value under this key is what was committed to.</summary>
    public bool Opens(string value, ReadOnlySpan<byte> key) =>
        key.Length == Size && CryptographicOperations.FixedTimeEquals(Hash(Field, value, key), Hmac);

    private static byte[] Hash(string field, string value, ReadOnlySpan<byte> key)
    {
        RequireKey(key);
        var fields = new FieldWriter();
        fields.Text(field);
        fields.Text(value);
        return HMACSHA256.HashData(key, fields.Written);
    }

    private static void RequireKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Size) throw new ArgumentException($"A commitment key has {Size} bytes, this one has {key.Length}.", nameof(key));
    }
}
