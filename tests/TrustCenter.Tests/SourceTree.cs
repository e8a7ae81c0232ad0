namespace TrustCenter.Tests;

/// <summary>The folders of the repository that these tests were built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find();

    public static string Folder(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>What is written by hand in C# and Razor below this folder, each by its path from the root.</summary>
    public static IEnumerable<(string Path, string Text)> Code(string folder) => Directory.EnumerateFiles(Folder(folder), "*.*", SearchOption.AllDirectories)
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .Select(file => (Path.GetRelativePath(Root, file), File.ReadAllText(file)));

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "TrustCenter.sln"))) return at.FullName;
        throw new DirectoryNotFoundException("The tests run outside of the repository.");
    }
}
