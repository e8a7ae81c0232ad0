using TrustCenter.Web;

namespace TrustCenter.Pages;

public static class PageEndpoints
{
    public static void AddPages(this IServiceCollection services) { }

    public static void MapPages(this RouteGroupBuilder vendor) { }
}
