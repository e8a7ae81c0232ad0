using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Prospects;
using TrustCenter.Staff;
using TrustCenter.Staff.SignIn;
using TrustCenter.Store;
using TrustCenter.Tests.Operation;
using TrustCenter.Tests.Staff;
using TrustCenter.Web;

namespace TrustCenter.Tests.Isolation;

/// <summary>Every act, and every refusal that tells of an attack, is one entry with who, what, when and whose; without its entry nothing is done.</summary>
[Collection(StageGroup.Name)]
[Trait("Case", "T-090")]
public sealed class SecurityEventTests(Stage stage)
{
    /// <summary>What each route that changes something writes. Some write a second entry of another kind.</summary>
    private static readonly (string What, string Routes)[] Table =
    [
        ("visit.asked", "AskCode"), ("visit.proven", "TryCode"), ("agreement.accepted", "AcceptAgreement"), ("document.accessed", "StartDownload"), ("next_step.followed", "FollowNextStep"),
        ("request.asked", "AskAccess"), ("request.proven", "TryRequestCode"), ("request.answered", "AnswerRequest"),
        ("sign_in.refused", "AskSignIn"), ("sign_in.proven", "TrySignInCode"), ("sign_in.begun", "AcceptInvitation"), ("staff.signed_in", "EnrolAuthenticator TryAuthenticator"),
        ("staff.invited", "InviteMember"), ("staff.invited_again", "InviteMemberAgain"), ("staff.roles_changed", "ChangeRoles"), ("staff.removed", "RemoveMember"), ("staff.readmitted", "ReadmitMember"),
        ("operator.signed_in", "BeginOperatorSession"), ("operator.signed_out", "EndOperatorSession"), ("tenant.created", "CreateTenant"), ("tenant.suspended", "SuspendTenant"), ("tenant.deletion_asked", "DeleteTenant"),
        ("journal.exported", "ExportJournal ExportOperatorJournal/api exportJournal"), ("deals.exported", "ExportDeals"),
        ("key.made", "MakeApiKey"), ("key.revoked", "RevokeApiKey"),
        ("link.created", "CreateLink/api createLink"), ("link.revoked", "RevokeLink/api revokeLink"), ("link.prolonged", "ProlongLink/api prolongLink"), ("link.people_changed", "ChangeLinkPeople/api addGrants/api removeGrants"),
        ("deal.recorded", "RecordDeal/api createDeal"), ("deal.changed", "ChangeDeal/api changeDeal"),
        ("claim.drafted", "CreateClaim SaveClaim/api createClaim/api saveClaimDraft"), ("claim.approval_asked", "AskClaimApproval/api askClaimApproval"), ("claim.withdrawal_asked", "AskClaimWithdrawal/api askClaimWithdrawal"),
        ("claim.published", "PublishClaim/api publishClaim"), ("claim.returned", "ReturnClaim/api returnClaim"), ("claim.scheduled", "ScheduleClaim/api scheduleClaim"),
        ("claim.schedule_cancelled", "CancelClaimSchedule/api endClaimSchedule"), ("claim.commented", "CommentClaim/api commentClaim"), ("claims.batch_begun", "PublishClaims CheckClaims/api publishClaims/api checkClaims"),
        ("claim.translation_drafted", "SaveClaimTranslation"), ("claim.translation_asked", "api saveClaimTranslation"), ("claim.translated", "PublishClaimTranslation/api publishClaimTranslation"), ("claim.translation_returned", "ReturnClaimTranslation/api returnClaimTranslation"),
        ("evidence.uploaded", "CreateEvidence AddEvidenceVersion/api createEvidence/api addEvidenceVersion"), ("evidence.published", "PublishEvidence/api publishEvidence"), ("evidence.returned", "ReturnEvidence/api returnEvidence"), ("evidence.withdrawal_asked", "AskEvidenceWithdrawal/api askEvidenceWithdrawal"), ("evidence.withdrawn", "WithdrawEvidence/api withdrawEvidence"), ("evidence.withdrawal_declined", "DeclineEvidenceWithdrawal/api declineEvidenceWithdrawal"), ("evidence.cleaned", "CleanEvidence/api removeEvidenceMetadata"),
        ("agreement.published", "PublishAgreement/api publishAgreement"),
        ("import.brought", "BringTable/api createImport"), ("import.begun", "BeginImport/api beginImport"), ("import.withdrawn", "WithdrawImport/api withdrawImport"),
        ("hostname.asked", "SetHosts"), ("hostname.removed", "RemoveHost"), ("hostname.chosen", "ChooseHost"),
        ("settings.hours_set", "SetHours/api setHours"), ("settings.mailed_codes_set", "SetSignIn"), ("settings.defaults_set", "SetDefaults/api setDefaults"), ("settings.retention_set", "SetRetention/api setRetention"), ("settings.notice_published", "SetNotice/api publishNotice"),
        ("subprocessors.proposed", "AddSubprocessor ChangeSubprocessor/api addSubprocessor/api changeSubprocessor"), ("subprocessors.dropped", "DropSubprocessors/api dropSubprocessorProposal"),
        ("subprocessors.published", "PublishSubprocessors/api publishSubprocessors"), ("subprocessors.returned", "ReturnSubprocessors/api returnSubprocessors"),
    ];

