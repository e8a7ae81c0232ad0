using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;

namespace TrustCenter.Staff;

/// <summary>
/// Five personas a vendor, to try everything on one machine: only with <c>--demo</c>, only from loopback, never behind anything that forwards,
/// never under a host name that others can reach.
/// </summary>
public sealed class DemoStaff(IEngine engine, IOptions<TrustCenterOptions> options)
{
    private static readonly string[] ForwardingHeaders = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Server", "X-Real-IP", "X-Original-Host"];

    public static readonly IReadOnlyList<(string Name, Role Role, string Does)> Personas =
    [
        ("Edda Brandt", Role.Editor, "writes claims and brings evidence"),
        ("Amir Haddad", Role.Approver, "approves what others wrote"),
        ("Rosa Lindqvist", Role.Rep, "shares pages with customers and keeps deals"),
        ("Dana Okafor", Role.DecisionMaker, "reads what security wins and costs and decides requests"),
        ("Ada Moreau", Role.Admin, "reads the journal and the mailbox"),
    ];

    public bool IsAllowed(HttpContext context)
    {
        var host = context.Request.Host.Host;
        return options.Value.Demo
            && context.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer)
            && host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            && !ForwardingHeaders.Any(context.Request.Headers.ContainsKey);
    }

    /// <summary>The same id at every start, so that a second start keeps the data.</summary>
    public static Guid IdOf(Guid tenant, Role role) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"demo/{tenant:N}/{role}")).AsSpan(0, 16));

    public async Task Seed(Scope scope)
    {
        foreach (var (name, role, _) in Personas)
        {
            var id = scope.Id<StaffMember>(IdOf(scope.Tenant, role));
            if (await engine.Read<StaffMember>(id) is not null) continue;
            await engine.Decide(id, new SetStaffMember { Id = Guid.CreateVersion7(), Name = name, Roles = [role] }, Actor.System);
        }
    }
}
