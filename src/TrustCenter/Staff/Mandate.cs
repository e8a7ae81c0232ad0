using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Staff;

/// <summary>Asked before work that goes on after its request: what was taken away from whoever began it counts (ABUSE T-078, T-082).</summary>
internal static class Mandate
{
    /// <param name="key">The key of a program that began it for this person.</param>
    public static async Task<bool> StillMay(this IEngine engine, IStore store, Scope scope, Guid staff, Guid? key, Right right, CancellationToken stop)
        => await engine.Read<StaffMember>(scope.Id<StaffMember>(staff), stop) is { } member && member.May(right)
            && (key is not { } id || await store.Query(sql => sql.Number("select count(*) from api_key_rows where tenant = @tenant and id = @id and revoked is null", ("@tenant", scope.Tenant), ("@id", id)), stop) > 0);
}
