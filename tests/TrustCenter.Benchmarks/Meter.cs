using System.Globalization;

namespace TrustCenter.Benchmarks;

/// <summary>CPU time and memory of processes, from /proc. Wall time on a shared machine moves two to three times; CPU time about a tenth.</summary>
public static class Meter
{
    private const double Tick = 0.01; // seconds; USER_HZ is 100 on Linux
    private const int Page = 4096; // bytes

    /// <summary>Seconds of user and system time, of all threads.</summary>
    public static double Cpu(IEnumerable<int> processes) => processes.Sum(id => Fields(id) is { } fields ? Ticks(fields, 11) + Ticks(fields, 12) : 0);

    /// <summary>The same of the processes that this one started and that have ended.</summary>
    public static double CpuOfEnded() => Fields(Environment.ProcessId) is { } fields ? Ticks(fields, 13) + Ticks(fields, 14) : 0;

    /// <summary>The same of this process, finer.</summary>
    public static double CpuOfThis() => Environment.CpuUsage.TotalTime.TotalSeconds;

    public static long Resident(int process) => long.Parse(File.ReadAllText($"/proc/{process}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Page;

    /// <summary>The process and all that it started.</summary>
    public static int[] Tree(int root)
    {
        var parents = Directory.EnumerateDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0)
            .Select(id => (Id: id, Parent: Fields(id) is { } fields ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0)).ToLookup(p => p.Parent, p => p.Id);
        var found = new List<int> { root };
        for (var i = 0; i < found.Count; i++) found.AddRange(parents[found[i]]);
        return [.. found];
    }

    public static string NameOf(int process) => Read($"/proc/{process}/comm").Trim();

    // After the name in brackets, which may hold blanks: state, parent, ...; utime is the 12th (proc(5)).
    private static string[]? Fields(int process)
    {
        var text = Read($"/proc/{process}/stat");
        return text.Length == 0 ? null : text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static double Ticks(string[] fields, int at) => long.Parse(fields[at], CultureInfo.InvariantCulture) * Tick;

    private static string Read(string file)
    {
        try { return File.ReadAllText(file); }
        catch (IOException) { return ""; } // the process has ended
    }
}
