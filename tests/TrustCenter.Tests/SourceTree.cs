namespace TrustCenter.Tests;

/// <summary>The folders of the repository that these tests were built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find();

    public static string Folder(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "TrustCenter.sln"))) return at.FullName;
        throw new DirectoryNotFoundException("The tests run outside of the repository.");
    }
}
