namespace TrustCenter.Pages;

/// <summary>Status is shape, word and colour (LOOK): nobody has to tell colours apart.</summary>
public static class StateWords
{
    public static string Symbol(PublicState state) => state switch
    {
        PublicState.InPlace => "●",
        PublicState.Partly => "◐",
        PublicState.Planned => "○",
        PublicState.EvidenceExpired or PublicState.EvidenceWithdrawn => "▲",
        PublicState.UnderReview => "◇",
        _ => "×",
    };

    public static string Word(PublicState state) => state switch
    {
        PublicState.InPlace => "in place",
        PublicState.Partly => "partly",
        PublicState.Planned => "planned",
        PublicState.EvidenceExpired => "evidence expired",
        PublicState.EvidenceWithdrawn => "evidence withdrawn",
        PublicState.UnderReview => "under review",
        PublicState.Withdrawn => "withdrawn",
        _ => "no longer public",
    };

    /// <summary>The class that carries the colour.</summary>
    public static string Css(PublicState state) => state switch
    {
        PublicState.InPlace => "st-i",
        PublicState.Partly or PublicState.UnderReview => "st-p",
        PublicState.Planned => "st-o",
        _ => "st-x",
    };
}
