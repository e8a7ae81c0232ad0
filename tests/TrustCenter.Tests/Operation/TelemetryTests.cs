using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrustCenter.Staff;
using TrustCenter.Telemetry;

namespace TrustCenter.Tests.Operation;

/// <summary>Traces and metrics say how the product works, and nothing about whom it works for.</summary>
public sealed class TelemetryTests
{
    [Fact, Trait("Case", "T-008"), Trait("Case", "T-093")]
    public async Task No_token_code_address_or_name_is_in_any_span_or_metric_of_the_whole_walk()
    {
        var (spans, measures) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        using var traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Signals.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a => spans.Enqueue($"{a.OperationName}|{a.DisplayName}|{string.Join(',', a.TagObjects.Select(t => $"{t.Key}={t.Value}"))}|{string.Join(',', a.Baggage)}|{a.StatusDescription}|{string.Join(',', a.Events.Select(e => e.Name))}"),
        };
        ActivitySource.AddActivityListener(traces);
        using var metrics = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Meter.Name == Signals.Name) listener.EnableMeasurementEvents(instrument); } };
        metrics.SetMeasurementEventCallback<long>((i, v, tags, _) => measures.Enqueue($"{i.Name} {v} {Text(tags)}"));
        metrics.SetMeasurementEventCallback<int>((i, v, tags, _) => measures.Enqueue($"{i.Name} {v} {Text(tags)}"));
        metrics.SetMeasurementEventCallback<double>((i, v, tags, _) => measures.Enqueue($"{i.Name} {v} {Text(tags)}"));
        metrics.Start();

        await using var app = await RealApp.Start(o => o.Demo = true);
        var secrets = await Walk(app);
        metrics.RecordObservableInstruments();

        foreach (var name in new[] { "decide|", "commit|", "page|", "compile|", "mail|" }) spans.ShouldContain(s => s.StartsWith(name, StringComparison.Ordinal), name);
        foreach (var name in new[] { "decisions ", "decision.duration", "commit.batch", "commit.fsync", "gate.answers", "snapshots.reads", "snapshots.bytes", "mails.waiting", "mails.failed", "outbox", "views.dropped", "mails " })
            measures.ShouldContain(m => m.StartsWith("trustcenter." + name, StringComparison.Ordinal), name);
        measures.ShouldContain(m => m.Contains("kind=visit", StringComparison.Ordinal) && m.Contains("outcome=Done", StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            spans.Where(s => s.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(secret);
            measures.Where(s => s.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(secret);
        }
        spans.Where(s => s.Contains('@') || s.Contains("/s/", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact, Trait("Case", "T-008")]
    public async Task What_is_exported_arrives_at_the_collector_without_a_secret()
    {
        var received = new ConcurrentQueue<(string Path, string Body)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/{**path}", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync();
        var endpoint = new Uri(collector.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        HashSet<string> secrets;
        await using (var app = await RealApp.Start(o => (o.Demo, o.Telemetry.Endpoint) = (true, new Uri(endpoint, "/v1/all")))) secrets = await Walk(app);

        received.ShouldContain(r => r.Body.Contains("decide", StringComparison.Ordinal), $"{received.Count} posts to {string.Join(", ", received.Select(r => r.Path).Distinct())}");
        received.ShouldContain(r => r.Body.Contains("StartDownload", StringComparison.Ordinal));
        received.ShouldContain(r => r.Body.Contains("trustcenter.commit.fsync", StringComparison.Ordinal));
        foreach (var secret in secrets) received.Where(r => r.Body.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(secret);
    }

    [Fact]
    public void While_nobody_listens_a_page_pays_nothing()
    {
        Signals.Source.HasListeners().ShouldBeFalse("no other test listens while this one runs");
        var context = new DefaultHttpContext();
        void Once()
        {
            using var span = Signals.Page(context);
            Signals.Snapshot(isHit: true);
            Signals.Gate("room");
        }
        for (var n = 0; n < 1_000; n++) Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        for (var n = 0; n < 100_000; n++) Once();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000);
        (clock.Elapsed / 100_000).ShouldBeLessThan(TimeSpan.FromMicroseconds(5)); // about 10 ns; the bound allows for a busy machine
    }

    // The main job; everything that must not be told.
    private static async Task<HashSet<string>> Walk(RealApp app)
    {
        var house = await TestHouse.Build(app, "northlight", "Northlight Ledger");
        using var rep = await house.SignIn(Role.Rep);
        using var prospect = house.Visitor();
        var (link, id) = await house.Share(rep);
        await prospect.Get("/");
        var room = await house.Enter(prospect, link);
        var code = (await house.Code())!;
        var file = await TestHouse.Download(prospect, room, house.Report.ToString());
        await prospect.Get(file);
        await prospect.Get("/s/" + new string('Q', 22));
        await prospect.Get("/no/such/page?email=ana@acme.com");
        await prospect.Send(new HttpMethod("QUIRK"), "/");
        await rep.Submit(await rep.Get($"/console/links/{id}"), "/revocations");
        await prospect.Get(room);
        using var ana = await OperatorDesk.SignIn(app);
        await ana.Get("/operator");
        await Task.Delay(1_200); // mail leaves, pages are packed
        return
        [
            link.Split('/')[^1], code, "ana@acme.com", "acme.com", "northlight", room.Split('/')[^1], file.Split('/')[^1], id.ToString(), house.Scope.Tenant.ToString(), house.Report.ToString(), "QUIRK", "no/such", new string('Q', 22),
            .. prospect.Cookies.Values, .. rep.Cookies.Values, .. ana.Cookies.Values, "Rosa Lindqvist", "encrypts all records", "Ana Ito",
        ];
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in tags) text.Append(key).Append('=').Append(value).Append(' ');
        return text.ToString();
    }
}
