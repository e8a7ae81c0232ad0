using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Rooms;

/// <summary>A gate or room that staff look at as a prospect would.</summary>
/// <param name="Who">The prospect's address.</param>
/// <param name="Back">The link's page in the console.</param>
/// <param name="Paths">Of the vendor's own host, since the page is shown on the platform's.</param>
/// <param name="Others">The other people of the link.</param>
public sealed record ViewedAs(string Who, string Back, Paths Paths, IReadOnlyList<(string Path, string Text, bool IsHere)> Steps, IReadOnlyList<(string Path, string Text)> Others)
{
    /// <summary>Where the page finds the vendor's logo: with the prospect at its address, with staff in the page, since it is not at theirs.</summary>
    public static string? Logo(ViewedAs? viewed, Vendor vendor, Paths paths)
        => viewed is not null && vendor.Logo is { Length: > 0 } logo ? LogoFile.DataAddress(logo) : LogoFile.Address(vendor, paths);
}
