using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TrustCenter.Staff.SignIn;

/// <summary>
/// Codes of an authenticator app (RFC 6238 over RFC 4226): HMAC-SHA-1, 30 seconds, six digits, which is what every app speaks.
/// Stands in for the framework's AuthenticatorTokenProvider, which says only yes or no: refusing the same code twice (RFC 6238, section 5.2) needs the
/// time step that matched, and it reads the machine's clock past the one that everything here is given. A test holds the two against each other.
/// </summary>
public static class Totp
{
    public const int SecretLength = 20; // bytes (RFC 4226, section 4, R6)

    private const int StepSeconds = 30, Drift = 1; // steps before and after, for clocks that differ (RFC 6238, section 5.2)

    public static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    public static string At(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // HMAC-SHA-1 is what the standard and the apps use; collisions of SHA-1 do not touch it (RFC 6238, section 1.2)
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var value = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0x0f)) & 0x7fffffff;
        return (value % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The newest step near now whose code this is; null when it is none. Every step is compared, in constant time (ABUSE T-113).</summary>
    public static long? Match(byte[] secret, string typed, DateTimeOffset now)
    {
        long? match = null;
        for (var step = StepOf(now) - Drift; step <= StepOf(now) + Drift; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(At(secret, step)), Encoding.ASCII.GetBytes(typed))) match = step;
        return match;
    }

    /// <summary>What the QR code holds (the apps' key URI format).</summary>
    public static string Address(string vendor, string account, byte[] secret)
        => $"otpauth://totp/{Uri.EscapeDataString(vendor)}:{Uri.EscapeDataString(account)}?secret={Base32(secret)}&issuer={Uri.EscapeDataString(vendor)}&digits=6&period={StepSeconds}";

    /// <summary>RFC 4648, section 6, without padding: 20 bytes are 32 letters.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var b in bytes)
        {
            (bits, held) = (bits << 8 | b, held + 8);
            for (; held >= 5; held -= 5) text.Append(letters[bits >> (held - 5) & 31]);
            bits &= (1 << held) - 1;
        }
        return held == 0 ? text.ToString() : text.Append(letters[bits << (5 - held) & 31]).ToString();
    }
}
