using System.Security.Cryptography;

namespace TrustCenter.Journal;

/// <summary>Proofs over trees and their verification, after RFC 9162, sections 2.1.3 and 2.1.4. Leaves are counted from 0: entry n is leaf n - 1.</summary>
public static class MerkleProof
{
    /// <summary>The path that proves a leaf to be in the tree of <paramref name="size"/> leaves.</summary>
    public static IReadOnlyList<byte[]> Inclusion(long leaf, long size, FullNode nodes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaf);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, size);
        var path = new List<byte[]>();
        for (long from = 0, to = size; to - from > 1;)
        {
            var middle = from + MerkleTree.Split(to - from);
            if (leaf < middle)
            {
                path.Add(MerkleTree.Root(middle, to, nodes));
                to = middle;
            }
            else
            {
                path.Add(MerkleTree.Root(from, middle, nodes));
                from = middle;
            }
        }
        path.Reverse();
        return path;
    }

    /// <summary>The path that proves the tree of <paramref name="earlier"/> leaves to be the beginning of the tree of <paramref name="later"/> leaves.</summary>
    public static IReadOnlyList<byte[]> Consistency(long earlier, long later, FullNode nodes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(earlier);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlier, later);
        var path = new List<byte[]>();
        if (earlier == 0 || earlier == later) return path; // nothing to prove: every tree begins with the empty one, and with itself
        long from = 0, to = later;
        while (to != earlier)
        {
            var middle = from + MerkleTree.Split(to - from);
            if (earlier <= middle)
            {
                path.Add(MerkleTree.Root(middle, to, nodes));
                to = middle;
            }
            else
            {
                path.Add(MerkleTree.Root(from, middle, nodes));
                from = middle;
            }
        }
        if (from != 0) path.Add(MerkleTree.Root(from, to, nodes));
        path.Reverse();
        return path;
    }

    /// <summary>RFC 9162, section 2.1.3.2.</summary>
    public static bool VerifyInclusion(byte[] leafHash, long leaf, long size, IReadOnlyList<byte[]> path, byte[] root)
    {
        if (leaf < 0 || leaf >= size || !AreHashes(path) || leafHash.Length != MerkleTree.HashSize) return false;
        var (at, last, hash) = (leaf, size - 1, leafHash);
        foreach (var step in path)
        {
            if (last == 0) return false;
            if ((at & 1) == 1 || at == last)
            {
                hash = MerkleTree.HashNode(step, hash);
                for (; (at & 1) == 0 && at != 0; last >>= 1) at >>= 1;
            }
            else
            {
                hash = MerkleTree.HashNode(hash, step);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && Same(hash, root);
    }

    /// <summary>RFC 9162, section 2.1.4.2; sizes of 0 and equal sizes are proven by an empty path.</summary>
    public static bool VerifyConsistency(long earlier, byte[] earlierRoot, long later, byte[] laterRoot, IReadOnlyList<byte[]> path)
    {
        if (earlier < 0 || earlier > later || !AreHashes(path)) return false;
        if (earlier == later) return path.Count == 0 && Same(earlierRoot, laterRoot);
        if (earlier == 0) return path.Count == 0 && Same(earlierRoot, MerkleTree.EmptyRoot());
        if (earlierRoot.Length != MerkleTree.HashSize) return false;
        var steps = long.IsPow2(earlier) ? [earlierRoot, .. path] : path;
        if (steps.Count == 0) return false;
        var (at, last) = (earlier - 1, later - 1);
        for (; (at & 1) == 1; last >>= 1) at >>= 1;
        var (old, now) = (steps[0], steps[0]);
        for (var i = 1; i < steps.Count; i++)
        {
            if (last == 0) return false;
            if ((at & 1) == 1 || at == last)
            {
                old = MerkleTree.HashNode(steps[i], old);
                now = MerkleTree.HashNode(steps[i], now);
                for (; (at & 1) == 0 && at != 0; last >>= 1) at >>= 1;
            }
            else
            {
                now = MerkleTree.HashNode(now, steps[i]);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && Same(old, earlierRoot) && Same(now, laterRoot);
    }

    private static bool AreHashes(IReadOnlyList<byte[]> path) => path.Count <= 64 && path.All(hash => hash.Length == MerkleTree.HashSize);

    private static bool Same(byte[] one, byte[] other) => CryptographicOperations.FixedTimeEquals(one, other);
}
