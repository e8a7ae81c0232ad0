using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Web;

namespace TrustCenter.Staff.Setup;

/// <summary>Whether somebody must still become the first admin, and what the host's console says about it.</summary>
public sealed class SetupNeed(IStore store, HostKeys keys, TimeProvider clock, IOptions<TrustCenterOptions> options, Paths paths)
{
    private const string Waiting = """
        from vendor_rows v where not exists
          (select 1 from staff_rows s where s.tenant = v.tenant and s.active = 1 and s.joined is not null and s.invited is null and s.roles like '%Admin%')
        """;

    /// <summary>Never in the demo: there everybody on this machine is an admin already.</summary>
    public async Task<bool> IsOpen(CancellationToken stop) => !options.Value.Demo
        && await store.Query(sql => sql.Number("select count(*) from vendor_rows") == 0 || sql.Number($"select count(*) {Waiting}") > 0, stop);

    public Task<bool> HasVendors(CancellationToken stop) => store.Query(sql => sql.Number("select count(*) from vendor_rows") > 0, stop);

    public Task<List<(Guid Tenant, string Name)>> Vendors(CancellationToken stop) => store.Query(sql => sql.Query($"select v.tenant, v.name {Waiting} order by v.name", r => (r.Id(0), r.Text(1))), stop);

    public string Address => options.Value.AddressOf(options.Value.PlatformLabel) + paths.Setup;

    public string Words => WordsOf(Address, ConsoleCode.At(keys, SetupCodes.Purpose, clock.GetUtcNow()));

    public static string WordsOf(string address, string code) => $"Nobody can sign in yet. Open {address} and type this code, which is good for ten minutes: {code}";
}

/// <summary>In a vendor's own app there is no console of ours to print on: the way in goes to the log, for whoever reads that also holds the host's key.</summary>
public sealed class SetupNotice(SetupNeed need, IOptions<TrustCenterOptions> options, ILogger<SetupNotice> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.LogSetupCode && await need.IsOpen(cancellationToken)) log.LogWarning("{Notice}", need.Words);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
