using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Tests.Store;

/// <summary>A folder of its own for one test, with a real database in it; gone afterwards.</summary>
internal sealed class DataFolder : IDisposable
{
    public static readonly HostKeys Keys = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trust-center-");

    public string File => Path.Combine(folder.FullName, "trust.db");

    public SqliteStore Open() => new(File, Keys);

    public void Dispose() => folder.Delete(recursive: true);
}
