using System.Collections.Concurrent;
using System.Diagnostics;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Tests.Store;

namespace TrustCenter.Faults;

/// <summary>The whole database server is killed while two processes write to the same three vendors; they live on and send again. Now and then one of them is killed as well.</summary>
public static class DatabaseKills
{
    private const int LongestLife = 400; // milliseconds between the first acknowledgement and the kill

    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        var (kills, folder, clock, total, writerKills) = (stage.Times(5, 200), stage.NewFolder("data"), Stopwatch.StartNew(), 0L, 0);
        var keys = HostKeys.FromFolder(Path.Combine(folder, "keys"), mayCreate: true);
        var promises = new Promises(keys);
        var acknowledged = new ConcurrentQueue<Ack>();
        using var server = new PostgresServer();
        var database = server.Create();
        await using var store = new PostgresStore(database, keys);
        var synced = await store.Query(sql => sql.First("select current_setting('fsync') || current_setting('full_page_writes')", r => r.Text(0)));
        WriterProcess[] writers = [NewWriter(), NewWriter()];
        string? broken = null;
        try
        {
            for (var kill = 1; kill <= kills && broken is null; kill++)
            {
                await All();
                await Task.Delay(stage.Random.Next(LongestLife));
                if (kill % 4 == 0)
                {
                    writers[kill / 4 % 2].Kill();
                    writers[kill / 4 % 2].Dispose();
                    writerKills++;
                }
                server.Kill();
                server.Start();
                if (kill % 4 == 0) writers[kill / 4 % 2] = NewWriter();
                broken = await Check();
            }
            foreach (var writer in writers) await writer.End();
            broken ??= await Check() ?? await promises.BrokenInAll(store);
        }
        finally
        {
            foreach (var writer in writers) writer.Dispose();
        }
        return
        [
            new Line($"PostgreSQL is killed {kills} times (SIGKILL to all of it) under two processes that write for 3 vendors, and one of the processes {writerKills} times", "What was acknowledged is there, once; no half action, no gap",
                broken ?? $"{total:N0} acknowledged, {promises.Entries:N0} entries, {promises.Checks} checks, {clock.Elapsed.TotalSeconds:F0} s", broken is null && total > kills && synced == "onon"),
        ];

        WriterProcess NewWriter() => new([folder, database], acknowledged);

        // Both write again.
        async Task All()
        {
            foreach (var (writer, before) in writers.Select(w => (w, w.Count)).ToList()) await writer.Acknowledged(before + 1);
        }

        async Task<string?> Check()
        {
            var heard = new List<Ack>();
            while (acknowledged.TryDequeue(out var ack)) heard.Add(ack);
            total += heard.Count;
            return await promises.Broken(store, heard);
        }
    }
}
