using System.Security.Cryptography;

namespace TrustCenter.Keys;

/// <summary>
/// A code that the host's own console shows and a page asks for: whoever types it can read the host's key file or its console. It is derived, not stored;
/// using it up is remembered by whoever asks for it.
/// </summary>
public static class ConsoleCode
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10); // at least; at most twice that

    private const int Length = 16; // characters of 4 bits: 64 bits, in four groups
    private static readonly Guid Scope = new("00000000-0000-8000-8000-0000000000c0");

    /// <param name="purpose">What the code is for, with everything that it must not be mistaken for.</param>
    public static string At(HostKeys keys, string purpose, DateTimeOffset now) => OfWindow(keys, purpose, Window(now));

    /// <summary>Whether this was the code of now or of the window before; compared in constant time (ABUSE T-113).</summary>
    public static bool Matches(HostKeys keys, string purpose, DateTimeOffset now, string typed)
    {
        var plain = typed.Trim().ToLowerInvariant();
        return Same(OfWindow(keys, purpose, Window(now)), plain) | Same(OfWindow(keys, purpose, Window(now) - 1), plain);
    }

    private static long Window(DateTimeOffset now) => now.ToUnixTimeSeconds() / (long)Life.TotalSeconds;

    private static string OfWindow(HostKeys keys, string purpose, long window)
    {
        var code = Convert.ToHexStringLower(keys.CodeHash(Scope, $"{purpose}|{window}").AsSpan(0, Length / 2));
        return string.Join('-', code.Chunk(4).Select(group => new string(group)));
    }

    private static bool Same(string code, string typed)
        => CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(code), System.Text.Encoding.UTF8.GetBytes(typed));
}
