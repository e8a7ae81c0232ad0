using System.Text.Json;
using System.Text.Json.Serialization;
using TrustCenter.Claims;

namespace TrustCenter.Pages;

/// <summary>
/// <c>history.json</c> of a claim, for programs: which version stood from when until when, so that what stood at any moment is found without
/// asking for a date. Members may be added within a format; none changes its meaning or goes away.
/// </summary>
public sealed record ClaimHistoryJson
{
    public required int Format { get; init; } // 1
    public required Guid Claim { get; init; }
    public required IReadOnlyList<HistoryVersion> Versions { get; init; } // oldest first; only those that were public

    public static byte[] Write(PageClaim claim) => JsonSerializer.SerializeToUtf8Bytes(new ClaimHistoryJson
    {
        Format = 1,
        Claim = claim.Id,
        Versions = [.. claim.Versions.Select(v => new HistoryVersion(v.Number, v.At.UtcDateTime, claim.UntilOf(v)?.UtcDateTime, v.Hash, v.Wording.Statement, v.IsWithdrawal ? v.Reason : null))],
    }, ClaimHistoryContext.Default.ClaimHistoryJson);
}

/// <param name="From">UTC; it stood from then on.</param>
/// <param name="Until">UTC; absent: it stands. From then on it stood no more, and another version of the same claim may have.</param>
/// <param name="Withdrawn">Why the claim was withdrawn with this version; absent for a version that made a claim.</param>
public sealed record HistoryVersion(int Number, DateTime From, DateTime? Until, string Hash, string Statement, string? Withdrawn);

[JsonSerializable(typeof(ClaimHistoryJson))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
internal sealed partial class ClaimHistoryContext : JsonSerializerContext;
