using TrustCenter.Web;

namespace TrustCenter.Links;

public static class LinkEndpoints
{
    public static void MapLinks(this RouteGroupBuilder console) { }
}
