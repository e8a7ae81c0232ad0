using System.Buffers.Binary;
using System.Numerics;

namespace TrustCenter.Journal;

/// <summary>
/// All that is needed to go on with a tree: its size and the roots of its full subtrees, largest first, one for each 1 bit of the size
/// (at most 63 hashes). Not for several threads.
/// </summary>
public sealed class Frontier
{
    private readonly List<byte[]> _peaks = [];

    public long Size { get; private set; } // leaves

    /// <summary>
    /// Adds a leaf. <paramref name="completed"/> is told every full node that this leaf completes, its own first (level, index, hash):
    /// exactly the nodes that <see cref="FullNode"/> may ask for later.
    /// </summary>
    public void Append(byte[] leafHash, Action<int, long, byte[]>? completed = null)
    {
        if (leafHash.Length != MerkleTree.HashSize) throw new ArgumentException("A leaf hash has 32 bytes.", nameof(leafHash));
        var node = leafHash;
        completed?.Invoke(0, Size, node);
        for (var level = 0; (Size >> level & 1) == 1; level++)
        {
            node = MerkleTree.HashNode(_peaks[^1], node);
            _peaks.RemoveAt(_peaks.Count - 1);
            completed?.Invoke(level + 1, Size >> (level + 1), node);
        }
        _peaks.Add(node);
        Size++;
    }

    /// <summary>The tree's root as of now; O(log n).</summary>
    public byte[] Root()
    {
        if (_peaks.Count == 0) return MerkleTree.EmptyRoot();
        var root = _peaks[^1];
        for (var i = _peaks.Count - 2; i >= 0; i--) root = MerkleTree.HashNode(_peaks[i], root);
        return root;
    }

    /// <summary>The frontier as bytes to keep: the size (8 bytes, big-endian), then the hashes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[sizeof(long) + (_peaks.Count * MerkleTree.HashSize)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Size);
        for (var i = 0; i < _peaks.Count; i++) _peaks[i].CopyTo(bytes, sizeof(long) + (i * MerkleTree.HashSize));
        return bytes;
    }

    /// <summary>Continues from <see cref="ToBytes"/>; other bytes are a <see cref="FormatException"/>.</summary>
    public static Frontier FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(long)) throw new FormatException("A frontier begins with its size.");
        var frontier = new Frontier { Size = BinaryPrimitives.ReadInt64BigEndian(bytes) };
        var hashes = bytes[sizeof(long)..];
        if (frontier.Size < 0 || hashes.Length != BitOperations.PopCount((ulong)frontier.Size) * MerkleTree.HashSize) throw new FormatException("A frontier has one hash for each 1 bit of its size.");
        for (; !hashes.IsEmpty; hashes = hashes[MerkleTree.HashSize..]) frontier._peaks.Add(hashes[..MerkleTree.HashSize].ToArray());
        return frontier;
    }

    /// <summary>The frontier of the first <paramref name="size"/> leaves of a tree whose nodes are kept.</summary>
    public static Frontier At(long size, FullNode nodes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var frontier = new Frontier { Size = size };
        long from = 0;
        for (var level = 62; level >= 0; level--)
        {
            if ((size >> level & 1) == 0) continue;
            frontier._peaks.Add(nodes(level, from >> level));
            from += 1L << level;
        }
        return frontier;
    }
}
