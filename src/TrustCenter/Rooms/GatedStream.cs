using TrustCenter.Documents;
using TrustCenter.Evidence;

namespace TrustCenter.Rooms;

/// <summary>A file's bytes with the viewer's mark in their slot. The mark goes into the copy that leaves: what is held in memory is everybody's.</summary>
public sealed class GatedStream(FileBytes file, MarkSlot slot, byte[] mark, Func<CancellationToken, ValueTask<bool>> isStillOpen, TimeProvider clock) : AskingStream(file, isStillOpen, clock)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var from = Position;
        var read = await base.ReadAsync(buffer, cancellationToken);
        if (slot.Length > 0) slot.Patch(from, buffer.Span[..read], mark);
        return read;
    }
}
