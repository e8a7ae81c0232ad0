using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Host;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Tests.Staff;

/// <summary>One app whose staff sign in by the issuer's providers; its first admin came by a mailed code.</summary>
public sealed class ProviderHouse : IAsyncLifetime
{
    public Issuer Issuer { get; private set; } = null!;
    public RealApp App { get; private set; } = null!;
    public Scope Scope { get; private set; }
    internal Colleague Ada { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Issuer = await Issuer.Start();
        App = await RealApp.Start((options, prepare) => Serving.Build(Issuer.Settings("northwind"), options, prepare));
        Issuer.Clock = App.Clock.GetUtcNow;
        Ada = await StaffWalk.SetUp(App);
        Scope = (await StaffWalk.Member(App, Ada.Email)).Scope;
    }

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    public Task<Browser> SignIn(string oid, string role = "TrustCenter.Editor") => ProviderWalk.SignIn(App, Issuer, oid, role);

    /// <summary>Whoever this browser is, as the truth knows him.</summary>
    internal async Task<(Guid Id, StaffMember Member)> Newest(string name)
    {
        var id = await App.Services.GetRequiredService<IStore>().Query(sql => sql.First("select id from staff_rows where name = @name order by joined desc", r => r.Id(0), ("@name", name)));
        return (id, (await App.Engine.Read<StaffMember>(Scope.Id<StaffMember>(id)))!);
    }

    /// <summary>The newest entry of this kind in any journal, as text.</summary>
    public async Task<string> Entry(string what)
        => Encoding.Latin1.GetString(await App.Services.GetRequiredService<IStore>().Query(sql => sql.First("select body from entries where what = @what order by utc desc, n desc", r => r.Bytes(0), ("@what", what))) ?? []);

    public async Task<Answer> Remove(Guid member) => await Ada.Browser.Submit(await Ada.Browser.Get($"/console/staff/{member}"), "/removals");
}
