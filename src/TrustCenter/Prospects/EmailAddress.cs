using System.Diagnostics.CodeAnalysis;

namespace TrustCenter.Prospects;

/// <summary>An address in its one spelling. <see cref="Value"/> is compared, stored and mailed to: there is no second form (T-017).</summary>
public sealed record EmailAddress
{
    private const int LongestAddress = 254; // characters (RFC 5321, section 4.5.3.1.3, without the angle brackets)
    private const int LongestLocal = 64; // characters (RFC 5321, section 4.5.3.1.1)

    // RFC 5322 atext without % and ! (old relay routes), / | and ` (meaningful to file systems and shells).
    private const string LocalPunctuation = "#$&'*+-=?^_{}~";

    private EmailAddress(string local, string host) => (Local, Host) = (local, host);

    /// <summary>Before the at sign: dot-atom, ASCII, lower case; at most 64 characters.</summary>
    public string Local { get; }

    /// <summary>After the at sign: ASCII (xn-- where needed), lower case, at least two labels.</summary>
    public string Host { get; }

    /// <summary>At most 254 ASCII characters.</summary>
    public string Value => $"{Local}@{Host}";

    public override string ToString() => Value;

    /// <summary>Accepts one bare address; spaces around it are dropped. No display name, quotes, comments, routes or IP literals.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        var bare = text?.Trim(' ') ?? "";
        if (bare.Length is 0 or > LongestAddress) return false;
        var at = bare.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || !IsDotAtom(bare[..at])) return false;
        if (!MailHost.TryNormalise(bare[(at + 1)..], out var host)) return false;
        if (at + 1 + host.Length > LongestAddress) return false;
        address = new EmailAddress(bare[..at].ToLowerInvariant(), host);
        return true;
    }

    // A leading hyphen is an option to mail programs that are called with arguments. An encoded word (RFC 2047) is read as another
    // address by mail programs that decode it where they must not: =?utf-8?q?x=40evil.io=3e?=@acme.com (T-017).
    private static bool IsDotAtom(string local) =>
        local.Length <= LongestLocal && local[0] != '-' && !local.Contains("=?", StringComparison.Ordinal)
        && local.Split('.').All(atom => atom.Length > 0 && atom.All(IsAtomCharacter));

    private static bool IsAtomCharacter(char c) =>
        char.IsAsciiLetterOrDigit(c) || LocalPunctuation.Contains(c, StringComparison.Ordinal);
}
