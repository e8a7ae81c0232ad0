using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Links;

/// <summary>A link as a rep makes it for Ada at example.com.</summary>
internal static class LinkExamples
{
    public static readonly string Ada = Convert.ToHexStringLower(Store.DataFolder.Keys.Lookup(Guid.Empty, "ada@example.com"));

    public static ShareLink Link(DateTimeOffset now) => new()
    {
        Account = "Example Inc",
        People = [new Person(Guid.CreateVersion7(), Ada)],
        Documents = [Guid.CreateVersion7()],
        Expires = now.AddDays(30),
        Owner = Guid.Empty,
        Created = now,
        TokenHash = ShareLink.HashOf(Guid.NewGuid().ToString("N")),
    };

    public static CreateLink Create(DateTimeOffset now, Func<ShareLink, ShareLink>? change = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Link = (change ?? (link => link))(Link(now)),
        People = [PersonalRecord.Of(Store.DataFolder.Keys, Guid.Empty, PersonalRecord.Email, "ada@example.com")],
        Rules = new LinkRules(),
    };
}
