using TrustCenter.Faults;

// What is killed is a process of its own.
if (args is ["write", .. var what]) return await Writer.Run(what);

Fault[] all =
[
    new("pdf-mutants", IsShort: true, Mutants.Pdfs), // first: it counts what processes used that have ended
    new("kills", IsShort: true, Kills.Run),
    new("database-kills", IsShort: true, DatabaseKills.Run),
    new("power-cuts", IsShort: true, PowerCuts.Run),
    new("failed-calls", IsShort: true, FailedCalls.Run),
    new("revocations", IsShort: true, Revocations.Run),
    new("half-load", IsShort: true, HalfLoad.Run),
    new("disk-full", IsShort: true, DiskFull.Run),
    new("clock", IsShort: true, ClockJumps.Run),
    new("slow-loris", IsShort: true, SlowLoris.Run),
    new("malformed", IsShort: true, Malformed.Run),
    new("mutants", IsShort: true, Mutants.Texts),
    new("isolation", IsShort: false, Isolation.Run), // its tests are in every test run
    new("soak", IsShort: false, Soak.Run),
];
var isLong = args.Contains("--long");
var names = args.Where(a => !a.StartsWith('-')).ToList();
if (names.Find(n => all.All(f => f.Name != n)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no fault “{unknown}”. There are: {string.Join(", ", all.Select(f => f.Name))}.");
    return 2;
}

var table = new Table(Console.Out);
table.Begin();
foreach (var fault in all.Where(f => names.Count > 0 ? names.Contains(f.Name) : isLong || f.IsShort))
{
    using var stage = new Stage(isLong);
    try
    {
        table.Add(fault.Name, await fault.Run(stage));
    }
    catch (Exception broken) // the others are still run
    {
        table.Add(fault.Name, [new Line("", "It is run to its end", broken.Message.ReplaceLineEndings(" "), Holds: false)]);
        await Console.Error.WriteLineAsync(broken.ToString());
    }
}
return table.End();
