using System.Reflection;

namespace TrustCenter.Operation;

public static class ProductVersion
{
    /// <summary>The product's version, without the commit that some builds append.</summary>
    public static readonly string Text = (typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown").Split('+')[0];
}
