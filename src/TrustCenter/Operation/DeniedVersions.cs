using System.Globalization;
using System.Reflection;

namespace TrustCenter.Operation;

/// <param name="Name">Of an assembly or of the package that brings it.</param>
/// <param name="From">The first bad version; null: every one before <paramref name="Below"/>.</param>
/// <param name="Below">The first good one after it.</param>
public sealed record DeniedVersion(string Name, string? From, string Below, string Why);

/// <summary>
/// Versions that must not run, from the GitHub Advisory Database, for what is used here or comes with it; kept by hand. At start it is held against the
/// assemblies that are really loaded, in a test also against all that is shipped: a package list says what was wished for, and a feed's audit may answer nothing
/// (ABUSE T-111).
/// </summary>
public static class DeniedVersions
{
    public static readonly IReadOnlyList<DeniedVersion> List =
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
        new("Microsoft.IdentityModel.JsonWebTokens", null, "5.7.0", "GHSA-59j7-ghrg-fj52"),
        new("Microsoft.IdentityModel.JsonWebTokens", "6.0.0", "6.34.0", "GHSA-59j7-ghrg-fj52"),
        new("Microsoft.IdentityModel.JsonWebTokens", "7.0.0", "7.1.2", "GHSA-59j7-ghrg-fj52"),
        new("OpenTelemetry.Api", null, "1.15.3", "GHSA-g94r-2vxg-569j"),
        new("OpenTelemetry.Exporter.OpenTelemetryProtocol", null, "1.15.3", "GHSA-mr8r-92fq-pj8p, GHSA-q834-8qmm-v933, GHSA-4625-4j76-fww9"),
        new("Microsoft.AspNetCore.DataProtection", "10.0.0-preview.1", "10.0.7", "CVE-2026-40372: sealed cookies can be forged"),
        new("Microsoft.AspNetCore.Server.Kestrel.Core", null, "2.3.6", "CVE-2025-55315: requests can be smuggled by chunk extensions"),
        new("Microsoft.AspNetCore.Server.Kestrel.Core", "8.0.0", "8.0.21", "CVE-2025-55315: requests can be smuggled by chunk extensions"),
        new("Microsoft.AspNetCore.Server.Kestrel.Core", "9.0.0", "9.0.10", "CVE-2025-55315: requests can be smuggled by chunk extensions"),
        new("Microsoft.AspNetCore.Server.Kestrel.Core", "10.0.0-preview.1", "10.0.0", "CVE-2025-55315: requests can be smuggled by chunk extensions"),
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

    /// <summary>Looks at everything that is loaded, and at data protection, which is loaded when it is first used.</summary>
    /// <exception cref="InvalidOperationException">Says which version runs, what is wrong with it and what to install.</exception>
    public static void Refuse()
    {
        if (Problems(Loaded().Append(Of(typeof(Microsoft.AspNetCore.DataProtection.DataProtectionOptions).Assembly)).Distinct()).ToList() is { Count: > 0 } problems) throw new InvalidOperationException(string.Join("\n", problems));
    }

    public static IEnumerable<(string Name, string Version)> Loaded()
        => AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic).Select(Of);

    public static IEnumerable<string> Problems(IEnumerable<(string Name, string Version)> loaded)
        => from one in loaded
           from denied in List
           where denied.Name.Equals(one.Name, StringComparison.OrdinalIgnoreCase) && (denied.From is null || Compare(one.Version, denied.From) >= 0) && Compare(one.Version, denied.Below) < 0
           select $"{one.Name} {one.Version} must not run here. {denied.Why}. Install {denied.Below} or newer, then start again.";

    private static (string Name, string Version) Of(Assembly assembly) => (assembly.GetName().Name ?? "", VersionOf(assembly));

    // The assembly's own version stays 10.0.0.0 through all patches; the informational one names the patch.
    private static string VersionOf(Assembly assembly)
        => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>By numbers; a version with a word behind it comes before the same one without (Semantic Versioning 2, item 11).</summary>
    internal static int Compare(string a, string b)
    {
        var ((numbersA, isPreA), (numbersB, isPreB)) = (Parts(a), Parts(b));
        for (var i = 0; i < Math.Max(numbersA.Length, numbersB.Length); i++)
            if (numbersA.ElementAtOrDefault(i).CompareTo(numbersB.ElementAtOrDefault(i)) is not 0 and var order) return order;
        return isPreB.CompareTo(isPreA);
    }

    private static (int[] Numbers, bool IsPre) Parts(string version)
    {
        version = version.Split('+', ' ')[0];
        var dash = version.IndexOf('-', StringComparison.Ordinal);
        var plain = dash < 0 ? version : version[..dash];
        return ([.. plain.Split('.').Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)], dash >= 0);
    }
}
