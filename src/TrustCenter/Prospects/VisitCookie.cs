using System.Buffers.Text;
using System.Security.Cryptography;

namespace TrustCenter.Prospects;

/// <summary>
/// The secret that ties a visit to one browser: 256 random bits, known to its cookie alone, new at every step (ABUSE T-014, T-023).
/// A cookie per visit, so that two rooms of one vendor can be open side by side.
/// </summary>
public static class VisitCookie
{
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string? Read(HttpRequest request, Guid visit) => request.Cookies[Name(visit)];

    public static void Write(HttpResponse response, Guid visit, string secret) => response.Cookies.Append(Name(visit), secret, new CookieOptions
    {
        Secure = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = Visit.SessionLife,
    });

    private static string Name(Guid visit) => $"__Host-room-{visit:N}";
}
