using TrustCenter.Web;

namespace TrustCenter.Evidence;

public static class EvidenceEndpoints
{
    public static void MapEvidence(this RouteGroupBuilder console) { }
}
