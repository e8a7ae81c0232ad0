using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Prospects;

namespace TrustCenter.Tests.Prospects;

/// <summary>Ada's way into a link, in the commands that the pages send.</summary>
internal static class VisitExamples
{
    public const string Code = "314159";
    public const string Cookie = "first-cookie", ProvenCookie = "second-cookie", AcceptedCookie = "third-cookie";

    public static readonly string AgreementHash = new('a', 64);

    private static readonly HostKeys Keys = Store.DataFolder.Keys;

    public static AskCode Ask(AggregateId id, Guid link, string lookup, bool onTheList = true)
    {
        var person = PersonalRecord.Of(Keys, id.Tenant, PersonalRecord.Email, "ada@example.com");
        return new()
        {
            Id = Guid.CreateVersion7(),
            Target = id,
            Person = person,
            Mail = onTheList ? new OutgoingMail(Guid.CreateVersion7(), "ada@example.com", "Your code", Code) : null,
            Visit = new Visit
            {
                Link = link,
                Person = person.Id,
                Lookup = lookup,
                Host = "example.com",
                Asked = default,
                Secret = Visit.HashOf(Cookie),
                CodeHash = onTheList ? Hash(id, Code) : null,
            },
        };
    }

    public static TryCode Try(AggregateId id, string code) => new() { Id = Guid.CreateVersion7(), Target = id, CodeHash = Hash(id, code), NextSecret = Visit.HashOf(ProvenCookie) };

    public static AcceptAgreement Accept(AggregateId id, int version = 1, string? hash = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Target = id,
        Version = version,
        Hash = hash ?? AgreementHash,
        Address = "192.0.2.1",
        Agent = "A browser",
        NextSecret = Visit.HashOf(AcceptedCookie),
    };

    public static StartDownload Download(AggregateId id, Guid document) => new()
    {
        Id = Guid.CreateVersion7(),
        Target = id,
        Title = "SOC 2 Type II",
        Access = new Access(Guid.CreateVersion7(), document, 1, "TRACE-1", default),
    };

    public static string Hash(AggregateId id, string code) => Convert.ToHexStringLower(Keys.CodeHash(id.Key, code));
}
