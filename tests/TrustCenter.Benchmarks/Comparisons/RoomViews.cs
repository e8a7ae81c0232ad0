using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Prospects;
using TrustCenter.Rooms;
using TrustCenter.Store;

namespace TrustCenter.Benchmarks.Comparisons;

/// <summary>Recording views: a hundred readers who load their rooms a hundred times each, against a commit for each view and against the page itself.</summary>
public static class RoomViews
{
    private const int Readers = 100, Times = 100, Commits = 300;

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var data = await Seed.Northwind(stage);
        var (answers, scope, reader) = await Prepare(data);
        double page;
        using (var host = await Server.Host(PublicPage.Copy(data, stage.NewFolder("served"))))
            page = (await Interleaved.Measure(stage.Rounds, new Variant("room", () => Load.Run(host, reader.Room, stage.Seconds, ("Host", Seed.Host), ("Cookie", reader.Cookie)))))["room"];

        await using var app = Seed.Open(data);
        var (recorder, store, keys) = (app.Services.GetRequiredService<VisitRecorder>(), app.Services.GetRequiredService<IStore>(), app.Services.GetRequiredService<HostKeys>());
        await recorder.StartAsync(default);
        async Task<Sample> Recorded()
        {
            var before = Meter.CpuOfThis();
            for (var i = 0; i < Readers * Times; i++) recorder.Seen(scope, answers[i % Readers]);
            await Task.Delay(1_500); // longer than the recorder's pause
            return new Sample(Meter.CpuOfThis() - before, Readers * Times);
        }
        async Task<Sample> Committed()
        {
            var before = Meter.CpuOfThis();
            for (var i = 0; i < Commits; i++) await store.Commit(CommitOf(keys, scope, answers[i % Readers]), default);
            return new Sample(Meter.CpuOfThis() - before, Commits);
        }
        var each = await Interleaved.Measure(stage.Rounds, new("recorded", Recorded), new("committed", Committed));
        await recorder.StopAsync(default);
        return
        [
            Line.AtMost("of the room's CPU", 0.10, each["recorded"] / page, $"{Table.Number(each["recorded"])} µs of {Table.Number(page)} µs"),
            Line.AtLeast("times cheaper than a commit each", 30, each["committed"] / each["recorded"], $"{Table.Number(each["committed"])} µs; {Readers} readers, {Times} views each"),
            Line.AtMost("views lost", 0, recorder.Dropped),
        ];
    }

    private static async Task<(List<GateAnswer>, Scope, Reader)> Prepare(string data)
    {
        await using var app = Seed.Open(data);
        var scope = await Seed.Tenant(app.Services);
        var document = await Seed.Document(app.Services, scope, 2);
        var (link, _) = await Seed.Link(app.Services, scope, needsAgreement: false, document);
        var (answers, gate, last) = (new List<GateAnswer>(), app.Services.GetRequiredService<Gate>(), default(Reader));
        for (var i = 0; i < Readers; i++)
        {
            last = await Seed.Reader(app.Services, scope, link);
            answers.Add(await gate.Ask(scope, last.Visit, last.Cookie.Split('=', 2)[1], default));
        }
        return (answers, scope, last!);
    }

    private static Commit CommitOf(HostKeys keys, Scope scope, GateAnswer answer)
    {
        var (id, now) = (scope.Id<Visit>(answer.VisitId), DateTimeOffset.UtcNow);
        return new Commit
        {
            Tenant = scope.Tenant,
            Rows = [answer.Visit!.Touch(Guid.CreateVersion7(), id, now, "viewed the room")],
            Entries = [.. PendingEntry.From([new Happening("room.viewed", new Fact("link", answer.Visit.Link.ToString()), new Fact("person", answer.Visit.Person.ToString()))], Actor.Prospect(id.Key), id, now, keys.StateHash(id, 0, []))],
        };
    }
}
