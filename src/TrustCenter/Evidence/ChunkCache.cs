using TrustCenter.Engine;

namespace TrustCenter.Evidence;

/// <summary>
/// Chunks that were read and checked, in memory and bounded, so that a file that many read costs the database one reading. Chunks never change
/// under their upload's id, so what is here stays true.
/// </summary>
public sealed class ChunkCache : ITenantMemory
{
    public const int Most = 64; // chunks of 1 MiB
    private const int MostSpare = 8; // buffers kept for the next chunks

    private readonly Lock turn = new();
    private readonly Dictionary<ChunkKey, HeldChunk> held = [];
    private readonly Stack<byte[]> spare = new();
    private long uses;

    /// <summary>The chunk, until it is disposed; null when it must be read.</summary>
    public HeldChunk? Take(ChunkKey key)
    {
        lock (turn) return held.TryGetValue(key, out var found) ? Use(found) : null;
    }

    /// <summary>A buffer to read a chunk into; it comes back through <see cref="Keep"/> or <see cref="GiveBack"/>.</summary>
    public byte[] Rent()
    {
        lock (turn) return spare.TryPop(out var buffer) ? buffer : GC.AllocateUninitializedArray<byte>(FileStore.ChunkLength);
    }

    /// <summary>What was read and checked; where all that is held is in use, only for as long as its reader holds it.</summary>
    public HeldChunk Keep(ChunkKey key, byte[] buffer, int length)
    {
        lock (turn)
        {
            if (held.TryGetValue(key, out var same)) Spare(buffer);
            else
            {
                same = new HeldChunk(this, buffer, length);
                if (held.Count >= Most) DropLongestUnused();
                same.IsKept = held.Count < Most && held.TryAdd(key, same);
            }
            return Use(same);
        }
    }

    public void GiveBack(byte[] buffer)
    {
        lock (turn) Spare(buffer);
    }

    /// <summary>Forgets everything: the next reading comes from the database.</summary>
    public void Clear()
    {
        lock (turn)
            foreach (var key in held.Keys.ToList()) Drop(key);
    }

    /// <summary>Of one tenant or of all: what is still wanted is read again.</summary>
    public void Forget(Guid tenant) => Clear();

    internal void Return(HeldChunk chunk)
    {
        lock (turn)
            if (--chunk.Users == 0 && !chunk.IsKept) Spare(chunk.Buffer);
    }

    private HeldChunk Use(HeldChunk chunk)
    {
        chunk.Users++;
        chunk.UsedAt = ++uses;
        return chunk;
    }

    private void DropLongestUnused()
    {
        var unused = held.Where(h => h.Value.Users == 0).ToList();
        if (unused.Count > 0) Drop(unused.MinBy(h => h.Value.UsedAt).Key);
    }

    private void Drop(ChunkKey key)
    {
        held.Remove(key, out var chunk);
        chunk!.IsKept = false;
        if (chunk.Users == 0) Spare(chunk.Buffer);
    }

    private void Spare(byte[] buffer)
    {
        if (spare.Count < MostSpare) spare.Push(buffer);
    }
}

/// <summary>The <paramref name="Number"/>th mebibyte of an upload.</summary>
public readonly record struct ChunkKey(Scope Scope, Guid Upload, int Number);

/// <summary>One checked chunk while somebody reads it. Disposed twice, it would be handed to another reader in the middle: its holder sees to that.</summary>
public sealed class HeldChunk(ChunkCache cache, byte[] buffer, int length) : IDisposable
{
    internal byte[] Buffer => buffer;
    internal int Users;
    internal long UsedAt;
    internal bool IsKept;

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    public void Dispose() => cache.Return(this);
}
