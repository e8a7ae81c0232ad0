using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace TrustCenter.Documents;

/// <summary>One thing that a file says about its making: who wrote it, with which program.</summary>
public sealed record MetadataFact(string Name, string Value);

/// <summary>
/// What a PDF tells about itself besides its pages: the document information (ISO 32000-1, 14.3.3) and XMP (ISO 16684-1). People publish names and
/// programs in it that they never meant to (ABUSE T-055).
/// </summary>
internal sealed class PdfMetadata(PdfTools tools, string folder, CancellationToken cancel)
{
    private const int MostFacts = 24;
    private const int LongestValue = 200; // characters
    private const int LongestXmp = 1 << 20; // characters
    private const int Failed = 2; // exit code of qpdf for errors; 3 means warnings
    private const string Empty = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>";
    private static readonly string[] LeftOut = ["/Info", "/Encrypt", "/Prev", "/XRefStm"];
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    private readonly string listing = Path.Combine(folder, "metadata.json");

    /// <summary>What the file says, at most <see cref="MostFacts"/>; null when it could not be read.</summary>
    public async Task<IReadOnlyList<MetadataFact>?> Read(string pdf)
    {
        using var objects = await Objects(pdf);
        if (objects is null) return null;
        var facts = Information(objects);
        var packets = Packets(objects).ToList();
        if (objects.Get(objects.Get(objects["trailer"], "/Root"), "/Metadata") is { } main && PdfObjects.ReferenceIn(main) is { } reference) facts.AddRange(await Xmp(pdf, reference));
        var others = packets.Count - (objects.Get(objects.Get(objects["trailer"], "/Root"), "/Metadata") is null ? 0 : 1);
        if (others > 0) facts.Add(new("Pictures and pages", string.Create(CultureInfo.InvariantCulture, $"{others} of them carry metadata of their own")));
        return [.. facts.Distinct().Take(MostFacts)];
    }

    /// <summary>Writes a copy without any of it; false when it could not be written.</summary>
    public async Task<bool> Remove(string pdf, string output)
    {
        using var objects = await Objects(pdf);
        if (objects is null || objects["trailer"] is not { } trailer) return false;
        var update = Path.Combine(folder, "without.json");
        await File.WriteAllBytesAsync(update, Update(objects, trailer), cancel);
        var run = await tools.RunQpdf([pdf, output, "--decrypt", $"--update-from-json={update}"], cancel);
        return run.End == ToolEnd.Ran && run.ExitCode != Failed && File.Exists(output);
    }

    private async Task<PdfObjects?> Objects(string pdf)
    {
        var run = await tools.List(pdf, listing, cancel);
        if (run.End != ToolEnd.Ran || run.ExitCode == Failed) return null;
        try { return PdfObjects.Read(await File.ReadAllBytesAsync(listing, cancel)); }
        catch (Exception strange) when (strange is JsonException or InvalidOperationException or KeyNotFoundException or FormatException) { return null; }
    }

    private static List<MetadataFact> Information(PdfObjects objects)
    {
        if (objects.Resolve(objects.Get(objects["trailer"], "/Info")) is not { ValueKind: JsonValueKind.Object } information) return [];
        try { return [.. information.EnumerateObject().Select(entry => (entry.Name, Text: Text(objects.Resolve(entry.Value)))).Where(entry => entry.Text.Length > 0).Select(entry => Fact(entry.Name.TrimStart('/'), entry.Text))]; }
        catch (InvalidOperationException) { return [new("Document information", "It is there and cannot be read.")]; } // a name that is no UTF-8
    }

    private static string Text(JsonElement? value)
        => value is { ValueKind: JsonValueKind.String } text && text.GetString() is { } said && said.StartsWith("u:", StringComparison.Ordinal) ? said[2..].Trim() : "";

    private static IEnumerable<string> Packets(PdfObjects objects)
        => objects.Entries.Where(entry => entry.Key != "trailer" && entry.Value.ValueKind == JsonValueKind.Object && entry.Value.TryGetProperty("/Type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("/Metadata")).Select(entry => entry.Key);

    private async Task<IEnumerable<MetadataFact>> Xmp(string pdf, string reference)
    {
        var number = int.Parse(reference.Split(' ')[0], CultureInfo.InvariantCulture);
        var prefix = Path.Combine(folder, "xmp");
        await tools.Content(pdf, listing, number, prefix, cancel);
        var file = $"{prefix}-{number.ToString(CultureInfo.InvariantCulture)}";
        if (!File.Exists(file) || new FileInfo(file).Length > LongestXmp) return [new("XMP", "It is there and cannot be read.")];
        try
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = LongestXmp });
            return [.. Facts(XDocument.Load(reader))];
        }
        catch (XmlException) { return [new("XMP", "It is there and cannot be read.")]; }
    }

    // A property is an attribute of a description, or an element below it whose text may stand in a list.
    private static IEnumerable<MetadataFact> Facts(XDocument xmp)
    {
        foreach (var description in xmp.Descendants(Rdf + "Description"))
        {
            foreach (var attribute in description.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.Namespace != Rdf && a.Value.Trim().Length > 0))
                yield return Fact(attribute.Name.LocalName, attribute.Value);
            foreach (var element in description.Elements().Where(e => e.Value.Trim().Length > 0))
                yield return Fact(element.Name.LocalName, string.Join(", ", element.DescendantsAndSelf().Where(e => !e.HasElements && e.Value.Trim().Length > 0).Select(e => e.Value.Trim())));
        }
    }

    private static MetadataFact Fact(string name, string value) => new(Short(name, 60), Short(value, LongestValue));

    private static string Short(string text, int longest)
    {
        var clean = CleanText.Of(text).ReplaceLineEndings(" ").Trim();
        return clean.Length <= longest ? clean : clean[..(char.IsHighSurrogate(clean[longest - 1]) ? longest - 1 : longest)] + "…";
    }

    // The trailer without /Info, which then belongs to nothing and is not written; every packet of XMP becomes an empty one.
    private static byte[] Update(PdfObjects objects, JsonElement trailer)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("qpdf");
            json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"{{\"jsonversion\":2,\"pushedinheritedpageresources\":false,\"calledgetallpages\":true,\"maxobjectid\":{objects.LastId}}}"));
            json.WriteStartObject();
            foreach (var packet in Packets(objects))
            {
                json.WritePropertyName("obj:" + packet);
                json.WriteRawValue($"{{\"stream\":{{\"dict\":{{\"/Type\":\"/Metadata\",\"/Subtype\":\"/XML\"}},\"data\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(Empty))}\"}}}}");
            }
            json.WriteStartObject("trailer");
            json.WriteStartObject("value");
            foreach (var entry in trailer.EnumerateObject().Where(e => !LeftOut.Any(e.NameEquals))) entry.WriteTo(json);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
