using TrustCenter.Audiences;
using TrustCenter.Tenants;

namespace TrustCenter.Operation;

/// <summary>What a tenant begins with: topics and audiences that most vendors keep.</summary>
public static class NewTenant
{
    private static readonly string[] Order = ["data-protection", "access", "development", "infrastructure", "continuity", "privacy", "governance"];

    public static Vendor Words(string name, string host) => new()
    {
        Name = name,
        Host = host,
        Topics =
        [
            new Topic("data-protection", "Data protection", "How data is encrypted, kept apart and deleted."),
            new Topic("access", "Access", "Who can reach data, and how each entry is limited and recorded."),
            new Topic("development", "Secure development", "How a change is reviewed, tested and released."),
            new Topic("infrastructure", "Infrastructure", "How the systems are built, watched and logged."),
            new Topic("continuity", "Availability and continuity", "What is promised, and how it is recovered."),
            new Topic("privacy", "Privacy", "What happens with personal data, and who else takes part."),
            new Topic("governance", "People and governance", "Certificates, policies, training and suppliers."),
        ],
        Audiences =
        [
            new Audience("reviewer", "Security reviewer", "A review should take an hour, so each answer has an owner, a date and its evidence.", Order, "", ""),
            new Audience("legal", "Legal and privacy", "What your file needs is here in full.", ["privacy", "data-protection", "governance", "access", "continuity", "infrastructure", "development"], "", ""),
            new Audience("executive", "Executive sponsor", "What we promise, said plainly.", ["governance", "continuity", "data-protection", "privacy", "access", "infrastructure", "development"], "", ""),
        ],
    };

    /// <summary>The rule of a host label that stands against this one; null when none does.</summary>
    public static string? Wrong(string host, string platformLabel)
    {
        if (host.Length is 0 or > 63 || host[0] == '-' || host[^1] == '-' || !host.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            return "Write the first part of the host name: small letters, digits and hyphens, at most 63.";
        return host == platformLabel || host is "www" ? $"{host} belongs to the platform. Choose another." : null;
    }
}
