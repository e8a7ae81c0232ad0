using System.Reflection;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace TrustCenter.Tests.Packages;

/// <summary>No version with a known hole is loaded or shipped. It stands in for NuGet's audit, which says nothing where a feed has no vulnerability data.</summary>
public sealed class DeniedVersionsTests
{
    // From the GitHub Advisory Database, for what is used here or comes with it. A range without its first version denies everything below its end.
    private static readonly Denied[] All =
    [
        new("SQLite", null, "3.50.2", "CVE-2025-6965"),
        new("SQLitePCLRaw.lib.e_sqlite3", null, "2.1.12", "GHSA-2m69-gcr7-jv3q"),
        new("Npgsql", null, "4.0.14", "GHSA-x9vc-6hfv-hg8c"),
        new("Npgsql", "4.1.0", "4.1.13", "GHSA-x9vc-6hfv-hg8c"),
        new("Npgsql", "5.0.0", "5.0.18", "GHSA-x9vc-6hfv-hg8c"),
        new("Npgsql", "6.0.0", "6.0.11", "GHSA-x9vc-6hfv-hg8c"),
        new("Npgsql", "7.0.0", "7.0.7", "GHSA-x9vc-6hfv-hg8c"),
        new("Npgsql", "8.0.0", "8.0.3", "GHSA-x9vc-6hfv-hg8c"),
        new("YamlDotNet", null, "5.0.0", "GHSA-rpch-cqj9-h65r"),
        new("Newtonsoft.Json", null, "13.0.1", "GHSA-5crp-9r3c-p9vr"),
        new("Microsoft.IdentityModel.JsonWebTokens", null, "5.7.0", "GHSA-59j7-ghrg-fj52"),
        new("Microsoft.IdentityModel.JsonWebTokens", "6.0.0", "6.34.0", "GHSA-59j7-ghrg-fj52"),
        new("Microsoft.IdentityModel.JsonWebTokens", "7.0.0", "7.1.2", "GHSA-59j7-ghrg-fj52"),
        new("OpenTelemetry.Api", null, "1.15.3", "GHSA-g94r-2vxg-569j"),
        new("OpenTelemetry.Exporter.OpenTelemetryProtocol", null, "1.15.3", "GHSA-mr8r-92fq-pj8p, GHSA-q834-8qmm-v933, GHSA-4625-4j76-fww9"),
        new("Microsoft.AspNetCore.DataProtection", "10.0.0", "10.0.7", "GHSA-9mv3-2cwr-p262"),
        new("Microsoft.AspNetCore.Server.Kestrel.Core", null, "2.3.6", "GHSA-5rrx-jjjq-q2r5"),
        new("Microsoft.AspNetCore.Server.Kestrel.Core", "8.0.0", "8.0.21", "GHSA-5rrx-jjjq-q2r5"),
        new("Microsoft.AspNetCore.Server.Kestrel.Core", "9.0.0", "9.0.10", "GHSA-5rrx-jjjq-q2r5"),
        new("Microsoft.Extensions.Caching.Memory", "6.0.0", "6.0.2", "GHSA-qj66-m88j-hmgj"),
        new("Microsoft.Extensions.Caching.Memory", "8.0.0", "8.0.1", "GHSA-qj66-m88j-hmgj"),
        new("System.Text.Json", "6.0.0", "6.0.10", "GHSA-8g4q-xg66-9fp4"),
        new("System.Text.Json", "8.0.0", "8.0.5", "GHSA-8g4q-xg66-9fp4"),
        new("System.Text.Encodings.Web", null, "4.5.1", "GHSA-ghhp-997w-qr28"),
        new("System.Text.Encodings.Web", "4.6.0", "4.7.2", "GHSA-ghhp-997w-qr28"),
        new("System.Text.Encodings.Web", "5.0.0", "5.0.1", "GHSA-ghhp-997w-qr28"),
        new("System.Formats.Asn1", "5.0.0", "6.0.1", "GHSA-447r-wph3-92pm"),
        new("System.Formats.Asn1", "8.0.0", "8.0.1", "GHSA-447r-wph3-92pm"),
        new("System.Drawing.Common", null, "4.7.2", "GHSA-rxg9-xrhp-64gj"),
        new("System.Drawing.Common", "5.0.0", "5.0.3", "GHSA-rxg9-xrhp-64gj"),
        new("System.Net.Http", null, "4.3.4", "GHSA-7jgj-8wvc-jh57"),
        new("System.Text.RegularExpressions", null, "4.3.1", "GHSA-cmhx-cq75-c4mj"),
    ];

