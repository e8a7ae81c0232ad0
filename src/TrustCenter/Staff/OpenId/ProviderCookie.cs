using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TrustCenter.Engine;
using TrustCenter.Keys;

namespace TrustCenter.Staff.OpenId;

/// <summary>
/// Ties a way out to a provider to the browser that began it. State, nonce and PKCE verifier are derived from its id under the host's key, so they lie
/// nowhere, and who sees two of them on the wire cannot make the third.
/// </summary>
public sealed record ProviderCookie(Guid Attempt, DateTimeOffset Begun, string Provider, string Return)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15); // to type a password and find the phone

    private const string Name = "__Host-provider";
    private const int Longest = 8_000; // characters
    private static readonly byte[] Mark = SHA256.HashData("provider cookie"u8);

    public static ProviderCookie New(string provider, string returnTo, DateTimeOffset now) => new(new Guid(RandomNumberGenerator.GetBytes(16)), now, provider, returnTo);

    public string State(HostKeys keys) => Derived(keys, "state");

    public string Nonce(HostKeys keys) => Derived(keys, "nonce");

    public string Verifier(HostKeys keys) => Derived(keys, "verifier"); // 43 characters (RFC 7636, section 4.1)

    public string Challenge(HostKeys keys) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier(keys))));

    private string Derived(HostKeys keys, string what) => Base64Url.EncodeToString(keys.CodeHash(Attempt, "provider|" + what));

    /// <summary>Null for none, a forged one and one that is too old.</summary>
    public static ProviderCookie? Read(HttpRequest request, HostKeys keys, DateTimeOffset now)
    {
        if (request.Cookies[Name] is not { Length: > 0 and < Longest } value) return null;
        try
        {
            var clear = keys.Open(Base64Url.DecodeFromChars(value)).AsSpan();
            if (!clear.StartsWith(Mark) || clear.Length < Mark.Length + 24) return null;
            clear = clear[Mark.Length..];
            var begun = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(clear[16..24]));
            var texts = Encoding.UTF8.GetString(clear[24..]).Split('\n');
            return now < begun + Life && !begun.IsAhead(now) ? new ProviderCookie(new Guid(clear[..16], bigEndian: true), begun, texts[0], texts[1]) : null;
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException) { return null; } // a forged cookie is no cookie
    }

    public void Write(HttpResponse response, HostKeys keys)
    {
        var begun = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(begun, Begun.ToUnixTimeSeconds());
        response.Cookies.Append(Name, Base64Url.EncodeToString(keys.Seal([.. Mark, .. Attempt.ToByteArray(bigEndian: true), .. begun, .. Encoding.UTF8.GetBytes($"{Provider}\n{Return}")])), Options(Life));
    }

    public static void Clear(HttpResponse response) => response.Cookies.Delete(Name, Options(null));

    // Lax: the answer comes by a navigation from the provider's page.
    private static CookieOptions Options(TimeSpan? life) => new() { Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = life };
}
