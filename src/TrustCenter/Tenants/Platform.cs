using TrustCenter.Engine;

namespace TrustCenter.Tenants;

/// <summary>The platform itself has a scope, and so a journal, a signing key and states of its own; no host name leads to it.</summary>
public static class Platform
{
    public const string Name = "The platform";

    public static readonly Scope Scope = new(new Guid("00000000-0000-8000-8000-0000000000a0"));
}
