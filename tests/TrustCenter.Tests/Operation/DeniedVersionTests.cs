using System.Reflection;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TrustCenter.Operation;

namespace TrustCenter.Tests.Operation;

/// <summary>No version with a known hole runs or is shipped.</summary>
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

    [Fact]
    public void Nothing_that_the_product_may_load_is_on_it()
    {
        Load(Assembly.Load("TrustCenter.Host"), []);
        var loaded = DeniedVersions.Loaded().Append(("SQLite", Sqlite())).ToList();
        foreach (var name in new[] { "Npgsql", "StackExchange.Redis", "Microsoft.AspNetCore.DataProtection", "Microsoft.AspNetCore.Server.Kestrel.Core", "System.Text.Json" }) loaded.Select(l => l.Item1).ShouldContain(name);
        DeniedVersions.Problems(loaded).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_that_is_shipped_with_it_is_on_it()
    {
        using var shipped = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "TrustCenter.Host.deps.json")));
        var packages = shipped.RootElement.GetProperty("libraries").EnumerateObject().Select(p => p.Name.Split('/')).Select(p => (p[0], p[1])).ToList();
        packages.Select(p => p.Item1).ShouldContain("SQLitePCLRaw.lib.e_sqlite3");
        DeniedVersions.Problems(packages).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.0", true)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.0-rc.2.25502.107", true)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.6", true)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.6.1", true)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.7", false)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.0.12", false)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "9.0.11", false)]
    [InlineData("Microsoft.AspNetCore.DataProtection", "10.1.0", false)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel.Core", "10.0.0-rc.1.25451.107", true)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel.Core", "10.0.0", false)]
    [InlineData("Microsoft.AspNetCore.DataProtection.Abstractions", "10.0.3", false)]
    [InlineData("Npgsql", "8.0.2+0123abc", true)]
    [InlineData("npgsql", "8.0.2", true)]
    [InlineData("Npgsql", "8.0.3", false)]
    [InlineData("Npgsql", "8.0.3+0123abc", false)]
    [InlineData("Npgsql", "3.2.7", true)]
    [InlineData("SQLitePCLRaw.lib.e_sqlite3", "2.1.11", true)]
    [InlineData("SQLite", "3.50.1", true)]
    [InlineData("Markdig", "0.1.0", false)]
    public void A_bad_version_is_named_with_what_to_install(string name, string version, bool isBad)
    {
        var problems = DeniedVersions.Problems([(name, version), ("Something.Else", "10.0.0")]).ToList();
        problems.Count.ShouldBe(isBad ? 1 : 0);
        if (isBad) problems[0].ShouldStartWith($"{name} {version} must not run here. ");
        if (isBad) problems[0].ShouldEndWith("or newer, then start again.");
    }

    // An assembly is loaded when its code is first met, so all that are referenced are fetched.
    private static void Load(Assembly assembly, HashSet<string> seen)
    {
        if (!seen.Add(assembly.GetName().Name!)) return;
        foreach (var reference in assembly.GetReferencedAssemblies()) Load(Assembly.Load(reference), seen);
    }

    private static string Sqlite()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection.ServerVersion;
    }
}
