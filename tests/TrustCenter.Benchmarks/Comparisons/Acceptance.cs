using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Prospects;
using TrustCenter.Store;

namespace TrustCenter.Benchmarks.Comparisons;

/// <summary>Accepting the agreement: alone, and by 256 readers at once. Fsyncs are counted by strace where it is there, and by the store.</summary>
public static class Acceptance
{
    private const int AtOnce = 256, AloneEach = 64;

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var data = await Seed.Northwind(stage);
        var counted = await Fsyncs(stage, data);
        await using var app = Seed.Open(data);
        var (engine, store) = (app.Services.GetRequiredService<IEngine>(), (SqliteStore)app.Services.GetRequiredService<IStore>());
        var scope = await Seed.Tenant(app.Services);
        var batches = new Dictionary<string, List<double>> { ["alone"] = [], ["together"] = [] };

        async Task<Sample> Measure(string how, int count, Func<List<AggregateId>, Task> accept)
        {
            var visits = await Proven(app.Services, scope, count);
            var (cpu, before) = (Meter.CpuOfThis(), store.Batches);
            await accept(visits);
            batches[how].Add((store.Batches - before) / (double)count);
            return new Sample(Meter.CpuOfThis() - cpu, count);
        }
        async Task One(List<AggregateId> visits) { foreach (var visit in visits) await Accept(engine, visit); }
        Task All(List<AggregateId> visits) => Task.WhenAll(visits.Select(v => Accept(engine, v)));
        var each = await Interleaved.Measure(stage.Rounds * 2, new("alone", () => Measure("alone", AloneEach, One)), new("together", () => Measure("together", AtOnce, All)));
        return
        [
            Line.AtMost("fsyncs of one acceptance, p50", 2, Interleaved.Median(batches["alone"]), counted is { } seen ? $"{Table.Number(seen)} seen by strace" : "counted by the store"),
            Line.AtMost($"fsyncs each at {AtOnce} at once", 1 / 50.0, Interleaved.Median(batches["together"])),
            Line.AtLeast("CPU rate at once, of a commit each", 2.5, each["alone"] / each["together"], $"{Table.Number(each["alone"])} µs alone, {Table.Number(each["together"])} µs together"),
        ];
    }

    /// <summary>What runs under strace.</summary>
    public static async Task<int> Alone(int count, string data)
    {
        await using var app = Seed.Open(data);
        var visits = await Proven(app.Services, await Seed.Tenant(app.Services), AloneEach);
        foreach (var visit in visits.Take(count)) await Accept(app.Services.GetRequiredService<IEngine>(), visit);
        return 0;
    }

    private static async Task<double?> Fsyncs(Stage stage, string data)
    {
        if (!File.Exists("/usr/bin/strace")) return null;
        var (none, all) = (await Count(stage, data, 0), await Count(stage, data, AloneEach));
        return (all - none) / (double)AloneEach;
    }

    private static async Task<int> Count(Stage stage, string data, int acceptances)
    {
        var file = stage[$"strace-{acceptances}"];
        await Stage.Output("strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", file, "dotnet", Path.Combine(AppContext.BaseDirectory, "TrustCenter.Benchmarks.dll"), "accept", acceptances.ToString(CultureInfo.InvariantCulture), data);
        return File.ReadLines(file).Count(l => l.Contains("sync(", StringComparison.Ordinal));
    }

    private static async Task<List<AggregateId>> Proven(IServiceProvider services, Scope scope, int count)
    {
        var (keys, engine) = (services.GetRequiredService<HostKeys>(), services.GetRequiredService<IEngine>());
        var link = Guid.CreateVersion7();
        async Task<AggregateId> One()
        {
            var visit = Guid.CreateVersion7();
            var id = scope.Id<Visit>(visit);
            var person = PersonalRecord.Of(keys, scope.Tenant, PersonalRecord.Email, "ana@acme.com");
            var hash = Convert.ToHexStringLower(keys.CodeHash(visit, "314159"));
            var asked = new Visit { Link = link, Person = person.Id, Lookup = Convert.ToHexStringLower(person.Lookup), Host = "acme.com", Asked = DateTimeOffset.UtcNow, Secret = new string('0', 64), CodeHash = hash };
            await Seed.Must(engine.Decide(id, new AskCode { Id = Guid.CreateVersion7(), Target = id, Visit = asked, Person = person }, Actor.Prospect(visit)));
            await Seed.Must(engine.Decide(id, new TryCode { Id = Guid.CreateVersion7(), Target = id, CodeHash = hash, NextSecret = new string('1', 64) }, Actor.Prospect(visit)));
            return id;
        }
        return [.. await Task.WhenAll(Enumerable.Range(0, count).Select(_ => One()))];
    }

    private static Task Accept(IEngine engine, AggregateId visit) => Seed.Must(engine.Decide(visit, new AcceptAgreement
    {
        Id = Guid.CreateVersion7(), Target = visit, Version = 1, Hash = new string('a', 64), Address = "192.0.2.1", Agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", NextSecret = new string('2', 64),
    }, Actor.Prospect(visit.Key)));
}
