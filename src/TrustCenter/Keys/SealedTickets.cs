using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;

namespace TrustCenter.Keys;

/// <summary>Sign-in cookies sealed under the host's key, each kind for its own purpose: one kind's cookie is no cookie of another kind.</summary>
public sealed class SealedTickets(HostKeys keys, string scheme) : ISecureDataFormat<AuthenticationTicket>
{
    private const int Longest = 8_000; // characters; a cookie has at most about 4,000

    private readonly byte[] mark = SHA256.HashData(Encoding.UTF8.GetBytes("ticket/" + scheme));

    public string Protect(AuthenticationTicket data) => Protect(data, null);

    public string Protect(AuthenticationTicket data, string? purpose)
        => System.Buffers.Text.Base64Url.EncodeToString(keys.Seal([.. mark, .. TicketSerializer.Default.Serialize(data)]));

    public AuthenticationTicket? Unprotect(string? protectedText) => Unprotect(protectedText, null);

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose)
    {
        if (protectedText is not { Length: > 0 and < Longest }) return null;
        try
        {
            var clear = keys.Open(System.Buffers.Text.Base64Url.DecodeFromChars(protectedText));
            return clear.AsSpan().StartsWith(mark) ? TicketSerializer.Default.Deserialize(clear[mark.Length..]) : null;
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException or IOException) { return null; } // a forged cookie is no cookie
    }
}
