using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using TrustCenter.Web;

namespace TrustCenter.Pages;

/// <summary>The newest publications as an Atom feed (RFC 4287): what the page of updates says, for whoever does not want to come and look.</summary>
internal static class UpdatesFeed
{
    private const string Namespace = "http://www.w3.org/2005/Atom";
    private const int Most = 50; // entries; the page of updates has all

    public static byte[] Write(PageContent content, Paths paths)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true }))
        {
            xml.WriteStartElement("feed", Namespace);
            Element(xml, "id", IdOf(content.Vendor.Host));
            Element(xml, "title", $"{content.Vendor.Name}: updates of the trust center");
            Element(xml, "updated", At(content.Publications.FirstOrDefault()?.Day ?? content.Today));
            xml.WriteStartElement("author", Namespace);
            Element(xml, "name", content.Vendor.Name);
            xml.WriteEndElement();
            Link(xml, "self", paths.Feed);
            Link(xml, "alternate", paths.Updates);
            foreach (var item in content.Publications.Take(Most)) Entry(xml, item, content.Vendor.Host, paths);
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    private static void Entry(XmlWriter xml, Publication item, string host, Paths paths)
    {
        xml.WriteStartElement("entry", Namespace);
        Element(xml, "id", IdOf($"{host}/{item.Kind}/{item.Subject:N}/{item.Version}"));
        Element(xml, "title", TitleOf(item));
        Element(xml, "updated", At(item.Day));
        Link(xml, "alternate", item.Kind switch
        {
            PublicationKind.Document => paths.Document(item.Subject),
            PublicationKind.DocumentWithdrawn => paths.Documents,
            PublicationKind.Subprocessors => paths.Subprocessors,
            PublicationKind.ClaimChanged => paths.Difference(item.Subject, item.Before!.Value, item.Version),
            _ => paths.Claim(item.Subject),
        });
        if (item.Note is { Length: > 0 } note) Element(xml, "summary", note);
        xml.WriteEndElement();
    }

    private static string TitleOf(Publication item) => item.Kind switch
    {
        PublicationKind.ClaimPublished => $"Claim published: {item.Title}",
        PublicationKind.ClaimChanged => $"Claim changed: {item.Title}",
        PublicationKind.ClaimWithdrawn => $"Claim withdrawn: {item.Title}",
        PublicationKind.DocumentWithdrawn => $"Document withdrawn: {item.Title}",
        PublicationKind.Document => $"Document published: {item.Title}, version {item.Version}",
        _ => $"List of subprocessors published, version {item.Version}",
    };

    // The same at every writing (RFC 4287, section 4.2.6), and no address: a vendor may get a host name of his own.
    private static string IdOf(string name) => "urn:uuid:" + new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    private static string At(DateOnly day) => day.ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture);

    private static void Link(XmlWriter xml, string relation, string path)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", path);
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, Plain(text));

    // What XML 1.0 cannot say at all (section 2.2) is left out; the rest the writer escapes.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a lone half of a pair comes as U+FFFD
            if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value)) plain.Append(rune);
        return plain.ToString();
    }
}
