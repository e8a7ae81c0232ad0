using TrustCenter.Web;

namespace TrustCenter.Journal;

public static class JournalEndpoints
{
    public static void MapJournal(this RouteGroupBuilder console) { }
}
