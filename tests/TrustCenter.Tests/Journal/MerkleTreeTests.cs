using System.Text;
using TrustCenter.Journal;

namespace TrustCenter.Tests.Journal;

/// <summary>Known answers are those of the reference implementations of RFC 6962 (the hashes of RFC 9162 are the same).</summary>
[Trait("Case", "T-092")]
public sealed class MerkleTreeTests
{
    private const int Most = 130; // leaves: two past a full tree of 128

    private static readonly byte[][] KnownLeaves =
        [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(hex => MerkleTree.HashLeaf(Convert.FromHexString(hex)))];

    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, Most).Select(i => MerkleTree.HashLeaf(Encoding.UTF8.GetBytes($"leaf {i}")))];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Roots_are_the_known_ones(int size, string root) => Hex(MerkleTree.Root(KnownLeaves[..size])).ShouldBe(root);

    [Theory]
    [InlineData(0, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(5, 8, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    public void Inclusion_paths_are_the_known_ones(long leaf, long size, string path) =>
        MerkleProof.Inclusion(leaf, size, MerkleTree.NodesOf(KnownLeaves)).Select(Hex).ShouldBe(path.Split(' '));

    [Theory]
    [InlineData(1, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(6, 8, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 5, "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public void Consistency_paths_are_the_known_ones(long earlier, long later, string path) =>
        MerkleProof.Consistency(earlier, later, MerkleTree.NodesOf(KnownLeaves)).Select(Hex).ShouldBe(path.Split(' '));

    [Fact]
    public void A_leaf_never_hashes_like_a_node()
    {
        byte[] both = [.. KnownLeaves[0], .. KnownLeaves[1]];
        MerkleTree.HashLeaf(both).ShouldNotBe(MerkleTree.HashNode(KnownLeaves[0], KnownLeaves[1]));
        MerkleTree.HashLeaf([0x01, .. both]).ShouldNotBe(MerkleTree.HashNode(KnownLeaves[0], KnownLeaves[1]));
    }

    [Fact]
    public void The_frontier_has_the_root_of_every_size_and_goes_on_from_its_bytes_and_from_kept_nodes()
    {
        var kept = new Dictionary<(int, long), byte[]>();
        var frontier = new Frontier();
        for (var size = 0; size < Most; size++)
        {
            frontier.Root().ShouldBe(Naive(Leaves[..size]));
            var fromNodes = Frontier.At(size, (level, index) => kept[(level, index)]);
            fromNodes.ToBytes().ShouldBe(frontier.ToBytes());
            frontier = Frontier.FromBytes(frontier.ToBytes());
            frontier.Append(Leaves[size], (level, index, hash) => kept.Add((level, index), hash));
            frontier.Size.ShouldBe(size + 1);
        }
    }

    [Fact]
    public void Bytes_that_are_no_frontier_are_refused()
    {
        var bytes = Frontier.At(5, MerkleTree.NodesOf(Leaves)).ToBytes();
        Should.Throw<FormatException>(() => Frontier.FromBytes(bytes[..^1]));
        Should.Throw<FormatException>(() => Frontier.FromBytes([.. bytes, 1]));
        Should.Throw<FormatException>(() => Frontier.FromBytes([]));
        Should.Throw<FormatException>(() => Frontier.FromBytes([0x80, .. bytes[1..]]));
    }

    [Fact]
    public void Every_leaf_of_every_size_is_proven_and_no_other()
    {
        var nodes = Kept(MerkleTree.NodesOf(Leaves));
        for (var size = 1; size <= Most; size++)
        {
            var root = MerkleTree.Root(Leaves[..size]);
            for (var leaf = 0; leaf < size; leaf++)
            {
                var path = MerkleProof.Inclusion(leaf, size, nodes);
                MerkleProof.VerifyInclusion(Leaves[leaf], leaf, size, path, root).ShouldBeTrue();
                MerkleProof.VerifyInclusion(Leaves[(leaf + 1) % Most], leaf, size, path, root).ShouldBeFalse();
                if (size > 1) MerkleProof.VerifyInclusion(Leaves[leaf], (leaf + 1) % size, size, path, root).ShouldBeFalse();
                MerkleProof.VerifyInclusion(Leaves[leaf], leaf, size, [.. path, root], root).ShouldBeFalse();
                if (path.Count > 0) MerkleProof.VerifyInclusion(Leaves[leaf], leaf, size, [.. path.Skip(1)], root).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Every_size_is_proven_to_begin_with_every_smaller_one_and_with_no_other_tree()
    {
        var nodes = Kept(MerkleTree.NodesOf(Leaves));
        byte[][] roots = [.. Enumerable.Range(0, Most + 1).Select(size => MerkleTree.Root(Leaves[..size]))];
        var foreign = MerkleTree.HashLeaf("foreign"u8);
        for (var later = 0; later <= Most; later++)
        {
            for (var earlier = 0; earlier <= later; earlier++)
            {
                var path = MerkleProof.Consistency(earlier, later, nodes);
                MerkleProof.VerifyConsistency(earlier, roots[earlier], later, roots[later], path).ShouldBeTrue();
                MerkleProof.VerifyConsistency(earlier, foreign, later, roots[later], path).ShouldBeFalse();
                if (earlier > 0) MerkleProof.VerifyConsistency(earlier, roots[earlier], later, foreign, path).ShouldBeFalse();
                MerkleProof.VerifyConsistency(earlier, roots[earlier], later, roots[later], [.. path, foreign]).ShouldBeFalse();
                for (var i = 0; i < path.Count; i++)
                    MerkleProof.VerifyConsistency(earlier, roots[earlier], later, roots[later], [.. path.Take(i), foreign, .. path.Skip(i + 1)]).ShouldBeFalse();
            }
        }
    }

    private static FullNode Kept(FullNode nodes)
    {
        var kept = new Dictionary<(int, long), byte[]>();
        return (level, index) => kept.TryGetValue((level, index), out var node) ? node : kept[(level, index)] = nodes(level, index);
    }

    /// <summary>The definition of RFC 9162, section 2.1.1, word by word.</summary>
    private static byte[] Naive(byte[][] leaves)
    {
        if (leaves.Length == 0) return MerkleTree.EmptyRoot();
        if (leaves.Length == 1) return leaves[0];
        var k = 1;
        while (k * 2 < leaves.Length) k *= 2;
        return MerkleTree.HashNode(Naive(leaves[..k]), Naive(leaves[k..]));
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
