using System.Diagnostics;

namespace TrustCenter.Faults;

/// <summary>A disk in memory that is soon full. Whoever may not mount one hears so; no line holds then.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static SmallDisk Mount(string folder, int mebibytes)
    {
        Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", folder);
        return new SmallDisk(folder);
    }

    public void Dispose() => Run("umount", "--lazy", Folder);

    private static void Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} failed: {said.Trim()}. Run this as root, or where it may mount.");
    }
}
