using System.Security.Cryptography;

namespace TrustCenter.Journal;

/// <summary>Signs checkpoints and seals with a P-256 key that the caller owns and disposes. One thread at a time.</summary>
public sealed class CheckpointSigner(ECDsa key)
{
    /// <summary>The key to publish, so that others can verify.</summary>
    public PublicJwk Key { get; } = PublicJwk.Of(key);

    /// <summary>The checkpoint as JWS compact, ES256; two calls give two signatures, both good.</summary>
    public string Sign(Checkpoint checkpoint)
    {
        if (checkpoint.Size < 0 || checkpoint.Root.Length != MerkleTree.HashSize) throw new ArgumentException("A checkpoint has a size and a root of 32 bytes.", nameof(checkpoint));
        return Checkpoint.Sign(checkpoint, this);
    }

    internal string Sign(string type, ReadOnlySpan<byte> payload) => Jws.Sign(type, payload, key, Key);
}
