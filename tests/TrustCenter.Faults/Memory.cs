using System.Globalization;

namespace TrustCenter.Faults;

/// <summary>What a process holds of the machine's memory, in MiB.</summary>
public static class Memory
{
    public static double Resident(int process) => Read(process, "VmRSS:");

    /// <summary>The most so far, or since <see cref="Forget"/>.</summary>
    public static double Peak(int process) => Read(process, "VmHWM:");

    /// <summary>The peak counts from now (proc(5), clear_refs).</summary>
    public static void Forget(int process) => File.WriteAllText($"/proc/{process}/clear_refs", "5");

    private static double Read(int process, string name)
        => double.Parse(File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
