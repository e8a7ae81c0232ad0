using TrustCenter.Web;

namespace TrustCenter.Prospects;

public static class RoomEndpoints
{
    public static void MapRooms(this RouteGroupBuilder vendor) { }
}
