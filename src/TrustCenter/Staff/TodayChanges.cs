using TrustCenter.Journal;
using TrustCenter.Pages;
using TrustCenter.Store;

namespace TrustCenter.Staff;

/// <summary>What readers see that they did not see before; what came in one go is one line, so that an import does not bury the rest.</summary>
internal static class TodayChanges
{
    private const int Most = 10; // lines
    private const int LookBack = 300; // entries
    private const int Single = 3; // of one kind on one day that stand by themselves

    public static List<TodayChange> Read(Sql sql, ConsoleUser user)
    {
        var entries = sql.Query("select body from entries where tenant = @tenant and log = @log and what <> @compiled order by n desc limit @most", r => EntryEncoding.Decode(r.Bytes(0)),
            ("@tenant", user.Scope.Tenant), ("@log", JournalEntry.Publications), ("@compiled", PageCompiler.Published), ("@most", LookBack));
        return [.. entries.GroupBy(e => (DateOnly.FromDateTime(Micros.ToTime(e.Utc).UtcDateTime), e.What)).SelectMany(g => g.Count() <= Single ? g.Select(e => PublicationWords.Of(sql, user, e)) : [Together(user, [.. g])])
            .OrderByDescending(c => c.At).Take(Most)];
    }

    private static TodayChange Together(ConsoleUser user, IReadOnlyList<JournalEntry> entries)
    {
        var at = Micros.ToTime(entries[0].Utc);
        return entries[0].What switch
        {
            "claim.published" => new(at, $"{Words.Count(entries.Count, "claim was", "claims were")} published.", user.Paths.ConsoleClaims),
            "claim.withdrawn" => new(at, $"{Words.Count(entries.Count, "claim was", "claims were")} withdrawn.", user.Paths.ConsoleClaims),
            "evidence.published" => new(at, $"{Words.Count(entries.Count, "document was", "documents were")} published.", user.Paths.ConsoleEvidence),
            "subprocessors.published" => new(at, "The list of subprocessors was published several times.", null),
            var what => new(at, $"{Words.Count(entries.Count, "entry", "entries")} “{what.Replace('.', ' ').Replace('_', ' ')}”.", null),
        };
    }
}
