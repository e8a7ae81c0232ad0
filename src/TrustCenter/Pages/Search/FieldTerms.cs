namespace TrustCenter.Pages;

/// <summary>
/// Words of the field that mean one thing: a buyer asks for MFA, the vendor wrote "a second step". Each line has the reason why it stands here,
/// so that nobody adds two words that merely go together.
/// </summary>
internal static class FieldTerms
{
    private static readonly (string Why, string[] Phrases)[] Table =
    [
        ("one control, many names", ["mfa", "2fa", "two factor", "multi factor", "multifactor", "two step", "second factor", "second step", "authenticator app", "passkey", "security key", "hardware key"]),
        ("questionnaires ask for the protocol", ["sso", "single sign on", "saml", "openid", "oidc", "identity provider", "idp"]),
        ("the algorithm stands for the measure", ["encryption", "encrypt", "aes", "cipher", "cryptography"]),
        ("the protocol stands for the measure", ["tls", "ssl", "https", "in transit", "transport encryption"]),
        ("keys have a vocabulary of their own", ["key management", "kms", "hsm", "byok", "bring your own key", "own encryption key", "customer managed key", "encryption key", "key storage"]),
        ("short for the same test", ["pentest", "pen test", "penetration test", "ethical hacking"]),
        ("the law, its German name and its contract", ["gdpr", "dsgvo", "data protection", "dpa", "data processing agreement", "data processing addendum"]),
        ("who backs up wants to restore", ["backup", "back up", "restore"]),
        ("the law says one word, buyers another", ["subprocessor", "sub processor", "third party", "supplier", "subcontractor"]),
        ("lawyers say breach", ["incident", "breach", "data leak"]),
        ("how customers hear of it", ["notification", "notify", "tell you", "inform you", "told"]),
        ("a weakness by its trade name", ["vulnerability", "weakness", "cve"]),
        ("ways to tell a vendor", ["vulnerability disclosure", "responsible disclosure", "bug bounty", "report a weakness", "security.txt"]),
        ("one plan, four names", ["disaster recovery", "business continuity", "bcp", "rto", "rpo", "failover", "recovery time"]),
        ("the promise and its measure", ["availability", "uptime", "sla", "service level"]),
        ("who did what", ["audit log", "audit trail", "activity log"]),
        ("what watches", ["monitoring", "monitor", "siem", "alert"]),
        ("who may do what", ["access control", "rbac", "role based", "least privilege", "permission", "access right", "rights follow"]),
        ("when somebody leaves", ["offboarding", "deprovisioning", "leaver", "last working day"]),
        ("accounts from a directory", ["scim", "provisioning", "directory sync", "from your directory"]),
        ("a report with and without its space", ["soc 2", "soc2", "soc ii"]),
        ("a standard with and without its committee", ["iso 27001", "iso27001", "iso iec 27001", "isms"]),
        ("a standard with and without its committee", ["iso 27701", "iso27701", "iso iec 27701", "pims"]),
        ("the end of data", ["deletion", "delete", "erasure", "erase", "right to be forgotten", "data destruction"]),
        ("how long it is kept", ["retention", "retention period", "how long", "are kept"]),
        ("where data lies", ["data residency", "data location", "data sovereignty", "region", "data center", "data centre", "datacenter"]),
        ("who runs the machines", ["hosting", "cloud provider", "aws", "azure", "gcp", "google cloud"]),
        ("what people are taught", ["training", "train", "awareness"]),
        ("before the first day", ["background check", "screening", "vetting", "reference check"]),
        ("how software is made", ["sdlc", "secure development", "code review"]),
        ("the list of parts", ["sbom", "bill of material", "cyclonedx", "spdx", "third party component", "open source"]),
        ("what looks for known weaknesses", ["vulnerability scan", "scanning", "sast", "dast", "known weakness"]),
        ("weaknesses being closed", ["patch", "patching", "remediation", "fix weakness"]),
        ("attacks on reach", ["ddos", "denial of service", "waf", "firewall"]),
        ("one customer from the next", ["tenant isolation", "multi tenant", "multi tenancy", "data segregation", "kept apart", "logical separation"]),
        ("the vendor's own hands", ["privileged access", "support access", "admin access", "standing access"]),
        ("the question of these years", ["ai", "artificial intelligence", "machine learning", "llm", "model training"]),
        ("about people", ["personal data", "pii", "personal information"]),
        ("data that leaves the EU", ["standard contractual clause", "scc", "international transfer", "uk addendum"]),
        ("one officer", ["dpo", "data protection officer", "privacy officer"]),
        ("doors and badges", ["physical security", "badge", "office security"]),
        ("machines that people carry", ["laptop", "endpoint", "mdm", "edr", "antivirus", "malware"]),
        ("taking data along", ["export", "portability", "data portability"]),
        ("how a change goes live", ["change management", "release", "deployment", "rollback", "taken back"]),
        ("separate places to work", ["staging", "test environment", "development environment", "separate account"]),
        ("what is typed", ["password", "passphrase", "credential"]),
    ];

    private static readonly Dictionary<string, List<(string[] Stems, string Concept)>> ByFirst = [];

    static FieldTerms()
    {
        foreach (var (line, position) in Table.Select((line, position) => (line, position)))
            foreach (var phrase in line.Phrases)
            {
                string[] stems = [.. SearchText.Words(phrase).Select(w => w.Stem)];
                if (!ByFirst.TryGetValue(stems[0], out var begin)) ByFirst[stems[0]] = begin = [];
                begin.Add((stems, $"~{position}"));
            }
        Stems = ByFirst.Values.SelectMany(phrases => phrases.SelectMany(p => p.Stems)).ToHashSet();
    }

    /// <summary>Every word of the table, stemmed: a typing error in one of them is forgiven even where no page says the word.</summary>
    public static IReadOnlySet<string> Stems { get; }

    public static bool Knows(string word) => Stems.Contains(word);

    /// <summary>The phrases that begin at this word: how many words each takes, and what it means.</summary>
    public static IEnumerable<(int Length, string Concept)> At(IReadOnlyList<string> words, int position)
    {
        if (!ByFirst.TryGetValue(words[position], out var phrases)) yield break;
        foreach (var (stems, concept) in phrases)
            if (position + stems.Length <= words.Count && Enumerable.Range(1, stems.Length - 1).All(i => words[position + i] == stems[i])) yield return (stems.Length, concept);
    }
}
