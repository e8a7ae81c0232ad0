using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace TrustCenter.Prospects;

/// <summary>A host whose addresses belong together, for allow-lists and accounts. A sub-domain is another domain (T-016).</summary>
public sealed record EmailDomain
{
    private static readonly FrozenSet<string> FreeMailHosts = FrozenSet.Create(StringComparer.Ordinal,
        "126.com", "163.com", "aol.com", "bluewin.ch", "fastmail.com", "free.fr", "freenet.de", "gmail.com", "gmx.at", "gmx.ch",
        "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hey.com", "hotmail.co.uk", "hotmail.com", "hotmail.de", "hotmail.fr",
        "hushmail.com", "icloud.com", "inbox.com", "laposte.net", "libero.it", "live.com", "mac.com", "mail.com", "mail.ru",
        "mailbox.org", "me.com", "msn.com", "naver.com", "orange.fr", "outlook.com", "outlook.de", "outlook.fr", "pm.me",
        "posteo.de", "proton.me", "protonmail.com", "qq.com", "rediffmail.com", "rocketmail.com", "seznam.cz", "t-online.de",
        "tuta.com", "tutanota.com", "web.de", "wp.pl", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com", "yahoo.de", "yahoo.fr",
        "yandex.com", "yandex.ru", "ymail.com", "zoho.com");

    private EmailDomain(string value) => Value = value;

    /// <summary>ASCII (xn-- where needed), lower case, at least two labels.</summary>
    public string Value { get; }

    /// <summary>Anybody can have an address there, so it names no company.</summary>
    public bool IsFreeMail => FreeMailHosts.Contains(Value);

    public override string ToString() => Value;

    /// <summary>The domain that an address belongs to.</summary>
    public static EmailDomain Of(EmailAddress address) => new(address.Host);

    /// <summary>Accepts a bare host such as <c>acme.com</c>; no at sign, wildcard or trailing dot.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailDomain? domain)
    {
        domain = MailHost.TryNormalise(text?.Trim(' ') ?? "", out var host) ? new EmailDomain(host) : null;
        return domain is not null;
    }

    /// <summary>True for exactly this host (T-015, T-016).</summary>
    public bool Holds(EmailAddress address) => string.Equals(address.Host, Value, StringComparison.Ordinal);
}
