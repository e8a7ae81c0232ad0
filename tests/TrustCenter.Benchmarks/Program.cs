using TrustCenter.Benchmarks;
using TrustCenter.Benchmarks.Comparisons;

// What is measured beside the product runs as a process of its own.
switch (args)
{
    case ["serve-empty", var port]: return await EmptyApp.Run(port);
    case ["serve-components", var port, var data]: return await ComponentsApp.Run(port, data);
    case ["accept", var count, var data]: return await Acceptance.Alone(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), data);
    default: break;
}

Comparison[] all =
[
    new("public-page", IsShort: true, PublicPage.Run),
    new("gated-room", IsShort: true, GatedRoom.Run),
    new("acceptance", IsShort: true, Acceptance.Run),
    new("download", IsShort: true, MarkedDownload.Run),
    new("summary", IsShort: false, SummaryPdf.Run),
    new("publication", IsShort: false, Publication.Run),
    new("view", IsShort: false, RoomViews.Run),
    new("tenants", IsShort: false, ManyTenants.Run),
    new("start", IsShort: false, StartUp.Run),
    new("weight", IsShort: false, PageWeight.Run),
    new("noise", IsShort: false, Noise.Run),
];
var (isShort, isLong) = (args.Contains("--short"), args.Contains("--long"));
var names = args.Where(a => !a.StartsWith('-')).ToList();
if (names.Find(n => all.All(c => c.Name != n)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no comparison “{unknown}”. There are: {string.Join(", ", all.Select(c => c.Name))}.");
    return 2;
}

var chosen = all.Where(c => names.Count > 0 ? names.Contains(c.Name) : !isShort || c.IsShort);
var table = new Table(Console.Out, isShort ? Table.ShortGate : 1);
foreach (var comparison in chosen)
{
    using var stage = new Stage(isLong);
    table.Add(comparison.Name, await comparison.Run(stage));
}
return table.End();
