using TrustCenter.Web;

namespace TrustCenter.Pages;

public static class PageEndpoints
{
    public static void AddPages(this IServiceCollection services) => services.AddSingleton<PageCompiler>();

    public static void MapPages(this RouteGroupBuilder vendor) { }
}

public sealed class PageCompiler
{
    public Task CompileAll(CancellationToken stop) => Task.CompletedTask;
}
