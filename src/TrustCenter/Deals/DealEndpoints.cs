using TrustCenter.Web;

namespace TrustCenter.Deals;

public static class DealEndpoints
{
    public static void MapDeals(this RouteGroupBuilder console) { }
}
