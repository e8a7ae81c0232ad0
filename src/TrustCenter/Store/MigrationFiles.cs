using System.Globalization;

namespace TrustCenter.Store;

/// <summary>The numbered SQL files of this release, in order; once released none of them changes.</summary>
internal static class MigrationFiles
{
    public static List<(int Number, string Text)> All()
    {
        var assembly = typeof(MigrationFiles).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return (NumberIn(name), reader.ReadToEnd());
        })];
    }

    // "….Migrations.0001.sql"
    private static int NumberIn(string name) => int.Parse(name.Split('.')[^2], CultureInfo.InvariantCulture);
}
