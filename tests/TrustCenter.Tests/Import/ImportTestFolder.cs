using TrustCenter.Import;

namespace TrustCenter.Tests.Import;

/// <summary>A small folder in the temporary directory, gone after the test.</summary>
internal sealed class ImportTestFolder : IDisposable
{
    public const string Vendor = """
        name: Northwind Ledger
        host: northwind
        currency: EUR
        products: [Ledger, Vault]
        plans: [Team]
        regions: [EU]
        topics:
          - {key: access, name: Access control}
          - {key: data, name: Data protection}
        audiences:
          - key: buyers
            name: Buyers
            why: Because they ask first.
            topics: [data, access]
            more: {label: Read on, address: /docs}
        """;

    public ImportTestFolder(string vendor = Vendor)
    {
        Root = Directory.CreateTempSubdirectory("trust-import-").FullName;
        if (vendor.Length > 0) Write("vendor.yaml", vendor);
    }

    public string Root { get; }

    public ImportTestFolder Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public ImportTestFolder Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return this;
    }

    public ImportTestFolder Copy(string from, string name)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(from, path);
        return this;
    }

    public ImportReading Read() => ImportFolder.Read(Root);

    public ImportProblem OnlyError() => Read().Errors.ShouldHaveSingleItem();

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
