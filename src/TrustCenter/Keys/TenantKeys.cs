using System.Collections.Concurrent;
using System.Security.Cryptography;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Keys;

/// <summary>Each vendor signs its checkpoints with a P-256 key of its own, sealed in the database under the host's key.</summary>
public sealed class TenantKeys(IStore store, HostKeys keys) : ITenantMemory
{
    private const string Signing = "signing";
    private readonly ConcurrentDictionary<Guid, byte[]> known = new(); // PKCS #8

    /// <summary>The key, for the caller alone: one ECDsa must not sign on two threads.</summary>
    public async Task<ECDsa> SigningKey(Guid tenant, CancellationToken stop)
    {
        if (!known.TryGetValue(tenant, out var bytes)) known[tenant] = bytes = await ReadOrMake(tenant, stop);
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(bytes, out _);
        return key;
    }

    public void Forget(Guid tenant)
    {
        if (known.TryRemove(tenant, out var key)) CryptographicOperations.ZeroMemory(key);
    }

    private async Task<byte[]> ReadOrMake(Guid tenant, CancellationToken stop)
    {
        if (await Read(tenant, stop) is not { } stored)
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var bytes = keys.Seal(made.ExportPkcs8PrivateKey());
            await store.Write(sql => sql.Execute("insert into tenant_keys (tenant, purpose, sealed) values (@tenant, @purpose, @sealed) on conflict (tenant, purpose) do nothing", ("@tenant", tenant), ("@purpose", Signing), ("@sealed", bytes)), stop);
            stored = (await Read(tenant, stop))!; // the first of two writers won; both use what is stored
        }
        return keys.Open(stored);
    }

    private Task<byte[]?> Read(Guid tenant, CancellationToken stop)
        => store.Query(sql => sql.First("select sealed from tenant_keys where tenant = @tenant and purpose = @purpose", r => r.Bytes(0), ("@tenant", tenant), ("@purpose", Signing)), stop);
}
