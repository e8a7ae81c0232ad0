using TrustCenter.Operation;

namespace TrustCenter.Tests.Operation;

/// <summary>Known-bad versions do not run, by what is really loaded.</summary>
[Trait("Case", "T-111")]
public sealed class DeniedVersionTests
{
    [Fact]
    public void What_is_loaded_here_is_not_on_the_list()
    {
        DeniedVersions.Refuse();
        DeniedVersions.Loaded().ShouldContain(a => a.Name == "Microsoft.AspNetCore.DataProtection" && a.Version.StartsWith("10.0.", StringComparison.Ordinal), "the check must see the patch that runs");
        DeniedVersions.Problems(DeniedVersions.Loaded()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.0", true)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.6", true)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.6.1", true)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.7", false)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.12", false)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "9.0.11", false)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.1.0", false)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel.Core", "10.0.0-rc.1.25451.107", true)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel.Core", "10.0.0", false)]
    [InlineData("Microsoft.AspNetCore.DataProtection.Abstractions", "10.0.3", false)]
    public void A_bad_version_is_named_with_what_to_install(string name, string version, bool isBad)
    {
        var problems = DeniedVersions.Problems([(name, version), ("Something.Else", "10.0.0")]).ToList();
        problems.Count.ShouldBe(isBad ? 1 : 0);
        if (isBad) problems[0].ShouldStartWith($"{name} {version} must not run here. CVE-");
        if (isBad) problems[0].ShouldEndWith("or newer, then start again.");
    }
}
