using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace TrustCenter.Documents;

/// <summary>
/// The change that makes a template, in the words of <c>qpdf --update-from-json</c>: each page's contents stand between
/// q and Q, then the page calls its shape's placing form, and all of those call the one form whose text is the slot.
/// </summary>
internal sealed class MarkPlan
{
    private const string WantedName = "/TcMark";
    private const string Above = "BT /F 7 Tf 8.5 TL\n"; // 7 pt Helvetica, lines 8.5 pt apart
    private const string Below = "\nET\n";

    private readonly PdfObjects objects;
    private readonly byte[] slot;
    private readonly bool bare;
    private readonly ArrayBufferWriter<byte> json = new();
    private readonly Dictionary<(string Source, PageShape Shape), (string Reference, string Name)> resources = [];
    private readonly Dictionary<PageShape, string> placements = [];
    private readonly Dictionary<string, string> calls = [];
    private readonly string opening;
    private readonly string text;
    private int lastId;

    private MarkPlan(PdfObjects objects, byte[] slot, bool bare)
    {
        this.bare = bare;
        this.objects = objects;
        this.slot = slot;
        lastId = objects.LastId;
        Raw("{\"qpdf\":[{\"jsonversion\":2,\"pushedinheritedpageresources\":false,\"calledgetallpages\":true,\"maxobjectid\":");
        Raw(lastId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Raw("},{");
        opening = Stream("{}", "q\n"u8);
        text = TextForm();
    }

    /// <summary>
    /// The update. <paramref name="slot"/> stands in it once, as it will stand in the template. A <paramref name="bare"/>
    /// plan leaves the pages their shape and the mark only, to be laid over the original.
    /// </summary>
    public static byte[] For(PdfObjects objects, byte[] slot, bool bare)
    {
        var plan = new MarkPlan(objects, slot, bare);
        foreach (var page in objects.Pages) plan.Page(page);
        plan.Raw("}]}");
        return plan.json.WrittenSpan.ToArray();
    }

    private void Page(string page)
    {
        var (held, name) = Resources(page, PageShape.Of(objects, page));
        var call = CallOf(name);
        var dictionary = objects[page]!.Value;
        Object(page);
        Raw($"{{\"value\":{{\"/Contents\":[\"{opening}\"");
        foreach (var content in Contents(dictionary))
        {
            Raw(",");
            Raw(content);
        }

        Raw($",\"{call}\"],\"/Resources\":\"{held}\"");
        Entries(dictionary, "/Contents", "/Resources", bare ? "/Annots" : "");
        Raw("}}");
    }

    private IEnumerable<JsonElement> Contents(JsonElement page)
    {
        if (bare) return [];
        if (objects.Get(page, "/Contents") is not { } contents) return [];
        if (objects.Resolve(contents) is { ValueKind: JsonValueKind.Array } array) return array.EnumerateArray();
        return PdfObjects.ReferenceIn(contents) is null ? [] : [contents];
    }

    /// <summary>A copy of the page's own or inherited resources with the placing form added: the original may serve others.</summary>
    private (string Reference, string Name) Resources(string page, PageShape shape)
    {
        var found = objects.Inherited(page, "/Resources");
        var source = found is { } known ? PdfObjects.ReferenceIn(known.Value) ?? known.Holder : "none";
        if (resources.TryGetValue((source, shape), out var made)) return made;

        var dictionary = objects.Resolve(found?.Value);
        var forms = objects.Resolve(objects.Get(dictionary, "/XObject"));
        var name = FreeName(forms);
        var placement = PlacementOf(shape);
        var reference = Next();
        Object(reference);
        Raw($"{{\"value\":{{\"/XObject\":{{\"{name}\":\"{placement}\"");
        Entries(forms);
        Raw("}");
        Entries(dictionary, "/XObject");
        Raw("}}");
        return resources[(source, shape)] = (reference, name);
    }

    private static string FreeName(JsonElement? forms)
    {
        var name = WantedName;
        for (var n = 1; forms is { ValueKind: JsonValueKind.Object } taken && taken.TryGetProperty(name, out _); n++) name = WantedName + n;
        return name;
    }

    /// <summary>An artifact (ISO 32000-1, 14.8.2.2): screen readers need not read the mark on every page.</summary>
    private string CallOf(string name) => calls.TryGetValue(name, out var call)
        ? call
        : calls[name] = Stream("{}", Encoding.ASCII.GetBytes($"\nQ\n/Artifact BMC\n{name} Do\nEMC\n"));

    /// <summary>Draws the mark twice: a white edge keeps the grey letters readable on a dark page.</summary>
    private string PlacementOf(PageShape shape) => placements.TryGetValue(shape, out var placement)
        ? placement
        : placements[shape] = Stream(
            $"{{\"/Type\":\"/XObject\",\"/Subtype\":\"/Form\",\"/BBox\":[{shape.BoxArray}],\"/Resources\":{{\"/XObject\":{{\"/T\":\"{text}\"}}}}}}",
            Encoding.ASCII.GetBytes($"q\n{shape.Matrix()} cm\n1 G 1.4 w 1 j 1 Tr /T Do\n0.42 g 0 Tr /T Do\nQ\n"));

    private string TextForm() => Stream(
        "{\"/Type\":\"/XObject\",\"/Subtype\":\"/Form\",\"/BBox\":[-10,-30,600,30],\"/Resources\":{\"/Font\":{\"/F\":"
        + "{\"/Type\":\"/Font\",\"/Subtype\":\"/Type1\",\"/BaseFont\":\"/Helvetica\",\"/Encoding\":\"/WinAnsiEncoding\"}}}}",
        [.. Encoding.ASCII.GetBytes(Above), .. slot, .. Encoding.ASCII.GetBytes(Below)]);

    private string Stream(string dictionary, ReadOnlySpan<byte> data)
    {
        var reference = Next();
        Object(reference);
        Raw($"{{\"stream\":{{\"dict\":{dictionary},\"data\":\"{Convert.ToBase64String(data)}\"}}}}");
        return reference;
    }

    private void Object(string reference) => Raw(json.WrittenSpan[^1] == '{' ? $"\"obj:{reference}\":" : $",\"obj:{reference}\":");

    private string Next() => $"{++lastId} 0 R";

    private void Entries(JsonElement? dictionary, params ReadOnlySpan<string> without)
    {
        if (dictionary is not { ValueKind: JsonValueKind.Object } entries) return;
        foreach (var entry in entries.EnumerateObject())
        {
            if (without.Contains(entry.Name)) continue;
            Raw(",\"");
            json.Write(JsonMarshal.GetRawUtf8PropertyName(entry));
            Raw("\":");
            Raw(entry.Value);
        }
    }

    /// <summary>As it came: names in other encodings than UTF-8 pass unharmed.</summary>
    private void Raw(JsonElement value) => json.Write(JsonMarshal.GetRawUtf8Value(value));

    private void Raw(string text) => json.Write(Encoding.UTF8.GetBytes(text));
}
