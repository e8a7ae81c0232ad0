using TrustCenter.Audiences;
using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Tenants;

public sealed class VendorTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static Vendor Words(string host = "northwind") => new()
    {
        Name = "Northwind",
        Host = host,
        Topics = [new Topic("data", "Data", "")],
        Audiences = [new Audience("legal", "Legal", "", ["data"], "", "")],
    };

    private static DefineVendor Define(Vendor words) => new() { Id = Guid.CreateVersion7(), Words = words };

    [Fact]
    public void The_name_and_the_tagline_keep_their_bounds()
    {
        Define(Words() with { Name = "", Tagline = new string('x', 121) }).Decide(null, Actor.System, Noon).Fields().ShouldBe(["name", "tagline"]);
        Define(Words() with { Name = new string('x', 80), Tagline = new string('x', 120) }).Decide(null, Actor.System, Noon).Outcome.ShouldBe(new Outcome.Done(1));
    }

    [Fact]
    [Trait("Case", "T-105")]
    public void The_same_words_again_change_nothing()
    {
        var vendor = Define(Words()).Decide(null, Actor.System, Noon).State;

        var again = Define(Words()).Decide(vendor, Actor.System, Noon);

        again.Outcome.ShouldBe(new Outcome.Done(1));
        again.State.ShouldBeNull();
        again.Happenings.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Case", "T-086")]
    public void The_version_is_the_decisions_and_not_the_forms()
    {
        var vendor = Define(Words() with { Version = 41 }).Decide(null, Actor.System, Noon).State!;
        vendor.Version.ShouldBe(1);

        Define(Words() with { Tagline = "Books that balance" }).Decide(vendor, Actor.System, Noon).State!.Version.ShouldBe(2);
    }

    [Fact]
    [Trait("Case", "T-073")]
    public async Task A_host_belongs_to_one_vendor_only()
    {
        using var folder = new DataFolder();
        await using var store = folder.Open();
        var engine = new InProcessEngine(store, DataFolder.Keys, TimeProvider.System);
        var (first, second) = (new Scope(Guid.CreateVersion7()), new Scope(Guid.CreateVersion7()));
        await engine.Decide(first.Id<Vendor>(Vendor.Only), Define(Words()), Actor.System);

        await Should.ThrowAsync<StoreException>(engine.Decide(second.Id<Vendor>(Vendor.Only), Define(Words()), Actor.System));

        (await engine.Read<Vendor>(second.Id<Vendor>(Vendor.Only))).ShouldBeNull();
        (await engine.Decide(second.Id<Vendor>(Vendor.Only), Define(Words("alder")), Actor.System)).ShouldBe(new Outcome.Done(1));
    }
}
