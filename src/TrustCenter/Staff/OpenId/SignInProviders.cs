using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Tenants;

namespace TrustCenter.Staff.OpenId;

/// <summary>
/// The providers of the settings. A small code flow of our own on Microsoft.IdentityModel, and not on the framework's OAuthHandler: that one answers before
/// routing, outside the doors that every route here has (the platform's host, the prefix, the guard), keeps its state under Data Protection keys that
/// nothing else here uses, and knows neither nonce nor a state that works once.
/// </summary>
public sealed class SignInProviders : IDisposable
{
    private const int LongestAnswer = 1024 * 1024; // bytes; Entra ID's keys have 20 kB
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(15) }) { Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer };
    private readonly IEngine engine;
    private readonly TenantDirectory tenants;

    public SignInProviders(IOptions<TrustCenterOptions> options, IEngine engine, TenantDirectory tenants, TimeProvider clock, ILogger<SignInProvider> log)
    {
        (this.engine, this.tenants) = (engine, tenants);
        All = [.. options.Value.SignIn.Select(provider => new SignInProvider(provider, http, clock, log))];
    }

    public IReadOnlyList<SignInProvider> All { get; }

    public IEnumerable<string> Names => All.Select(p => p.Options.Name);

    public SignInProvider? Find(string name) => All.FirstOrDefault(p => p.Options.Name == name);

    /// <summary>Where people of this tenant (claim <c>tid</c>) of the provider belong; null: nowhere, or no longer.</summary>
    public async ValueTask<Scope?> ScopeOf(SignInProvider provider, string? tid, CancellationToken stop)
        => provider.Options.VendorOf(tid) is { } vendor && await tenants.FindLabel(vendor, stop) is { } tenant ? new Scope(tenant) : null;

    /// <summary>Where people of this provider may belong.</summary>
    public async Task<IReadOnlyList<Scope>> ScopesOf(SignInProvider provider, CancellationToken stop)
    {
        var scopes = new List<Scope>();
        foreach (var vendor in provider.Options.Vendors)
            if (await tenants.FindLabel(vendor, stop) is { } tenant) scopes.Add(new Scope(tenant));
        return scopes;
    }

    public async Task<IReadOnlyList<SignInProvider>> Of(Scope scope, CancellationToken stop)
    {
        var found = new List<SignInProvider>();
        foreach (var provider in All)
            if ((await ScopesOf(provider, stop)).Contains(scope)) found.Add(provider);
        return found;
    }

    /// <summary>Whether mailed codes open nothing at this vendor. Without a provider that leads there they always do: nobody is locked out by the settings of the host.</summary>
    public async ValueTask<bool> CodesAreOff(Scope scope, CancellationToken stop)
        => All.Count > 0 && (await engine.Settings(scope, stop)).MailedCodesOff && (await Of(scope, stop)).Count > 0;

    public void Dispose() => http.Dispose();
}
