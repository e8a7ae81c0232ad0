namespace TrustCenter.Claims;

/// <summary>How far a claim is in one language, as a sentence.</summary>
public static class TongueState
{
    public static string Of(Claim claim, string language) => claim.ProposalIn(language) switch
    {
        { Stage: ProposalStage.Waiting } => "A translation waits for approval.",
        { Stage: ProposalStage.Returned } => "Returned to the translator.",
        { } => "A draft is in work.",
        null => Standing(claim, claim.LatestIn(language)),
    };

    private static string Standing(Claim claim, ClaimTranslation? latest)
    {
        if (latest is null) return "Not translated: readers see the original.";
        return latest.Of == claim.Number ? $"Published, of version {latest.Of}." : $"Of an older version ({latest.Of}, now {claim.Number}): readers see the original.";
    }
}
