using System.Text;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Journal;
using TrustCenter.Tenants;

namespace TrustCenter.Import;

/// <summary>The console command <c>export &lt;folder&gt; --vendor &lt;host&gt;</c>. Exit code 0: written; 1: not, see the message; 2: misused.</summary>
public sealed class ExportCommand(StandingContent reader, FileStore files)
{
    public const string Usage = """
        export <folder> --vendor <host>
          <folder>       where vendor.yaml and the files beside it are written; keep it under version control
          --vendor       the first part of the vendor's host name, such as northwind
        """;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static (string Folder, string Host)? Parse(string[] args) => args switch
    {
        [var folder, "--vendor", var host] when !folder.StartsWith('-') => (folder, host),
        ["--vendor", var host, var folder] when !folder.StartsWith('-') => (folder, host),
        _ => null,
    };

    public async Task<int> Run(string[] args, TextWriter output, TextWriter error, CancellationToken stop)
    {
        if (Parse(args) is not var (folder, host))
        {
            await error.WriteLineAsync(Usage);
            return 2;
        }
        if (await reader.Read(host, stop) is not { } content)
        {
            await error.WriteLineAsync($"There is no vendor with the host {FieldText.Cite(host)} in this data folder.");
            return 1;
        }
        if (HostIn(folder) is { } other && other != host)
        {
            await error.WriteLineAsync(other.Length == 0 ? "The vendor.yaml in this folder cannot be read. Correct it, or name another folder."
                : $"This folder holds another vendor, {FieldText.Cite(other)}. Name a folder of its own.");
            return 1;
        }
        var written = await Write(content, folder, stop);
        foreach (var note in content.Notes) await output.WriteLineAsync(ConsoleText.Clean(note));
        if (content.Unpublished > 0) await output.WriteLineAsync($"{content.Unpublished:N0} that are not published are not in the folder.");
        foreach (var left in LeftOver(folder, content)) await output.WriteLineAsync($"files/{ConsoleText.Clean(left)} is not referred to any more.");
        await output.WriteLineAsync(written == 0 ? "The folder says this already." : $"{content.Claims.Count:N0} claims and {content.Documents.Count:N0} documents; {written:N0} files written.");
        return 0;
    }

    /// <summary>Writes what differs; how many files that were. A file is in its place whole or not at all.</summary>
    public async Task<int> Write(ExportContent content, string folder, CancellationToken stop)
    {
        var isOwn = HostIn(folder) == content.Vendor.Host;
        Directory.CreateDirectory(folder);
        var written = 0;
        foreach (var (name, text) in ExportText.Files(content)) written += await Put(Path.Combine(folder, name), Utf8.GetBytes(text), stop);
        if (content.Vendor.Logo is { } logo && LogoFile.IsPng(logo)) written += await Put(Path.Combine(folder, ExportText.PngName), LogoFile.Bytes(logo), stop);
        foreach (var document in content.Documents)
        {
            var bytes = await files.ReadAll(new Scope(content.Tenant), document.Version.File.Sha, stop) ?? throw new Store.StoreException($"The file of {document.Key} is not in the store. Restore it from a backup.");
            written += await Put(Path.Combine([folder, Folder.FilesFolder, .. document.File.Split('/')]), bytes, stop);
        }
        foreach (var gone in Written.Where(name => isOwn && ExportText.Files(content).All(f => f.Name != name) && File.Exists(Path.Combine(folder, name))))
        {
            File.Delete(Path.Combine(folder, gone)); // written by an export before; version control keeps it
            written++;
        }
        return written;
    }

    // The files that an export makes and that may have no reason any more. What else lies in the folder is left alone.
    private static readonly string[] Written = ["evidence.csv", "subprocessors.csv", AgreementReader.File, TranslationReader.File];

    // Whose folder it is: null where there is no vendor.yaml, or none that can be read.
    private static string? HostIn(string folder)
        => File.Exists(Path.Combine(folder, VendorReader.File)) ? new VendorReader(new Folder(folder), new ProblemLog().In(VendorReader.File)).Read().Vendor?.Host ?? "" : null;

    private static async Task<int> Put(string path, byte[] bytes, CancellationToken stop)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path) && (await File.ReadAllBytesAsync(path, stop)).AsSpan().SequenceEqual(bytes)) return 0;
        var beside = path + ".new";
        await File.WriteAllBytesAsync(beside, bytes, stop);
        File.Move(beside, path, overwrite: true);
        return 1;
    }

    private static IEnumerable<string> LeftOver(string folder, ExportContent content)
    {
        var below = Path.Combine(folder, Folder.FilesFolder);
        if (!Directory.Exists(below)) return [];
        var known = content.Documents.Select(d => d.File).ToHashSet(StringComparer.Ordinal);
        return Directory.EnumerateFiles(below, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(below, f).Replace('\\', '/')).Where(f => !known.Contains(f)).Order(StringComparer.Ordinal).Take(ImportLimits.Problems);
    }
}
