using System.Security.Cryptography;

namespace TrustCenter.Journal;

/// <summary>
/// The root of a whole tree, <c>[Index]</c> counted from 0, of 2^<c>Level</c> leaves: leaf hashes are level 0. Only full
/// ones are asked for, so a store may keep them as they complete and never changes one.
/// </summary>
public delegate byte[] FullNode(int level, long index);

/// <summary>Hashes of a Merkle tree after RFC 9162, section 2.1.1. The prefixes keep a leaf from being taken for a node.</summary>
public static class MerkleTree
{
    public const int HashSize = 32; // bytes, SHA-256

    /// <summary>The root of a tree without leaves: the hash of nothing.</summary>
    public static byte[] EmptyRoot() => SHA256.HashData([]);

    public static byte[] HashLeaf(ReadOnlySpan<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x00]);
        hash.AppendData(data);
        return hash.GetHashAndReset();
    }

    public static byte[] HashNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != HashSize || right.Length != HashSize) throw new ArgumentException("A node is made of two hashes of 32 bytes.");
        Span<byte> node = stackalloc byte[1 + (2 * HashSize)];
        node[0] = 0x01;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + HashSize)..]);
        return SHA256.HashData(node);
    }

    /// <summary>The root over these leaf hashes.</summary>
    public static byte[] Root(IReadOnlyList<byte[]> leafHashes) => Root(0, leafHashes.Count, NodesOf(leafHashes));

    /// <summary>Nodes computed from leaf hashes in memory: for tests and small trees.</summary>
    public static FullNode NodesOf(IReadOnlyList<byte[]> leafHashes)
    {
        return Node;

        byte[] Node(int level, long index) =>
            level == 0 ? leafHashes[checked((int)index)] : HashNode(Node(level - 1, 2 * index), Node(level - 1, (2 * index) + 1));
    }

    /// <summary>The hash over leaves <paramref name="from"/> (0 is the first) to before <paramref name="to"/>, as the RFC splits them.</summary>
    internal static byte[] Root(long from, long to, FullNode nodes)
    {
        var count = to - from;
        if (count == 0) return EmptyRoot();
        if (long.IsPow2(count)) return nodes((int)long.Log2(count), from / count);
        var split = Split(count);
        return HashNode(Root(from, from + split, nodes), Root(from + split, to, nodes));
    }

    /// <summary>The largest power of two smaller than <paramref name="count"/>, which is 2 or more.</summary>
    internal static long Split(long count) => 1L << (int)long.Log2(count - 1);
}
