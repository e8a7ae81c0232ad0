using System.Runtime.InteropServices;

namespace TrustCenter.Documents;

/// <summary>Processor time of the calling thread: what work costs, however busy the machine is.</summary>
internal static unsafe partial class ThreadTime
{
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID on Linux

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds, Nanoseconds;
    }

    public static TimeSpan Now
    {
        get
        {
            Time time;
            return Read(ThreadClock, &time) == 0 ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000) : TimeSpan.Zero;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, Time* time);
}
