namespace TrustCenter.Web;

/// <summary>What becomes of a colour on one ground.</summary>
/// <param name="Typed">Contrast of the colour as typed, 1 to 21.</param>
/// <param name="Used">The colour that the page really uses, #rrggbb.</param>
/// <param name="Reached">Its contrast.</param>
/// <param name="On">Of text on a button in that colour.</param>
public sealed record AccentReport(string Ground, double Typed, string Used, double Reached, string On)
{
    public bool IsChanged => Typed < Accent.Enough;
}
