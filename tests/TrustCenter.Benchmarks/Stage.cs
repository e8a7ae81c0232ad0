using System.Diagnostics;

namespace TrustCenter.Benchmarks;

/// <summary>Where one comparison works; its folder goes when it ends.</summary>
public sealed class Stage(bool isLong) : IDisposable
{
    private readonly DirectoryInfo folder = Readable(Directory.CreateTempSubdirectory("trust-center-bench-"));

    public bool IsLong => isLong;
    public int Rounds => isLong ? 9 : 5;
    public int Seconds => isLong ? 3 : 1; // of one round of one variant

    public string this[string name] => Path.Combine(folder.FullName, name);

    public string NewFolder(string name) => folder.CreateSubdirectory(name).FullName;

    /// <summary>The checkout's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Runs a program to its end and answers what it printed; its failure is ours.</summary>
    public static async Task<string> Output(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode is not (0 or 3)) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output}{await errors}"); // 3: qpdf's warnings
        return await output + await errors;
    }

    public static void Same(string what, byte[] one, byte[] other)
    {
        if (!one.AsSpan().SequenceEqual(other)) throw new InvalidOperationException($"{what}: the variants do not answer with the same bytes ({one.Length} and {other.Length}).");
    }

    // nginx reads as a user of its own.
    private static DirectoryInfo Readable(DirectoryInfo folder)
    {
        if (OperatingSystem.IsWindows()) return folder;
        File.SetUnixFileMode(folder.FullName, folder.UnixFileMode | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return folder;
    }

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "TrustCenter.sln"))) at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("TrustCenter.sln was not found above the program's folder.");
    }

    public void Dispose() => folder.Delete(recursive: true);
}
