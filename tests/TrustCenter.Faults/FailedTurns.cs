using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Host;
using TrustCenter.Mail;
using TrustCenter.Pages;
using TrustCenter.Store;
using TrustCenter.Tests;
using TrustCenter.Tests.Cluster;
using TrustCenter.Tests.Mail;

namespace TrustCenter.Faults;

/// <summary>
/// Every call that a background worker's turn makes to the store fails once, before it is done or with its answer lost. The worker goes on: its next turns do what
/// was due, and what is written about it is what a turn without a failure writes. A mail whose mark as sent was not written is sent again, under the same Message-ID.
/// </summary>
internal static class FailedTurns
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60); // until the work is done
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1); // by the app's clock: what a worker puts off after a failure is due again

    // Pages and imports that failed are tried again after 5 s of real time, which is too long for every call in the short form.
    private static readonly HashSet<Type> Slow = [typeof(CompileWorker), typeof(Import.ImportWorker)];

    public static async Task<Line> Run(Stage stage)
    {
        var (clock, folder) = (Stopwatch.StartNew(), stage.NewFolder("backups"));
        await using var mails = new SmtpListener();
        await using var app = await RealApp.Start((options, prepare) => Serving.Build(["--urls", "http://127.0.0.1:0"], options, builder =>
        {
            prepare(builder);
            FailedCalls.Prepare(builder);
        }), o => (o.Demo, o.Backup.Folder, o.DnsServer, o.Smtp) = (true, folder, "127.0.0.1:9", new SmtpOptions { Host = "127.0.0.1", Port = mails.Port, From = "trust@north.example", Tls = false }));
        var house = await TestHouse.Build(app, "north", "North");
        await BackgroundWork.StopAll(app);
        var (workers, calls, failures, twice, broken) = (0, 0, 0, 0, new List<string>());
        foreach (var work in BackgroundWork.All.Where(w => stage.IsLong || !Slow.Contains(w.Worker)))
        {
            workers++;
            await Turns(work, new Failure(0, isAfter: false)); // the first turn of a worker may have more to do
            var (clean, made) = await Turns(work, new Failure(0, isAfter: false));
            calls += clean.Calls;
            for (var n = 1; n <= clean.Calls; n++)
                foreach (var isAfter in clean.Writes.Contains(n) ? new[] { false, true } : [false])
                {
                    var what = $"{work}, call {n} of {clean.Calls}, {(isAfter ? "answer lost" : "not done")}";
                    try
                    {
                        var heard = mails.Heard.Count;
                        var (failure, entries) = await Turns(work, new Failure(n, isAfter));
                        if (!failure.Happened) continue;
                        failures++;
                        if (entries != made) Wrong($"{what}: the journal says [{entries}] instead of [{made}]");
                        var ids = mails.Heard.Skip(heard).Select(m => m.Header("Message-ID")).ToList();
                        var again = ids.Count - ids.Distinct().Count();
                        if (work.Worker == typeof(MailWorker) && ids.Distinct().Count() != 2) Wrong($"{what}: {ids.Distinct().Count()} of 2 mails were sent");
                        if (again > (failure.Writes.Contains(n) && !isAfter ? 1 : 0)) Wrong($"{what}: {again} mails were sent twice");
                        twice += again;
                    }
                    catch (Exception failed) { Wrong($"{what}: {failed.Message.ReplaceLineEndings(" ")}"); }
                }
        }
        return new Line($"{workers} background workers, each call of a turn of theirs to the store fails once, before it is done or with its answer lost: {failures} failures",
            "The worker goes on at its next turn; what was due is done, and written down once; no mail is lost, and one is sent twice only when its mark as sent was not written",
            broken.Count > 0 ? $"{broken.Count} broken: {broken[0]}" : string.Create(CultureInfo.InvariantCulture, $"{calls} calls; all done; {twice} mails sent twice, under the same Message-ID; {clock.Elapsed.TotalSeconds:F0} s"), broken.Count == 0 && failures > calls / 2);

        void Wrong(string what)
        {
            broken.Add(what);
            Console.Error.WriteLine(what);
        }

        // Something is due, a turn that feels the failure, and turns without it until nothing is left; what the journals say of it.
        async Task<(Failure Failure, string Entries)> Turns(BackgroundWork work, Failure failure)
        {
            var left = await work.Give(house);
            if (await left() == 0) throw new InvalidOperationException("There is nothing to do.");
            var (before, worker) = (await Entries(), work.Of(app));
            foreach (var memory in app.Services.GetServices<ITenantMemory>()) memory.Forget(house.Scope.Tenant); // what it spares must be able to fail as well
            await Within(failure, () => worker.TakeTurn(default));
            for (var waited = Stopwatch.StartNew(); await left() > 0; await worker.TakeTurn(default))
            {
                if (waited.Elapsed > Longest) throw new TimeoutException("It is never done.");
                app.Clock.Advance(Later);
                if (waited.Elapsed > TimeSpan.FromSeconds(1)) await Task.Delay(200);
            }
            var after = await Entries();
            return (failure, string.Join(", ", after.Where(a => a.Value != before.GetValueOrDefault(a.Key)).OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key} {a.Value - before.GetValueOrDefault(a.Key):+0;-0}")));
        }

        static async Task Within(Failure failure, Func<Task> turn)
        {
            FailingStore.Current = failure; // up to the end of this method
            await turn();
        }

        Task<Dictionary<string, long>> Entries() => app.Services.GetRequiredService<IStore>().Query(sql =>
            sql.Query("select what, count(*) from entries where what <> 'room.viewed' group by what", r => (r.Text(0), r.Number(1))).ToDictionary(e => e.Item1, e => e.Item2));
    }
}