    /// <summary>What their rows do changes nothing that is anybody's; where a real act of theirs does, <see cref="More"/> or the named tests have it.</summary>
    private static readonly string[] Silent =
    [
        "PreviewNewClaim", "PreviewClaim", "PreviewAgreement", "PreviewBrand", "PreviewNotice", "BeginSession", "EndSession", "ChooseVendor", "BeginProviderSignIn", // nothing is decided yet, or in the demo alone
        "SetBrand", "SetScope", "SetTopics", "SetAudiences", "api setBrand", "api setScope", "api setTopics", "api setAudiences", // what stands, sent again
        "EndOwnSessions", "RenewRecoveryCodes", // a persona of the demo has none; TeamTests
        "ApproveLink", "ApproveAllLinks", "api approveLink", "api approveAllLinks", "BackUp", // BackupTests
        "MapImport", "api mapImport", // the look at the table that follows is told when it has ended
        "CheckHost", "ResumeTenant", "MakeFirstAdmin", "SetErasures", // HostNameTests, below, SetupTests, ForgettingTests
    ];

    private static readonly IReadOnlyList<(string Route, string What)> Acts = [.. Table.SelectMany(t => t.Routes.Split('/').SelectMany(part => part.StartsWith("api ", StringComparison.Ordinal) ? [part] : part.Split(' ')).Select(route => (route, t.What)))];

