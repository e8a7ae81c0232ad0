namespace TrustCenter.Faults;

/// <summary>Where one fault happens; its folder goes when it ends.</summary>
public sealed class Stage(bool isLong) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trust-center-faults-");

    public bool IsLong => isLong;

    /// <summary>The same in every run: what failed once can be made to fail again.</summary>
    public Random Random { get; } = new(20261122);

    public string this[string name] => Path.Combine(folder.FullName, name);

    public string NewFolder(string name) => folder.CreateSubdirectory(name).FullName;

    /// <summary>How often: in the short form and in the long one.</summary>
    public int Times(int few, int many) => isLong ? many : few;

    public void Dispose() => folder.Delete(recursive: true);
}
