using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace TrustCenter.Host;

/// <summary>
/// The framework makes a Data Protection key at every start and would write it to the home folder, in clear. Nothing here uses it: cookies, forms and
/// stored secrets are sealed with the host's own key (<c>Keys/HostKeys.cs</c>). So its keys stay in memory and end with the process (ABUSE T-110).
/// </summary>
internal sealed class KeyRing : IXmlRepository
{
    private readonly List<XElement> elements = [];

    public static void KeepInMemory(IServiceCollection services)
        => services.AddOptions<KeyManagementOptions>().Configure(options => (options.XmlRepository, options.XmlEncryptor) = (new KeyRing(), new NullXmlEncryptor()));

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (elements) return [.. elements];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (elements) elements.Add(element);
    }
}
