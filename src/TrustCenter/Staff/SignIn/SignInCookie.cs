using System.Buffers.Text;
using System.Security.Cryptography;
using TrustCenter.Keys;

namespace TrustCenter.Staff.SignIn;

/// <summary>
/// Ties an attempt to one browser. Sealed, and always of the same length: where the attempt is kept depends on whether the address is known, and the
/// cookie must not tell (ABUSE T-007).
/// </summary>
public sealed record SignInCookie(Guid Tenant, Guid Attempt, string Secret)
{
    private const string Name = "__Host-sign-in";
    private const int SecretBytes = 32;

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static SignInCookie? Read(HttpRequest request, HostKeys keys)
    {
        if (request.Cookies[Name] is not { Length: > 0 and < 400 } value) return null;
        try
        {
            var clear = keys.Open(Base64Url.DecodeFromChars(value)).AsSpan();
            if (clear.Length != 32 + SecretBytes) return null; // the staff cookie under this name, or another thing that was sealed
            return new SignInCookie(new Guid(clear[..16], bigEndian: true), new Guid(clear[16..32], bigEndian: true), Base64Url.EncodeToString(clear[32..]));
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException) { return null; } // a forged cookie is no cookie
    }

    public void Write(HttpResponse response, HostKeys keys)
        => response.Cookies.Append(Name, Base64Url.EncodeToString(keys.Seal([.. Tenant.ToByteArray(bigEndian: true), .. Attempt.ToByteArray(bigEndian: true), .. Base64Url.DecodeFromChars(Secret)])), Options(SignInAttempt.Life));

    public static void Clear(HttpResponse response) => response.Cookies.Delete(Name, Options(null));

    private static CookieOptions Options(TimeSpan? life) => new() { Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = life };
}