    [Fact]
    public void Every_route_that_changes_something_says_which_entry_it_writes()
        => stage.Routes.Where(r => r.Changes).Select(r => r.Name).Order(StringComparer.Ordinal).ShouldBe(Acts.Select(a => a.Route).Concat(Silent).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_act_is_one_entry()
    {
        foreach (var (route, what) in Acts) await Once(route, what, await Own(route));
    }

    [Fact]
    public async Task Every_refusal_that_tells_of_an_attack_and_every_lock_is_one_entry()
    {
        foreach (var (route, what, make) in More) await Once(route, what, await make(stage));
    }

    [Fact]
    public async Task An_act_whose_entry_cannot_be_written_is_not_done()
    {
        foreach (var (route, _) in Acts)
        {
            var call = await Own(route);
            var before = await Marks();
            Answer answer;
            await Sql("create trigger no_entry before insert on entries begin select raise(abort, 'no entry'); end");
            try { answer = await call.Send(stage.Routes.Single(r => r.Name == route)); }
            finally { await Sql("drop trigger no_entry"); }
            answer.Status.ShouldBe(503, route);
            (await Marks()).ShouldBe(before, route);
        }
    }

    private static IReadOnlyList<(string Route, string What, Func<Stage, Task<Call>> Make)> More =>
    [
        ("AskCode", "visit.refused", async s => (await Rows.Of("AskCode").Own(s)).With("email", $"p{Guid.NewGuid():N}@elsewhere.example")),
        ("TryCode", "visit.code_wrong", s => Wrong(s, "TryCode")), ("TryCode", "visit.code_burnt", s => Wrong(s, "TryCode", MailedCode.MostTries)),
        ("TryRequestCode", "request.code_wrong", s => Wrong(s, "TryRequestCode")), ("TryRequestCode", "request.code_burnt", s => Wrong(s, "TryRequestCode", MailedCode.MostTries)),
        ("TrySignInCode", "sign_in.code_wrong", s => Wrong(s, "TrySignInCode")), ("TrySignInCode", "sign_in.code_burnt", s => Wrong(s, "TrySignInCode", MailedCode.MostTries)),
        ("TryAuthenticator", "staff.sign_in_failed", s => Wrong(s, "TryAuthenticator")), ("TryAuthenticator", "staff.sign_in_locked", s => Wrong(s, "TryAuthenticator", TrustCenter.Staff.SignIn.TryAuthenticator.MostTries)),
        ("AskSignIn", "sign_in.asked", async s => (await Rows.Of("AskSignIn").Own(s)).With("email", await SignInRows.Invited(s, s.A))),
        ("BeginOperatorSession", "operator.code_wrong", async s => (await Rows.Of("BeginOperatorSession").Own(s)).With("code", "0000-0000-0000-0000")),
        ("ResumeTenant", "tenant.resumed", async s =>
        {
            var call = await Rows.Of("ResumeTenant").Own(s);
            (await OperatorDesk.Change(call.By, Guid.Parse(call.Values["tenant"]), "suspensions")).Status.ShouldBe(303);
            return call;
        }),
        ("SetBrand", "vendor.published", async s => (await Rows.Of("SetBrand").Own(s)).With("tagline", $"We say {Guid.NewGuid():N}.")),
        ("PublishClaim", "claim.withdrawn", async s =>
        {
            var claim = await ClaimRows.Published(s);
            await s.A.Decide(claim, new TrustCenter.Claims.ProposeClaimWithdrawal { Id = Guid.NewGuid(), Reason = "It ended." }, s.A.StaffId(Role.Editor));
            var browser = await s.Staff(Role.Approver);
            return new Call(browser, ClaimRows.Values(claim)) { Form = Browser.FormOf(await browser.Get($"/console/claims/{claim}/review"), $"/console/claims/{claim}/publications").Fields };
        }),
    ];

    // The last of so many wrong tries.
    private static async Task<Call> Wrong(Stage stage, string route, int tries = 1)
    {
        var call = (await Rows.Of(route).Own(stage)).With("code", "000000"); // the same code twice is one try
        for (var n = 1; n < tries; n++) await call.With("command", Guid.CreateVersion7().ToString()).With("code", $"00000{n}").Send(stage.Routes.Single(r => r.Name == route));
        return call.With("command", Guid.CreateVersion7().ToString());
    }

    private async Task<Call> Own(string route)
    {
        if (route is "DropSubprocessors" or "api dropSubprocessorProposal") await SubprocessorRows.Waiting(stage);
        return await Rows.Of(route).Own(stage);
    }

    private async Task Once(string route, string what, Call call)
    {
        var guard = stage.Routes.Single(r => r.Name == route).Guard!;
        var (before, begun) = (await Entries(), stage.App.Clock.GetUtcNow());
        var answer = await call.Send(stage.Routes.Single(r => r.Name == route));
        var entry = (await Entries()).Where(e => e.What == what && before.All(b => (b.Tenant, b.N) != (e.Tenant, e.N))).ShouldHaveSingleItem($"{route}: {what}, {answer.Status}");
        Micros.ToTime(entry.Utc).ShouldBeInRange(begun.AddMilliseconds(-1), stage.App.Clock.GetUtcNow(), route);
        string[] whose = guard.Reader switch { Reader.Prospect => ["prospect:"], Reader.Program => ["key:"], Reader.Staff => ["staff:"], Reader.Operator => ["operator:"], _ => ["staff:", "operator:", "system"] };
        whose.ShouldContain(w => entry.Actor.StartsWith(w, StringComparison.Ordinal), $"{route} by {entry.Actor}");
        Guid[] tenants = guard.Reader == Reader.Operator || route is "BeginOperatorSession" or "AskSignIn" ? [TrustCenter.Tenants.Platform.Scope.Tenant, stage.A.Scope.Tenant] : [stage.A.Scope.Tenant, stage.B.Scope.Tenant];
        tenants.ShouldContain(entry.Tenant, route);
        entry.Subject.ShouldContain(':');
    }

    private Task<List<JournalEntry>> Entries()
        => stage.App.Services.GetRequiredService<IStore>().Query(sql => sql.Query("select body from entries where log = 'journal' order by rowid desc limit 200", r => EntryEncoding.Decode(r.Bytes(0))));

    // But for the bytes of an upload that nothing names: they are swept within a day.
    private async Task<string> Marks()
    {
        var marks = new List<string>();
        foreach (var scope in new[] { stage.A.Scope, stage.B.Scope, TrustCenter.Tenants.Platform.Scope }) marks.AddRange((await stage.Mark(scope)).Split(' ').Where((_, n) => n != Stage.ChunkMark));
        return string.Join(' ', marks);
    }

    private async Task Sql(string text)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(stage.App.Folder, "trustcenter.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }
}
