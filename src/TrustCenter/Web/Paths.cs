namespace TrustCenter.Web;

/// <summary>Every address of the product below its prefix, spelled once. The prefix is "" or begins with a slash and does not end in one.</summary>
public sealed class Paths(string prefix)
{
    public string Prefix => prefix;

    // Anybody, on the vendor's host
    public string Home => prefix + "/";
    public string Audience(string key) => $"{prefix}/for/{key}";
    public string Claim(Guid claim) => $"{prefix}/claims/{claim:D}";
    public string Difference(Guid claim, int from, int to) => $"{prefix}/claims/{claim:D}/differences/{from}/{to}";
    public string Documents => prefix + "/documents";
    public string File(Guid evidence, int version) => $"{prefix}/documents/{evidence:D}/versions/{version}";
    public string Subprocessors => prefix + "/subprocessors";
    public string Updates => prefix + "/updates";
    public string Search => prefix + "/search";
    public string Check => prefix + "/check";
    public string Publications => prefix + "/publications.jsonl";
    public string Json => prefix + "/trust.json";
    public string Logo => prefix + "/logo.svg";

    // Prospects, on the vendor's host
    public string Share(string token) => $"{prefix}/s/{token}";
    public string Room(Guid visit) => $"{prefix}/room/{visit:D}";
    public string CodeTries(Guid visit) => $"{prefix}/room/{visit:D}/code-tries";
    public string Acceptances(Guid visit) => $"{prefix}/room/{visit:D}/acceptances";
    public string Downloads(Guid visit) => $"{prefix}/room/{visit:D}/downloads";
    public string Download(Guid visit, Guid access) => $"{prefix}/room/{visit:D}/downloads/{access:D}";
    public string NextSteps(Guid visit) => $"{prefix}/room/{visit:D}/next-steps";

    // Staff, on the platform's host
    public string Today => prefix + "/console";
    public string SignIn => prefix + "/console/sign-in";
    public string Sessions => prefix + "/console/sessions";
    public string SessionEnds => prefix + "/console/session-ends";
    public string ConsoleClaims => prefix + "/console/claims";
    public string NewClaim => prefix + "/console/claims/new";
    public string ConsoleClaim(Guid claim) => $"{prefix}/console/claims/{claim:D}";
    public string NewClaimPreviews => prefix + "/console/claims/previews";
    public string ClaimPreviews(Guid claim) => ConsoleClaim(claim) + "/previews";
    public string ClaimReview(Guid claim) => ConsoleClaim(claim) + "/review";
    public string ClaimApprovalRequests(Guid claim) => ConsoleClaim(claim) + "/approval-requests";
    public string ClaimPublications(Guid claim) => ConsoleClaim(claim) + "/publications";
    public string ClaimReturns(Guid claim) => ConsoleClaim(claim) + "/returns";
    public string ClaimWithdrawalRequests(Guid claim) => ConsoleClaim(claim) + "/withdrawal-requests";
    public string ConsoleEvidence => prefix + "/console/evidence";
    public string NewEvidence => prefix + "/console/evidence/new";
    public string ConsoleEvidenceDocument(Guid evidence) => $"{prefix}/console/evidence/{evidence:D}";
    public string EvidenceVersions(Guid evidence) => ConsoleEvidenceDocument(evidence) + "/versions";
    public string EvidenceFile(Guid evidence, string sha) => $"{ConsoleEvidenceDocument(evidence)}/files/{sha}";
    public string EvidencePublications(Guid evidence) => ConsoleEvidenceDocument(evidence) + "/publications";
    public string EvidenceReturns(Guid evidence) => ConsoleEvidenceDocument(evidence) + "/returns";
    public string Links => prefix + "/console/links";
    public string NewLink => prefix + "/console/links/new";
    public string Link(Guid link) => $"{prefix}/console/links/{link:D}";
    public string LinkView(Guid link) => Link(link) + "/view";
    public string Deals => prefix + "/console/deals";
    public string NewDeal => prefix + "/console/deals/new";
    public string Deal(Guid deal) => $"{prefix}/console/deals/{deal:D}";
    public string Journal => prefix + "/console/journal";
    public string Mailbox => prefix + "/mailbox";
}
