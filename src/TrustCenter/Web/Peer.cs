using System.Net;
using System.Net.Sockets;

namespace TrustCenter.Web;

/// <summary>
/// Where a request truly comes from: the connection's other end. What a header says counts only when that end is a proxy that the settings name
/// (ABUSE T-012).
/// </summary>
public static class Peer
{
    private const int MostHops = 20; // entries of X-Forwarded-For that are looked at, from the right

    public static IPAddress Of(HttpContext context, TrustCenterOptions options)
    {
        var peer = Plain(context.Connection.RemoteIpAddress ?? IPAddress.None);
        var hops = string.Join(',', context.Request.Headers["X-Forwarded-For"].ToArray()).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var hop in hops.Reverse().Take(MostHops))
        {
            // Each proxy appends whom it saw; the first that is none of ours is the last that anybody of ours vouches for.
            if (!options.IsTrustedProxy(peer) || !TryRead(hop, out var before)) return peer;
            peer = before;
        }
        return peer;
    }

    /// <summary>The network of an address: IPv4 as it is, of IPv6 the first 64 bits, which one subscriber holds (RFC 6177).</summary>
    public static string NetworkOf(IPAddress peer)
        => peer.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(peer.GetAddressBytes().AsSpan(0, 8)) : peer.ToString();

    private static bool TryRead(string hop, out IPAddress address)
    {
        address = IPAddress.None;
        if (!IPEndPoint.TryParse(hop, out var read)) return false;
        address = Plain(read.Address);
        return true;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
