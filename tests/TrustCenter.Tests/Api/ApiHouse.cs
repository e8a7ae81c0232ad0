using TrustCenter.Staff;

namespace TrustCenter.Tests.Api;

/// <summary>One app with a vendor, and programs that call it.</summary>
public sealed class ApiHouse : IAsyncLifetime
{
    public RealApp App { get; private set; } = null!;
    public TestHouse House { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        App = await RealApp.Start(o => o.Demo = true);
        House = await TestHouse.Build(App, "alpha", "Alpha Records");
    }

    public async Task DisposeAsync() => await App.DisposeAsync();

    /// <summary>A key of somebody new who has all roles.</summary>
    internal async Task<Program> Program(params Right[] scopes) => await Api.Program.Of(App, House.Scope, await Api.Program.Hire(App, House.Scope, Enum.GetValues<Role>()), scopes);
}
