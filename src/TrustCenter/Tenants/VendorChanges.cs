using TrustCenter.Audiences;
using TrustCenter.Engine;

namespace TrustCenter.Tenants;

/// <summary>Changes a part of the vendor's words, over the version that the person saw; the rest stays as it is.</summary>
public abstract record ChangeVendor : Command<Vendor>
{
    public required int BasedOn { get; init; }

    protected abstract Vendor Applied(Vendor vendor);

    public override Decision<Vendor> Decide(Vendor? vendor, Actor by, DateTimeOffset now)
    {
        if (vendor is null) return Decision<Vendor>.Missing;
        return BasedOn != vendor.Version ? new Outcome.Stale(vendor.Version) : new DefineVendor { Id = Id, Words = Applied(vendor) }.Decide(vendor, by, now);
    }
}

public sealed record SetBrand : ChangeVendor
{
    public required string Name { get; init; }
    public required string Tagline { get; init; }
    public required string Accent { get; init; }
    public required string? Logo { get; init; } // SVG text, or a PNG as a data address
    public required string Contact { get; init; }
    public required string Website { get; init; }

    protected override Vendor Applied(Vendor vendor) => vendor with { Name = Name, Tagline = Tagline, Accent = Accent, Logo = Logo, Contact = Contact, Website = Website };
}

/// <summary>What claims can be limited to, and in which languages and currency the vendor works.</summary>
public sealed record SetScope : ChangeVendor
{
    public required IReadOnlyList<string> Products { get; init; }
    public required IReadOnlyList<string> Plans { get; init; }
    public required IReadOnlyList<string> Regions { get; init; }
    public required IReadOnlyList<string> Languages { get; init; }
    public required string Currency { get; init; }

    protected override Vendor Applied(Vendor vendor) => vendor with
    {
        Products = Products, Plans = Plans, Regions = Regions, Currency = Currency,
        Languages = Languages is ["en"] ? null : Languages, // as an import writes it
    };
}

public sealed record SetTopics : ChangeVendor
{
    public required IReadOnlyList<Topic> Topics { get; init; } // in the order of the page

    // An audience that named a topic which is gone goes on without it.
    protected override Vendor Applied(Vendor vendor) => vendor with
    {
        Topics = Topics,
        Audiences = [.. vendor.Audiences.Select(a => a with { Topics = [.. a.Topics.Where(key => Topics.Any(t => t.Key == key))] })],
    };
}

public sealed record SetAudiences : ChangeVendor
{
    public required IReadOnlyList<Audience> Audiences { get; init; } // the first is the home page

    protected override Vendor Applied(Vendor vendor) => vendor with { Audiences = Audiences };
}
