namespace TrustCenter.Web;

/// <summary>Every address of the product below its prefix, spelled once.</summary>
/// <param name="prefix">"", or begins with a slash and does not end in one.</param>
public sealed class Paths(string prefix)
{
    private bool isMapped;

    public string Prefix { get; private set; } = prefix;

    /// <summary>Where the routes lie is said when they are mapped, and once.</summary>
    /// <exception cref="InvalidOperationException">The trust center is mapped already.</exception>
    /// <exception cref="ArgumentException">Not "" or a path such as <c>/trust</c>.</exception>
    internal void Map(string prefix)
    {
        if (isMapped) throw new InvalidOperationException("The trust center is mapped already. Call MapTrustCenter once.");
        if (prefix.Length > 0 && (prefix[0] != '/' || prefix[^1] == '/' || prefix.Contains('{', StringComparison.Ordinal)))
            throw new ArgumentException($"The prefix “{prefix}” must be empty, or begin with a slash and not end in one, such as /trust.", nameof(prefix));
        (isMapped, Prefix) = (true, prefix);
    }

    // Anybody, on the vendor's host
    public string Home => Prefix + "/";
    public string Audience(string key) => $"{Prefix}/for/{key}";
    public string Claim(Guid claim) => $"{Prefix}/claims/{claim:D}";
    public string ClaimHistory(Guid claim) => $"{Prefix}/claims/{claim:D}/history.json";
    public string HomeIn(string language) => $"{Prefix}/{language}/";
    public string AudienceIn(string language, string key) => $"{Prefix}/{language}/for/{key}";
    public string ClaimIn(string language, Guid claim) => $"{Prefix}/{language}/claims/{claim:D}";
    public string Difference(Guid claim, int from, int to) => $"{Prefix}/claims/{claim:D}/differences/{from}/{to}";
    public string Documents => Prefix + "/documents";
    public string Document(Guid evidence) => $"{Documents}#d-{evidence:N}";
    public string File(Guid evidence, int version) => $"{Prefix}/documents/{evidence:D}/versions/{version}";
    public string Subprocessors => Prefix + "/subprocessors";
    public string Updates => Prefix + "/updates";
    public string Feed => Prefix + "/updates.atom";
    public string Search => Prefix + "/search";
    public string Check => Prefix + "/check";
    public string Publications => Prefix + "/publications.jsonl";
    public string Json => Prefix + "/trust.json";
    public string Logo => Prefix + "/logo.svg";
    public string LogoPng => Prefix + "/logo.png";

    // Prospects, on the vendor's host
    public string Requests => Prefix + "/requests";
    public string RequestFor(Guid document) => $"{Requests}?document={document:D}";
    public string Request(Guid request) => $"{Requests}/{request:D}";
    public string RequestCodeTries(Guid request) => Request(request) + "/code-tries";
    public string Share(string token) => $"{Prefix}/s/{token}";
    public string Room(Guid visit) => $"{Prefix}/room/{visit:D}";
    public string CodeTries(Guid visit) => $"{Prefix}/room/{visit:D}/code-tries";
    public string Acceptances(Guid visit) => $"{Prefix}/room/{visit:D}/acceptances";
    public string Downloads(Guid visit) => $"{Prefix}/room/{visit:D}/downloads";
    public string Download(Guid visit, Guid access) => $"{Prefix}/room/{visit:D}/downloads/{access:D}";
    public string NextSteps(Guid visit) => $"{Prefix}/room/{visit:D}/next-steps";

