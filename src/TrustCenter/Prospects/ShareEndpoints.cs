using TrustCenter.Web;

namespace TrustCenter.Prospects;

public static class ShareEndpoints
{
    public static void MapShare(this RouteGroupBuilder vendor) { }
}
