using TrustCenter.Prospects;

namespace TrustCenter.Tests.Prospects;

public sealed class EmailDomainTests
{
    [Theory, Trait("Case", "T-016")]
    [InlineData("acme.com", "x@acme.com", true)]
    [InlineData("ACME.com", "x@Acme.COM", true)]
    [InlineData("bücher.example", "x@xn--bcher-kva.example", true)]
    [InlineData("acme.com", "x@sub.acme.com", false)]
    [InlineData("sub.acme.com", "x@acme.com", false)]
    [InlineData("acme.com", "x@acme.com.evil.io", false)]
    [InlineData("acme.com", "x@notacme.com", false)]
    public void A_domain_holds_exactly_its_own_addresses(string rule, string typed, bool holds)
    {
        EmailDomain.TryParse(rule, out var domain).ShouldBeTrue();
        EmailAddress.TryParse(typed, out var address).ShouldBeTrue();
        domain!.Holds(address!).ShouldBe(holds);
    }

    [Theory, Trait("Case", "T-016")]
    [InlineData("*.acme.com")]
    [InlineData("@acme.com")]
    [InlineData("acme.com.")]
    [InlineData("com")]
    [InlineData("10.0.0.1")]
    [InlineData("")]
    [InlineData(null)]
    public void A_pattern_or_half_a_domain_is_no_rule(string? rule) => EmailDomain.TryParse(rule, out _).ShouldBeFalse();

    [Theory, Trait("Case", "T-016")]
    [InlineData("Gmail.com", true)]
    [InlineData("proton.me", true)]
    [InlineData("acme.com", false)]
    public void A_free_mail_host_is_known_as_one(string rule, bool free)
    {
        EmailDomain.TryParse(rule, out var domain).ShouldBeTrue();
        domain!.IsFreeMail.ShouldBe(free);
    }

    [Fact]
    public void The_domain_of_an_address_holds_it()
    {
        EmailAddress.TryParse("ada@acme.com", out var address).ShouldBeTrue();
        EmailDomain.Of(address!).Holds(address!).ShouldBeTrue();
    }
}