    [Fact]
    public void Nothing_that_the_product_loads_is_denied()
    {
        var loaded = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        Load(Assembly.Load("TrustCenter.Host"), loaded);

        foreach (var name in new[] { "Npgsql", "StackExchange.Redis", "Microsoft.AspNetCore.DataProtection", "Microsoft.AspNetCore.Server.Kestrel.Core", "System.Text.Json" }) loaded.Keys.ShouldContain(name);
        Refuse([.. loaded.Select(l => (l.Key, VersionOf(l.Value))), ("SQLite", Sqlite())]);
    }

    [Fact]
    public void Nothing_that_is_shipped_with_it_is_denied()
    {
        using var shipped = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "TrustCenter.Host.deps.json")));
        var packages = shipped.RootElement.GetProperty("libraries").EnumerateObject().Select(p => p.Name.Split('/')).Select(p => (p[0], p[1])).ToList();
        packages.Select(p => p.Item1).ShouldContain("SQLitePCLRaw.lib.e_sqlite3");
        Refuse(packages);
    }

    [Theory]
    [InlineData("Npgsql", "8.0.2+0123abc", true)]
    [InlineData("npgsql", "8.0.2", true)]
    [InlineData("Npgsql", "8.0.3", false)]
    [InlineData("Npgsql", "3.2.7", true)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.0-rc.2.25502.107", true)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "9.0.3", false)]
    [InlineData("SQLitePCLRaw.lib.e_sqlite3", "2.1.11", true)]
    [InlineData("SQLite", "3.50.1", true)]
    [InlineData("Markdig", "0.1.0", false)]
    public void A_denied_version_is_found(string name, string version, bool isDenied) => (Find(name, version) is not null).ShouldBe(isDenied);

    // An assembly is loaded when its code is first met, so all that are referenced are fetched.
    private static void Load(Assembly assembly, Dictionary<string, Assembly> loaded)
    {
        if (!loaded.TryAdd(assembly.GetName().Name!, assembly)) return;
        foreach (var reference in assembly.GetReferencedAssemblies()) Load(Assembly.Load(reference), loaded);
    }

    private static void Refuse(IEnumerable<(string Name, string Version)> used)
        => string.Join('\n', used.Select(u => Find(u.Name, u.Version) is { } denied ? $"{u.Name} {u.Version} has {denied.Advisory}; take {denied.Before} or later." : null).OfType<string>()).ShouldBe("");

    private static Denied? Find(string name, string version) => Array.Find(All, d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && d.Holds(Number(version)));

    // A version before its release counts as the release: holes are mended in later ones.
    private static Version Number(string version) => Version.Parse(version.Split('-', '+', ' ')[0]) is var v && v.Build < 0 ? new(v.Major, v.Minor, 0) : new(v.Major, v.Minor, v.Build);

    private static string VersionOf(Assembly assembly)
        => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion is { } said && Version.TryParse(said.Split('-', '+', ' ')[0], out _) ? said : assembly.GetName().Version!.ToString();

    private static string Sqlite()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection.ServerVersion;
    }

    /// <param name="From">The first version with the hole; null: every one before <paramref name="Before"/>.</param>
    private sealed record Denied(string Name, string? From, string Before, string Advisory)
    {
        public bool Holds(Version version) => version < Version.Parse(Before) && (From is null || version >= Version.Parse(From));
    }
}
