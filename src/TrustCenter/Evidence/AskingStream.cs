namespace TrustCenter.Evidence;

/// <summary>
/// A file's bytes for somebody who must still be allowed to read them: it asks again every 1 MiB or 500 ms, and a no ends the response in the
/// middle (DESIGN, invariant 4; ABUSE T-002).
/// </summary>
public class AskingStream(FileBytes file, Func<CancellationToken, ValueTask<bool>> isStillOpen, TimeProvider clock) : ChunkStream(file)
{
    private const long AskEveryBytes = 1024 * 1024;
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    private long sinceAsked;
    private long askedAt = clock.GetTimestamp();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await AskAgain(cancellationToken);
        var read = await base.ReadAsync(buffer, cancellationToken);
        sinceAsked += read;
        return read;
    }

    private async ValueTask AskAgain(CancellationToken stop)
    {
        if (sinceAsked < AskEveryBytes && clock.GetElapsedTime(askedAt) < AskEvery) return;
        // The framework aborts the connection on a cancelled read: the reader sees a broken download, never a short file that looks whole.
        if (!await isStillOpen(stop)) throw new OperationCanceledException("The gate closed during the download.");
        (sinceAsked, askedAt) = (0, clock.GetTimestamp());
    }
}
