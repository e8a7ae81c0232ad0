using System.Globalization;
using TrustCenter.Audiences;
using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;

namespace TrustCenter.Import;

/// <summary>What a folder says, in the words of the rooms.</summary>
public static class ImportWordings
{
    public static Vendor Vendor(ImportContent content, string? logo)
    {
        var vendor = content.Vendor!;
        return new Vendor
        {
            Name = vendor.Name,
            Host = vendor.Host,
            Tagline = vendor.Tagline ?? "",
            Accent = vendor.Accent ?? "#0b6e4f",
            Logo = logo,
            Contact = vendor.Contact ?? "",
            Website = vendor.Website ?? "",
            Currency = vendor.Currency,
            Products = vendor.Products,
            Plans = vendor.Plans,
            Regions = vendor.Regions,
            Languages = vendor.Languages.Count == 0 ? null : vendor.Languages,
            Topics = [.. content.Topics.Select(t => new Topic(t.Key, t.Name, t.Summary ?? ""))],
            Audiences = [.. content.Audiences.Select(a => new Audience(a.Key, a.Name, a.Why ?? "", a.Topics, a.More?.Label ?? "", a.More?.Address ?? ""))],
        };
    }

    public static ClaimWording Claim(Scope scope, ImportClaim claim) => new()
    {
        Statement = claim.Statement,
        Topic = claim.Topic,
        Status = claim.Status switch { ImportStatus.InPlace => ClaimStatus.InPlace, ImportStatus.Partly => ClaimStatus.Partly, _ => ClaimStatus.Planned },
        Owner = claim.Owner is { Length: > 0 } owner ? owner : "Security team",
        Visibility = claim.Visibility == ImportVisibility.Room ? Visibility.Room : Visibility.Public,
        Products = claim.Products,
        Plans = claim.Plans,
        Regions = claim.Regions,
        Checked = claim.Checked,
        ReviewBy = claim.ReviewBy,
        Frameworks = claim.Frameworks,
        Why = claim.Why,
        Evidence = [.. claim.Evidence.Select(key => ImportKeys.Of<EvidenceDocument>(scope, key))],
    };

    public static EvidenceDescription Evidence(ImportDocument document, ImportVersion version)
        => new() { Title = document.Title, Kind = Enum.Parse<EvidenceKind>(document.Kind.ToString()), Class = Enum.Parse<EvidenceClass>(document.Class.ToString()), From = version.From, To = version.To, ValidUntil = version.ValidUntil };

    public static Subprocessor Subprocessor(Scope scope, ImportSubprocessor entry)
        => new(ImportKeys.Of<SubprocessorList>(scope, entry.Key), entry.Name, entry.Purpose ?? "", entry.Location ?? "", entry.Website ?? "", entry.Products, entry.Since);

    /// <summary>A claim that a table names by the key of its folder, or by its id as an export does.</summary>
    public static Guid ClaimOf(Scope scope, string key) => Guid.TryParseExact(key, "D", out var id) ? id : ImportKeys.Of<Claim>(scope, key);

    public static DealWords Deal(Scope scope, ImportDeal deal) => new()
    {
        ExternalKey = deal.Key,
        Account = deal.Account ?? "",
        Domain = deal.Domain ?? "",
        Product = deal.Product ?? "",
        Amount = deal.Amount,
        Currency = deal.Currency,
        Stage = deal.Stage ?? "",
        Opened = deal.Opened,
        Closed = deal.Closed,
        Owner = deal.Owner ?? "",
        Manager = deal.Manager ?? "",
        Region = deal.Region ?? "",
        Outcome = Enum.Parse<DealOutcome>(deal.Outcome.ToString()),
        Factor = new SecurityFactor
        {
            Kind = Enum.Parse<FactorKind>(deal.SecurityFactor.ToString()),
            Reason = deal.Reason ?? "",
            SaidBy = deal.SaidBy switch { ImportSaidBy.Buyer => SaidBy.BuyersWords, ImportSaidBy.Rep => SaidBy.RepsJudgement, _ => null },
            Claim = deal.Claim is { } claim ? ClaimOf(scope, claim) : null,
            Requirement = deal.Requirement ?? "",
        },
    };
}
