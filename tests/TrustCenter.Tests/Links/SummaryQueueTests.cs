using System.Diagnostics;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Links;

/// <summary>Making PDF files is bounded: whoever signs in meanwhile does not wait for them.</summary>
[Trait("Case", "T-128")]
public sealed class SummaryQueueTests
{
    private const int Summaries = 100;

    [Fact]
    public async Task A_hundred_summaries_at_once_do_not_starve_sign_in()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "north", "North");
        using var rep = await house.SignIn(Role.Rep);
        var pages = await Task.WhenAll(Enumerable.Range(0, Summaries).Select(_ => rep.Get("/console/links/new")));
        var alone = await Measure(house);

        var making = pages.Select(page => rep.Submit(page, "/console/links", ("account", "Acme"), ("people", "ana@acme.com"), ("summary", "yes"))).ToList();
        var slowest = TimeSpan.Zero;
        var signedIn = 0;
        while (making.Any(m => !m.IsCompleted))
        {
            var took = await Measure(house);
            if (took > slowest) slowest = took;
            signedIn++;
        }
        var answers = await Task.WhenAll(making);

        answers.ShouldAllBe(a => a.Status == 303 || (a.Status == 422 && a.Text.Contains("Try again in a few seconds", StringComparison.Ordinal)));
        answers.Count(a => a.Status == 303).ShouldBeGreaterThan(Summaries / 2);
        TrustCenter.Documents.PdfWriter.MostDrawnAtOnce.ShouldBeLessThanOrEqualTo(Math.Max(1, Environment.ProcessorCount / 2));
        signedIn.ShouldBeGreaterThan(3, $"sign-ins while {Summaries} summaries were made; the slowest took {slowest.TotalMilliseconds:0} ms, alone {alone.TotalMilliseconds:0} ms");
        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(4));
    }

    private static async Task<TimeSpan> Measure(TestHouse house)
    {
        var clock = Stopwatch.StartNew();
        using var browser = await house.SignIn(Role.Approver);
        return clock.Elapsed;
    }
}
