using System.Globalization;
using System.Reflection;

namespace TrustCenter.Operation;

/// <param name="From">The first bad version.</param>
/// <param name="Below">The first good one after it.</param>
public sealed record DeniedVersion(string Assembly, string From, string Below, string Why);

/// <summary>
/// Versions that must not run, by the assemblies that are really loaded: a package list says what was wished for, and a feed's audit may answer nothing
/// (ABUSE T-111).
/// </summary>
public static class DeniedVersions
{
    public static readonly IReadOnlyList<DeniedVersion> List =
    [
        new("Microsoft.AspNetCore.DataProtection", "10.0.0", "10.0.7", "CVE-2026-40372: sealed cookies can be forged"),
        new("Microsoft.AspNetCore.Server.Kestrel.Core", "10.0.0-preview.1", "10.0.0", "CVE-2025-55315: requests can be smuggled by chunk extensions"),
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
           where denied.Assembly == one.Name && Compare(one.Version, denied.From) >= 0 && Compare(one.Version, denied.Below) < 0
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
        var dash = version.IndexOf('-', StringComparison.Ordinal);
        var plain = dash < 0 ? version : version[..dash];
        return ([.. plain.Split('.').Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)], dash >= 0);
    }
}
