using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tests;
using TrustCenter.Tests.Isolation;
using Row = TrustCenter.Tests.Isolation.Row;
using World = TrustCenter.Tests.Isolation.Stage;

namespace TrustCenter.Faults;

/// <summary>
/// Every call that an act makes to the store fails once, before it is done or with its answer lost. Who is told of success finds it done, whole;
/// who is not sends the same again, and then it is done once.
/// </summary>
public static class FailedCalls
{
    private const string Mark = "X-Fails";
    private static readonly string[] Few = ["CreateClaim", "PublishClaim", "CreateEvidence", "CreateLink", "TryCode", "AcceptAgreement", "StartDownload", "RecordDeal"];

    // They write their answer while they read the store: what fails before the first byte is told, what fails later breaks it off.
    private static readonly string[] Streams = ["ExportJournal", "ExportOperatorJournal", "api exportJournal"];

    // What is deleted is erased in the background, among the other acts; a list has one set of proposals, which the clean call uses up.
    private static readonly string[] NotRepeated = ["DeleteTenant", "api dropSubprocessorProposal", "DropSubprocessors"];

    // Who sends these again wishes it again: another code, another request that its code must prove, another download with its own entry.
    private static readonly HashSet<string> Afresh = ["AskCode", "AskAccess", "AskSignIn", "AcceptInvitation", "StartDownload", "ExportDeals", .. Streams];

    // Their answer carries the next session's secret, of which the database has a hash alone: when it is lost, the person proves the address once more. A host name is not looked up twice within seconds.
    private static readonly HashSet<string> Proving = ["TryCode", "AcceptAgreement", "TryRequestCode", "TrySignInCode", "ChooseVendor", "EnrolAuthenticator", "TryAuthenticator", "CheckHost"];

    private const int Broken = 0; // for a status, of an answer that broke off

    private static Failure? next; // of the next request that bears the mark

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var clock = Stopwatch.StartNew();
        var world = new World { Prepare = Prepare };
        await world.InitializeAsync();
        var (acts, calls, refused, done, broken) = (0, 0, 0, 0, new List<string>());
        try
        {
            foreach (var route in world.Routes.Where(r => r.Changes && !NotRepeated.Contains(r.Name) && (stage.IsLong || Few.Contains(r.Name))))
            {
                acts++;
                try { await Act(route); }
                catch (Exception failed) { Wrong($"{route.Name}: {failed.Message.ReplaceLineEndings(" ")}"); }
            }
        }
        finally { await world.DisposeAsync(); }
        return
        [
            new Line($"{acts} acts by form or program, each call of theirs to the store fails once, before it is done or with its answer lost: {refused + done} failures",
                "An error, or it was done; sent again it is done once", broken.Count > 0 ? $"{broken.Count} broken: {broken[0]}" : $"{calls} calls; {refused} refusals, {done} done all the same; {clock.Elapsed.TotalSeconds:F0} s", broken.Count == 0 && refused > 0),
            await FailedTurns.Run(stage),
        ];

        void Wrong(string what)
        {
            broken.Add(what);
            Console.Error.WriteLine(what);
        }

        async Task Act(Route route)
        {
            var row = Rows.Of(route.Name);
            var (clean, made) = await Clean(row, route);
            calls += clean.Calls;
            for (var n = 1; n <= clean.Calls; n++)
                foreach (var isAfter in clean.Writes.Contains(n) ? new[] { false, true } : [false])
                {
                    var what = $"{route.Name}, call {n} of {clean.Calls}, {(isAfter ? "answer lost" : "not done")}";
                    var call = await row.Own(world);
                    var (before, failure) = (await Marks(), new Failure(n, isAfter));
                    var first = await Send(route, call, failure);
                    if (!failure.Happened) continue;
                    var after = Difference(before, await Marks());
                    if (first.Status < 400)
                    {
                        done++;
                        if (!Same(after, made)) Wrong($"{what}: told {first.Status}, but done is [{Words(after)}] instead of [{Words(made)}]");
                        continue;
                    }
                    refused++;
                    if (after.Count > 0 && first.Text.Contains("Nothing was changed", StringComparison.Ordinal)) Wrong($"{what}: told that nothing was changed, but done is [{Words(after)}]");
                    if (first.Status != 503 && !(first.Status == Broken && Streams.Contains(route.Name))) Wrong($"{what}: told {first.Status}");
                    var second = await call.Send(route);
                    var both = Difference(before, await Marks());
                    if (Afresh.Contains(route.Name) && second.Status < 400 && Same(both, Sum(after, made))) continue;
                    if (Proving.Contains(route.Name) && after.Count > 0 && Same(both, after)) continue;
                    if (second.Status >= 400 || !Same(both, made)) Wrong($"{what}: told {first.Status} with [{Words(after)}], then {second.Status} with [{Words(both)}] instead of [{Words(made)}]");
                }
        }

