using TrustCenter.Web;

namespace TrustCenter.Claims;

public static class ClaimEndpoints
{
    public static void MapClaims(this RouteGroupBuilder console) { }
}
