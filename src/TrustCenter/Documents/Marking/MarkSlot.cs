namespace TrustCenter.Documents;

/// <summary>Where the mark sits in a template: <paramref name="Offset"/> and <paramref name="Length"/> in bytes from the file's start.</summary>
public readonly record struct MarkSlot(long Offset, int Length)
{
    /// <summary>
    /// Writes the part of <paramref name="mark"/> that falls into <paramref name="chunk"/>, whose first byte is the
    /// template's byte <paramref name="chunkOffset"/>. Any chunking of the template gives the same file; nothing is allocated.
    /// </summary>
    public void Patch(long chunkOffset, Span<byte> chunk, ReadOnlySpan<byte> mark)
    {
        if (mark.Length != Length) throw new ArgumentException($"A mark for this slot has {Length} bytes, not {mark.Length}.", nameof(mark));
        var from = Math.Max(Offset, chunkOffset);
        var to = Math.Min(Offset + Length, chunkOffset + chunk.Length);
        if (from >= to) return;
        mark[(int)(from - Offset)..(int)(to - Offset)].CopyTo(chunk[(int)(from - chunkOffset)..]);
    }
}
