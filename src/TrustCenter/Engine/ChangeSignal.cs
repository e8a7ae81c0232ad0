namespace TrustCenter.Engine;

/// <summary>That a number was raised which other processes look at. It carries no truth: what is lost or made up costs a look, and the next look is never far.</summary>
public sealed class ChangeSignal
{
    /// <summary>This process raised one; the others are to be told.</summary>
    public Nudge Own { get; } = new();

    /// <summary>Another process says that it raised one.</summary>
    public Nudge Others { get; } = new();
}

/// <summary>Something happened since the last look; many times are once.</summary>
public sealed class Nudge
{
    private readonly SemaphoreSlim given = new(0);
    private int isGiven;

    public void Give()
    {
        if (Interlocked.Exchange(ref isGiven, 1) == 0) given.Release();
    }

    /// <summary>Whether there was one, or came one in this time.</summary>
    public async Task<bool> Wait(TimeSpan most, CancellationToken stop)
    {
        if (!await given.WaitAsync(most, stop)) return false;
        Volatile.Write(ref isGiven, 0); // before the look: what comes during it is looked at again
        return true;
    }
}
