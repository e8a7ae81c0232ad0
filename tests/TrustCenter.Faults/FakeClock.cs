using System.Diagnostics;

namespace TrustCenter.Faults;

/// <summary>libfaketime (Debian package faketime) before a process's clock; its steady clock stays what it is. The file says how far it is off, and may change at any time.</summary>
public sealed class FakeClock
{
    private const int Noticed = 1; // seconds between two looks at the file

    private readonly string file, library;

    public FakeClock(string file)
    {
        this.file = file;
        library = Directory.EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).FirstOrDefault()
            ?? throw new InvalidOperationException("libfaketime is not there. Install it: apt-get install faketime");
        Set(0);
    }

    public IEnumerable<(string, string)> Environment =>
        [("LD_PRELOAD", library), ("FAKETIME_TIMESTAMP_FILE", file), ("FAKETIME_CACHE_DURATION", $"{Noticed}"), ("DONT_FAKE_MONOTONIC", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1")];

    public void Set(int days) => File.WriteAllText(file, $"{(days < 0 ? "" : "+")}{days}d\n");

    /// <summary>Returns when the host's own answers bear that date: without this nothing would have been tried.</summary>
    public async Task IsSeen(HttpClient client, int days)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(15); await Task.Delay(50))
        {
            using var answer = await client.GetAsync("/health/live");
            if (Math.Abs((answer.Headers.Date!.Value - DateTimeOffset.UtcNow).TotalDays - days) < 1) return;
        }
        throw new InvalidOperationException($"The host's clock did not go to {days} days.");
    }
}
