using System.Security.Cryptography;
using System.Text;
using TrustCenter.Engine;

namespace TrustCenter.Import;

/// <summary>The id of what a folder names by a key: the same at every import, so that the same folder twice changes nothing.</summary>
public static class ImportKeys
{
    // What was written here is exported under its own id. Other systems draw keys of that form for deals: those are names like any other.
    public static Guid Of<TState>(Scope scope, string key) where TState : class, IState<TState>
        => TState.Kind is "claim" or "evidence" or "subprocessors" && Guid.TryParseExact(key, "D", out var id) ? id : new(SHA256.HashData(Encoding.UTF8.GetBytes($"import/{scope.Tenant:N}/{TState.Kind}/{key}")).AsSpan(0, 16), bigEndian: true);
}
