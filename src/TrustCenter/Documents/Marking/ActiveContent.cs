using System.Text;
using System.Text.Json;

namespace TrustCenter.Documents;

/// <summary>Finds what a document could do by itself on a reader's machine. Links that a person clicks and plain forms are fine.</summary>
internal sealed class ActiveContent
{
    private const int MostActions = 1_000; // of one chain; more is a loop or an attack

    private static readonly (string Name, string What)[] Kinds =
    [
        ("/JavaScript", "JavaScript"), ("/Launch", "an action that starts a program"), ("/SubmitForm", "a form that sends data"),
        ("/ImportData", "an action that imports data"), ("/GoToR", "an action that opens another file"),
        ("/GoToE", "an action that opens an embedded file"), ("/EmbeddedFile", "an embedded file"),
        ("/FileAttachment", "an attached file"), ("/RichMedia", "rich media"), ("/RichMediaExecute", "rich media"),
    ];

    private static readonly (string Name, string What)[] Keys =
    [
        ("/EF", "an embedded file"), ("/XFA", "an XFA form"), ("/RichMediaContent", "rich media"), ("/RichMediaSettings", "rich media"),
    ];

    private static readonly (string Name, string What)[] Trees = [("/JavaScript", "JavaScript"), ("/EmbeddedFiles", "an embedded file")];

    private const int LongestScheme = 200; // characters, blanks between them included
    private static readonly string[] Programs = ["javascript:", "vbscript:", "data:"];

    private readonly PdfObjects objects;
    private readonly SortedSet<string> found = new(StringComparer.Ordinal);

    private ActiveContent(PdfObjects objects) => this.objects = objects;

    /// <summary>What was found, in words; empty when the document is at rest.</summary>
    public static IReadOnlyCollection<string> In(PdfObjects objects)
    {
        var scan = new ActiveContent(objects);
        foreach (var value in objects.All) scan.Walk(value);
        return scan.found;
    }

    private void Walk(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) Walk(item);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in value.EnumerateObject())
            {
                Look(entry, value);
                Walk(entry.Value);
            }
        }
    }

    private void Look(JsonProperty entry, JsonElement dictionary)
    {
        if (entry.NameEquals("/S") || entry.NameEquals("/Type") || entry.NameEquals("/Subtype")) LookAtKind(entry.Value);
        if (entry.NameEquals("/JS") && dictionary.TryGetProperty("/S", out _)) found.Add("JavaScript");
        if (entry.NameEquals("/URI")) LookAtAddress(entry.Value);
        if (entry.NameEquals("/OpenAction")) LookAtAction(entry.Value);
        if (entry.NameEquals("/AA")) LookAtTriggers(entry.Value);
        foreach (var (name, what) in Keys)
            if (entry.NameEquals(name)) found.Add(what);
        foreach (var (name, what) in Trees)
            if (entry.NameEquals(name) && !IsEmptyTree(entry.Value)) found.Add(what);
    }

    private void LookAtKind(JsonElement value)
    {
        if (objects.Resolve(value) is not { ValueKind: JsonValueKind.String } kind) return;
        foreach (var (name, what) in Kinds)
            if (kind.ValueEquals(name)) found.Add(what);
    }

    /// <summary>An address that is itself a program. Readers skip blanks and control characters in a scheme, so do we.</summary>
    private void LookAtAddress(JsonElement value)
    {
        if (objects.Resolve(value) is not { ValueKind: JsonValueKind.String } address || address.GetString() is not { } text) return;
        var bytes = text.StartsWith("b:", StringComparison.Ordinal) ? Encoding.Latin1.GetString(Convert.FromHexString(text.AsSpan(2))) : text[Math.Min(2, text.Length)..];
        var scheme = string.Concat(bytes.Take(LongestScheme).Where(character => character > ' '));
        if (Programs.Any(program => scheme.StartsWith(program, StringComparison.OrdinalIgnoreCase))) found.Add("JavaScript");
    }

    private void LookAtTriggers(JsonElement value)
    {
        if (objects.Resolve(value) is not { ValueKind: JsonValueKind.Object } triggers) return;
        foreach (var trigger in triggers.EnumerateObject()) LookAtAction(trigger.Value);
    }

    /// <summary>Follows an action that runs by itself, and those chained to it, to web addresses it would call.</summary>
    private void LookAtAction(JsonElement action)
    {
        var waiting = new Stack<JsonElement>([action]);
        for (var seen = 0; waiting.TryPop(out var next); seen++)
        {
            if (seen == MostActions)
            {
                found.Add("a chain of actions without end");
                return;
            }

            if (objects.Resolve(next) is not { } here) continue;
            if (here.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in here.EnumerateArray()) waiting.Push(item);
            }
            else if (here.ValueKind == JsonValueKind.Object)
            {
                if (objects.Resolve(objects.Get(here, "/S")) is { ValueKind: JsonValueKind.String } kind && kind.ValueEquals("/URI"))
                    found.Add("a web address that opens by itself");
                if (objects.Get(here, "/Next") is { } after) waiting.Push(after);
            }
        }
    }

    private bool IsEmptyTree(JsonElement value)
    {
        if (objects.Resolve(value) is not { ValueKind: JsonValueKind.Object } tree) return true;
        if (objects.Get(tree, "/Kids") is not null) return false;
        return objects.Resolve(objects.Get(tree, "/Names")) is not { ValueKind: JsonValueKind.Array } names || names.GetArrayLength() == 0;
    }
}
