namespace TrustCenter.Engine;

/// <summary>A clock that was set back ends nothing early, and prolongs nothing: what began in a future further off than the clocks of several processes are apart is over.</summary>
internal static class ClockApart
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    public static bool IsAhead(this DateTimeOffset begun, DateTimeOffset now) => begun > now + Most;
}
