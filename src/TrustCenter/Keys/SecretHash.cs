using System.Security.Cryptography;
using System.Text;

namespace TrustCenter.Keys;

/// <summary>Compares what is kept of a secret, its hash in hex, with what somebody brought.</summary>
public static class SecretHash
{
    /// <summary>In constant time (ABUSE T-113).</summary>
    public static bool Same(string kept, string brought) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(kept), Encoding.ASCII.GetBytes(brought));
}
