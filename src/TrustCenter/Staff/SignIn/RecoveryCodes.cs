using TrustCenter.Keys;

namespace TrustCenter.Staff.SignIn;

/// <summary>
/// Ten codes of 50 bits, each good once, for the day when the phone is gone. They are derived from what the form brought, so that a page which is
/// loaded again shows the same ones; only keyed hashes are stored.
/// </summary>
public static class RecoveryCodes
{
    public const int Count = 10;

    private const int Letters = 10; // of 5 bits

    public static IReadOnlyList<string> For(HostKeys keys, Guid staff, Guid seed)
        => [.. Enumerable.Range(1, Count).Select(n => Totp.Base32(keys.CodeHash(staff, $"recovery|{seed:N}|{n}"))[..Letters].ToLowerInvariant()).Select(code => $"{code[..5]}-{code[5..]}")];

    public static IReadOnlyList<string> Hashes(HostKeys keys, Guid staff, IEnumerable<string> codes) => [.. codes.Select(code => HashOf(keys, staff, code)!)];

    /// <summary>Null for what cannot be a recovery code.</summary>
    public static string? HashOf(HostKeys keys, Guid staff, string typed)
    {
        var plain = new string([.. typed.Where(char.IsAsciiLetterOrDigit)]).ToLowerInvariant();
        return plain.Length == Letters ? Convert.ToHexStringLower(keys.CodeHash(staff, plain)) : null;
    }
}