    // Staff, on the platform's host
    public string Today => Prefix + "/console";
    public string SignIn => Prefix + "/console/sign-in";
    public string Sessions => Prefix + "/console/sessions";
    public string SessionEnds => Prefix + "/console/session-ends";
    public string SignIns => Prefix + "/console/sign-ins";
    public string ProviderSignIns => Prefix + "/console/sign-in/providers";
    public string SignInStep => Prefix + "/console/sign-in/step";
    public string SignInCodeTries => Prefix + "/console/sign-in/code-tries";
    public string VendorChoices => Prefix + "/console/sign-in/vendor-choices";
    public string Enrolments => Prefix + "/console/sign-in/enrolments";
    public string AuthenticatorTries => Prefix + "/console/sign-in/authenticator-tries";
    public string RecoveryCodes => Prefix + "/console/sign-in/recovery-codes";
    public string Setup => Prefix + "/console/setup";
    public string Invitation(string token) => $"{Prefix}/console/invitations/{token}";
    public string Account => Prefix + "/console/account";
    public string AccountSessionEnds => Prefix + "/console/account/session-ends";
    public string AccountRecoveryCodes => Prefix + "/console/account/recovery-codes";
    public string Staff => Prefix + "/console/staff";
    public string NewStaff => Prefix + "/console/staff/new";
    public string StaffRoles => Prefix + "/console/staff/roles";
    public string StaffMember(Guid member) => $"{Prefix}/console/staff/{member:D}";
    public string MemberRoles(Guid member) => StaffMember(member) + "/roles";
    public string MemberRemovals(Guid member) => StaffMember(member) + "/removals";
    public string MemberInvitations(Guid member) => StaffMember(member) + "/invitations";
    public string MemberReturns(Guid member) => StaffMember(member) + "/returns";
    public string ConsoleClaims => Prefix + "/console/claims";
    public string NewClaim => Prefix + "/console/claims/new";
    public string ConsoleClaim(Guid claim) => $"{Prefix}/console/claims/{claim:D}";
    public string NewClaimPreviews => Prefix + "/console/claims/previews";
    public string ClaimPreviews(Guid claim) => ConsoleClaim(claim) + "/previews";
    public string ClaimReview(Guid claim) => ConsoleClaim(claim) + "/review";
    public string ClaimApprovalRequests(Guid claim) => ConsoleClaim(claim) + "/approval-requests";
    public string ClaimPublications(Guid claim) => ConsoleClaim(claim) + "/publications";
    public string ClaimReturns(Guid claim) => ConsoleClaim(claim) + "/returns";
    public string ClaimWithdrawalRequests(Guid claim) => ConsoleClaim(claim) + "/withdrawal-requests";
    public string ClaimSchedules(Guid claim) => ConsoleClaim(claim) + "/schedules";
    public string ClaimScheduleEnds(Guid claim) => ConsoleClaim(claim) + "/schedule-ends";
    public string ClaimComments(Guid claim) => ConsoleClaim(claim) + "/comments";
    public string ClaimDraft(Guid claim) => ConsoleClaim(claim) + "/draft";
    public string ClaimDraftHome(Guid claim) => ConsoleClaim(claim) + "/draft/home";
    public string ClaimTranslation(Guid claim, string language) => $"{ConsoleClaim(claim)}/translations/{language}";
    public string ClaimTranslationPublications(Guid claim, string language) => ClaimTranslation(claim, language) + "/publications";
    public string ClaimTranslationReturns(Guid claim, string language) => ClaimTranslation(claim, language) + "/returns";
    public string ClaimsAsOf => Prefix + "/console/claims/as-of";
    public string BatchPublications => Prefix + "/console/claims/publications";
    public string NewBatchPublication => Prefix + "/console/claims/publications/new";
    public string BatchChecks => Prefix + "/console/claims/checks";
    public string NewBatchCheck => Prefix + "/console/claims/checks/new";
    public string ClaimBatch(Guid batch) => $"{Prefix}/console/claims/batches/{batch:D}";
    public string ConsoleEvidence => Prefix + "/console/evidence";
    public string NewEvidence => Prefix + "/console/evidence/new";
    public string ConsoleEvidenceDocument(Guid evidence) => $"{Prefix}/console/evidence/{evidence:D}";
    public string EvidenceVersions(Guid evidence) => ConsoleEvidenceDocument(evidence) + "/versions";
    public string EvidenceFile(Guid evidence, string sha) => $"{ConsoleEvidenceDocument(evidence)}/files/{sha}";
    public string EvidencePublications(Guid evidence) => ConsoleEvidenceDocument(evidence) + "/publications";
    public string EvidenceMetadataRemovals(Guid evidence) => ConsoleEvidenceDocument(evidence) + "/metadata-removals";
    public string EvidenceWithdrawalRequests(Guid evidence) => ConsoleEvidenceDocument(evidence) + "/withdrawal-requests";
    public string EvidenceWithdrawals(Guid evidence) => ConsoleEvidenceDocument(evidence) + "/withdrawals";
    public string EvidenceWithdrawalReturns(Guid evidence) => ConsoleEvidenceDocument(evidence) + "/withdrawal-returns";
    public string EvidenceReturns(Guid evidence) => ConsoleEvidenceDocument(evidence) + "/returns";
    public string Links => Prefix + "/console/links";
    public string NewLink => Prefix + "/console/links/new";
    public string Link(Guid link) => $"{Prefix}/console/links/{link:D}";
    public string ConsoleAgreement => Prefix + "/console/agreement";
    public string AgreementVersions => ConsoleAgreement + "/versions";
    public string AgreementVersion(int version) => $"{ConsoleAgreement}/versions/{version}";
    public string AgreementPreviews => ConsoleAgreement + "/previews";
    public string LinkView(Guid link) => Link(link) + "/view";
    public string ConsoleRequests => Prefix + "/console/requests";
    public string ConsoleRequest(Guid request) => $"{Prefix}/console/requests/{request:D}";
    public string RequestAnswers(Guid request) => ConsoleRequest(request) + "/answers";
    public string Deals => Prefix + "/console/deals";
    public string NewDeal => Prefix + "/console/deals/new";
    public string Deal(Guid deal) => $"{Prefix}/console/deals/{deal:D}";
    public string Imports => Prefix + "/console/imports";
    public string Import(Guid import) => $"{Prefix}/console/imports/{import:D}";
    public string ImportMappings(Guid import) => Import(import) + "/mappings";
    public string ImportRuns(Guid import) => Import(import) + "/runs";
    public string ImportWithdrawals(Guid import) => Import(import) + "/withdrawals";
    public string ImportReport(Guid import) => Import(import) + "/report";
    public string Journal => Prefix + "/console/journal";
    public string Mailbox => Prefix + "/mailbox";
    public string ApiKeys => Prefix + "/console/api-keys";
    public string NewApiKey => Prefix + "/console/api-keys/new";
    public string ApiKey(Guid key) => $"{Prefix}/console/api-keys/{key:D}";

    // Programs, on the platform's host
    public string Api => Prefix + "/api/v1";
    public string OpenApi => Prefix + "/openapi/v1.json";
    public string LinkApprovals => Prefix + "/console/link-approvals";
    public string LinkApproval(Guid link) => $"{Prefix}/console/links/{link:D}/approvals";

    // The platform's operator, on the platform's host
    public string Operator => Prefix + "/operator";
    public string OperatorSignIn => Prefix + "/operator/sign-in";
    public string OperatorSessions => Prefix + "/operator/sessions";
    public string OperatorSessionEnds => Prefix + "/operator/session-ends";
    public string OperatorJournal => Prefix + "/operator/journal";
    public string OperatorCheckpoints => Prefix + "/operator/checkpoints.txt";
    public string Backups => Prefix + "/operator/backups";
    public string Tenants => Prefix + "/operator/tenants";
    public string NewTenant => Prefix + "/operator/tenants/new";
    public string Tenant(Guid tenant) => $"{Prefix}/operator/tenants/{tenant:D}";
}
