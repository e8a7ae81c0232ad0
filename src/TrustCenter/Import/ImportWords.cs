using System.Collections.Frozen;

namespace TrustCenter.Import;

/// <summary>The words of the format for every choice; case, "-" and "_" do not matter.</summary>
public static class ImportWords
{
    public static readonly IReadOnlyDictionary<string, ImportStatus> Status = Of(
        ("in place", ImportStatus.InPlace), ("partly", ImportStatus.Partly), ("planned", ImportStatus.Planned));

    public static readonly IReadOnlyDictionary<string, ImportVisibility> Visibility = Of(
        ("public", ImportVisibility.Public), ("room", ImportVisibility.Room));

    public static readonly IReadOnlyDictionary<string, ImportKind> Kind = Of(
        ("SOC 2 report", ImportKind.Soc2Report), ("ISO certificate", ImportKind.IsoCertificate),
        ("pentest summary", ImportKind.PentestSummary), ("policy", ImportKind.Policy),
        ("architecture", ImportKind.Architecture), ("insurance", ImportKind.Insurance),
        ("DPA", ImportKind.Dpa), ("other", ImportKind.Other));

    public static readonly IReadOnlyDictionary<string, ImportClass> Class = Of(
        ("public", ImportClass.Public), ("on request", ImportClass.OnRequest), ("under agreement", ImportClass.UnderAgreement));

    public static readonly IReadOnlyDictionary<string, ImportOutcome> Outcome = Of(
        ("open", ImportOutcome.Open), ("won", ImportOutcome.Won), ("lost", ImportOutcome.Lost), ("no decision", ImportOutcome.NoDecision));

    public static readonly IReadOnlyDictionary<string, ImportFactor> Factor = Of(
        ("none", ImportFactor.None), ("review asked", ImportFactor.ReviewAsked), ("slowed", ImportFactor.Slowed),
        ("blocked", ImportFactor.Blocked), ("helped", ImportFactor.Helped), ("decisive", ImportFactor.Decisive));

    public static readonly IReadOnlyDictionary<string, ImportSaidBy> SaidBy = Of(
        ("buyer's words", ImportSaidBy.Buyer), ("rep's judgement", ImportSaidBy.Rep));

    /// <summary>The word of the format for a value: "in place" for <see cref="ImportStatus.InPlace"/>.</summary>
    public static string Word<T>(this IReadOnlyDictionary<string, T> words, T value) where T : struct, Enum =>
        words.First(word => word.Value.Equals(value)).Key;

    internal static T? Find<T>(this IReadOnlyDictionary<string, T> words, string text) where T : struct, Enum =>
        words.TryGetValue(text.Trim().Replace('_', ' ').Replace('-', ' ').Replace('’', '\''), out var value) ? value : null;

    /// <summary>True for a word of this column of deals that has a meaning.</summary>
    internal static bool Knows(string column, string word) => column switch
    {
        "outcome" => Outcome.Find(word) is not null,
        "securityFactor" => Factor.Find(word) is not null,
        _ => SaidBy.Find(word) is not null,
    };

    private static FrozenDictionary<string, T> Of<T>(params (string Word, T Value)[] words) =>
        words.ToFrozenDictionary(word => word.Word, word => word.Value, StringComparer.OrdinalIgnoreCase);
}
