using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Pages;

namespace TrustCenter.Benchmarks.Comparisons;

/// <summary>From the durable approval to the first answer that shows it, with nobody helping the worker.</summary>
public static class Publication
{
    private static readonly Actor Editor = Actor.Staff(Guid.CreateVersion7()), Approver = Actor.Staff(Guid.CreateVersion7());

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        await using var app = Seed.Open(await Seed.Northwind(stage));
        await app.StartAsync();
        var scope = await Seed.Tenant(app.Services);
        var (engine, maker) = (app.Services.GetRequiredService<IEngine>(), app.Services.GetRequiredService<PageMaker>());
        using var client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
        client.DefaultRequestHeaders.Host = Seed.Host;
        var id = scope.Id<Claim>(Guid.CreateVersion7());
        var (waits, renders) = (new List<double>(), new List<double>());
        for (var i = 0; i < stage.Rounds * 2; i++)
        {
            var (before, rendered) = (await Manifest(client), maker.Renders);
            var text = $"Backups are tested {Guid.NewGuid():N} times.";
            await Approve(engine, id, text);
            var clock = Stopwatch.GetTimestamp();
            while (!(await Try(client, $"/claims/{id.Key}")).Contains(text, StringComparison.Ordinal)) await Task.Delay(1);
            waits.Add(Stopwatch.GetElapsedTime(clock).TotalSeconds);
            // The first audience's page is the vendor's first page too: one rendering under two addresses.
            var changed = (await Manifest(client)).Except(before).Select(l => l[66..]).Where(p => p is not ("/trust.json" or "/logo.svg")).ToList();
            renders.Add((maker.Renders - rendered) / (double)(changed.Count - (changed.Contains("/") ? 1 : 0)));
        }
        await app.StopAsync();
        return [Line.AtMost("seconds until visible, p50", 1, Interleaved.Median(waits), $"at most {Table.Number(waits.Max())} s"), Line.AtMost("renders for each page that changed", 1, renders.Max())];
    }

    private static async Task<HashSet<string>> Manifest(HttpClient client) => [.. (await client.GetStringAsync("/manifest.txt")).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private static async Task<string> Try(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task Approve(IEngine engine, AggregateId id, string text)
    {
        var edits = (await engine.Read<Claim>(id))?.Edits ?? 0;
        var wording = new ClaimWording { Statement = text, Topic = "data", Status = ClaimStatus.InPlace, Owner = "Head of Platform" };
        await Seed.Must(engine.Decide(id, new SaveClaim { Id = Guid.CreateVersion7(), Wording = wording, BasedOnEdit = edits }, Editor));
        await Seed.Must(engine.Decide(id, new AskClaimApproval { Id = Guid.CreateVersion7() }, Editor));
        await Seed.Must(engine.Decide(id, new ApproveClaim { Id = Guid.CreateVersion7(), Edit = edits + 1 }, Approver));
    }
}
