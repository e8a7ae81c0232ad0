namespace TrustCenter.Evidence;

/// <summary>The words of kinds and classes, as people read and write them; one table for pages, imports and JSON.</summary>
public static class EvidenceWords
{
    public static readonly IReadOnlyDictionary<EvidenceKind, string> Kinds = new Dictionary<EvidenceKind, string>
    {
        [EvidenceKind.Soc2Report] = "SOC 2 report",
        [EvidenceKind.IsoCertificate] = "ISO certificate",
        [EvidenceKind.PentestSummary] = "Pentest summary",
        [EvidenceKind.Policy] = "Policy",
        [EvidenceKind.Architecture] = "Architecture",
        [EvidenceKind.Insurance] = "Insurance",
        [EvidenceKind.Dpa] = "DPA",
        [EvidenceKind.Other] = "Other",
    };

    public static readonly IReadOnlyDictionary<EvidenceClass, string> Classes = new Dictionary<EvidenceClass, string>
    {
        [EvidenceClass.Public] = "Public",
        [EvidenceClass.OnRequest] = "On request",
        [EvidenceClass.UnderAgreement] = "Under agreement",
    };

    public static string Of(EvidenceKind kind) => Kinds[kind];

    public static string Of(EvidenceClass c) => Classes[c];

    public static EvidenceKind? Kind(string text) => Find(Kinds, text);

    public static EvidenceClass? Class(string text) => Find(Classes, text);

    private static T? Find<T>(IReadOnlyDictionary<T, string> words, string text) where T : struct
        => words.Where(w => w.Value.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase) || w.Key.ToString()!.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)).Select(w => (T?)w.Key).FirstOrDefault();
}