        async Task<(Failure Calls, Dictionary<string, long> Made)> Clean(Row row, Route route)
        {
            var call = await row.Own(world);
            var (before, none) = (await Marks(), new Failure(0, isAfter: false));
            var answer = await Send(route, call, none);
            if (answer.Status >= 400) throw new InvalidOperationException($"It is refused without a failure: {answer.Status}");
            return (none, Difference(before, await Marks()));
        }

        // Memory is emptied before: what it spares must be able to fail as well.
        async Task<Answer> Send(Route route, Call call, Failure failure)
        {
            foreach (var memory in world.App.Services.GetServices<ITenantMemory>()) foreach (var house in new[] { world.A, world.B }) memory.Forget(house.Scope.Tenant);
            next = failure;
            try { return await call.Send(route, call.By, call.Values, (Mark, "yes")); }
            catch (HttpRequestException) when (failure.Happened && Streams.Contains(route.Name)) { return new Answer(Broken, new Dictionary<string, string>(), []); }
        }

        async Task<Dictionary<string, long>> Marks()
        {
            await world.Mark(world.A.Scope); // lets an import end that goes on by itself
            return await world.App.Services.GetRequiredService<IStore>().Query(sql =>
            {
                var marks = new Dictionary<string, long>();
                foreach (var (what, n) in sql.Query("select what, count(*) from entries where what not in ('room.viewed', 'page.published') group by what", r => (r.Text(0), r.Number(1)))) marks[what] = n;
                foreach (var (kind, n) in sql.Query("select kind, sum(etag) from states where kind not in ('room_template', 'import_mapping') group by kind", r => (r.Text(0), r.Number(1)))) marks["state " + kind] = n;
                foreach (var table in new[] { "personal", "mails", "blobs", "deal_rows", "claim_rows", "evidence_rows", "link_rows", "visit_rows", "request_rows", "staff_rows" })
                    marks[table] = sql.Number($"select count(*) from {table}");
                return marks;
            });
        }
    }

    private static Dictionary<string, long> Difference(Dictionary<string, long> before, Dictionary<string, long> after)
        => after.Where(a => a.Value != before.GetValueOrDefault(a.Key)).ToDictionary(a => a.Key, a => a.Value - before.GetValueOrDefault(a.Key));

    private static Dictionary<string, long> Sum(Dictionary<string, long> one, Dictionary<string, long> other) => one.Concat(other).GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Sum(p => p.Value));

    private static bool Same(Dictionary<string, long> one, Dictionary<string, long> other) => one.Count == other.Count && one.All(o => other.GetValueOrDefault(o.Key) == o.Value);

    private static string Words(Dictionary<string, long> difference) => string.Join(", ", difference.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Key} {d.Value:+0;-0}"));

    // The module's own store, within one whose calls can fail; and a door that knows which request is to feel it.
    internal static void Prepare(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IStartupFilter, Door>();
        ((IHostApplicationBuilder)builder).ConfigureContainer(new DefaultServiceProviderFactory(), services =>
        {
            var real = services.Last(s => s.ServiceType == typeof(IStore));
            services.Remove(real);
            services.AddSingleton<IStore>(provider => new FailingStore((IStore)real.ImplementationFactory!(provider)));
        });
    }

    private sealed class Door : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(pipe => context =>
            {
                if (context.Request.Headers.ContainsKey(Mark)) FailingStore.Current = Interlocked.Exchange(ref FailedCalls.next, null);
                return pipe(context);
            });
            next(app);
        };
    }
}
