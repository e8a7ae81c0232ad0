using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using TrustCenter.Audiences;
using TrustCenter.Claims;
using TrustCenter.Evidence;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;
using YamlDotNet.Serialization;

namespace TrustCenter.Tests.Pages;

/// <summary>The sample vendor's words, published through the engine; files are stand-ins of a line each.</summary>
internal static class Northwind
{
    private static readonly string Folder = Path.Combine(Root(), "samples", "northwind");

    private static readonly Regex Cells = new("(?<=^|,)(\"[^\"]*\"|[^,]*)");

    public static Vendor Words()
    {
        var yaml = Read<Dictionary<string, object>>("vendor.yaml");
        string Text(string key) => (string)yaml[key];
        IReadOnlyList<string> List(string key) => Strings(yaml[key]);
        return new Vendor
        {
            Name = Text("name"), Host = Text("host"), Tagline = Text("tagline"), Accent = Text("accent"), Contact = Text("contact"), Website = Text("website"),
            Logo = File.ReadAllText(Path.Combine(Folder, "logo.svg")), Products = List("products"), Plans = List("plans"), Regions = List("regions"),
            Topics = [.. Maps(yaml["topics"]).Select(t => new Topic((string)t["key"], (string)t["name"], (string)t["summary"]))],
            Audiences = [.. Maps(yaml["audiences"]).Select(a => new Audience((string)a["key"], (string)a["name"], (string)a["why"], Strings(a["topics"]), (string)Map(a["more"])["label"], (string)Map(a["more"])["address"]))],
        };
    }

    /// <summary>Everything of the sample.</summary>
    public static async Task<TestVendor> Publish(RealApp app)
    {
        var vendor = await app.Vendor(Words());
        var documents = new Dictionary<string, Guid>();
        foreach (var row in Csv("evidence.csv"))
            documents[row["key"]] = await vendor.Document(row["title"], EvidenceWords.Class(row["class"])!.Value, Date(row["validUntil"]), row["note"],
                documents.TryGetValue(row["key"], out var known) ? known : null, "document.pdf", EvidenceWords.Kind(row["kind"])!.Value);
        foreach (var claim in Read<List<Dictionary<object, object>>>("claims.yaml")) await vendor.Publish(Wording(claim, documents));
        await vendor.Subprocessors([.. Csv("subprocessors.csv").Select(s => new Subprocessor(Guid.CreateVersion7(), s["name"], s["purpose"], s["location"], s["website"], s["products"].Split(", "), Date(s["since"])))]);
        await app.Compiled(vendor.Scope);
        return vendor;
    }

    private static ClaimWording Wording(Dictionary<object, object> claim, Dictionary<string, Guid> documents)
    {
        IReadOnlyList<string> List(string key) => claim.TryGetValue(key, out var list) ? Strings(list) : [];
        DateOnly? Day(string key) => claim.TryGetValue(key, out var day) ? Date((string)day) : null;
        return new ClaimWording
        {
            Statement = (string)claim["statement"], Topic = (string)claim["topic"], Owner = (string)claim["owner"],
            Status = (string)claim["status"] switch { "in place" => ClaimStatus.InPlace, "partly" => ClaimStatus.Partly, _ => ClaimStatus.Planned },
            Visibility = (string)claim["visibility"] == "public" ? Visibility.Public : Visibility.Room,
            Products = List("products"), Plans = List("plans"), Regions = List("regions"), Frameworks = List("frameworks"), Checked = Day("checked"), ReviewBy = Day("reviewBy"),
            Why = claim.TryGetValue("why", out var why) ? Map(why).ToDictionary(w => (string)w.Key, w => (string)w.Value) : [],
            Evidence = [.. List("evidence").Select(e => documents[e])],
        };
    }

    private static T Read<T>(string name) => new DeserializerBuilder().Build().Deserialize<T>(File.ReadAllText(Path.Combine(Folder, name)));

    // The sample's files have no line break inside a cell.
    private static IEnumerable<Dictionary<string, string>> Csv(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, name)).Select(line => Cells.Matches(line).Select(m => m.Value.Trim('"')).ToList()).ToList();
        return lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(cell => cell.First, cell => cell.Second));
    }

    private static DateOnly? Date(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Strings(object list) => [.. ((List<object>)list).Cast<string>()];

    private static IEnumerable<Dictionary<object, object>> Maps(object list) => ((List<object>)list).Cast<Dictionary<object, object>>();

    private static Dictionary<object, object> Map(object map) => (Dictionary<object, object>)map;

    // The source's own place, wherever the tests were built to.
    private static string Root([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(File.Exists(here) ? Path.GetDirectoryName(here)! : AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "samples", "northwind"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("The samples are not above the tests.");
        return folder.FullName;
    }
}
