using TrustCenter.Web;

namespace TrustCenter.Staff;

public static class TodayEndpoints
{
    public static void MapToday(this RouteGroupBuilder console) { }
}
