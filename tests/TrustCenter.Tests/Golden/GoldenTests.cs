using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Agreements;
using TrustCenter.Api;
using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Links;
using TrustCenter.Prospects;
using TrustCenter.Staff;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Golden;

/// <summary>
/// Old bytes still read. Each file is a state as it was stored; it is never edited, a new format gets a new file beside it.
/// </summary>
[Trait("Case", "T-134")]
public sealed class GoldenTests
{
    [Fact]
    public void A_claim_reads_as_it_was_stored() => Holds("claim-1.json", GoldenStates.Claim);

    [Fact]
    public void A_claim_with_translations_comments_and_an_hour_reads_as_it_was_stored() => Holds("claim-2.json", GoldenStates.ClaimWithTongues);

    [Fact]
    public void An_act_on_several_claims_reads_as_it_was_stored() => Holds("claim_batch-1.json", GoldenStates.Batch);

    [Fact]
    public void An_evidence_document_reads_as_it_was_stored() => Holds("evidence-1.json", GoldenStates.Evidence);

    [Fact]
    public void A_link_reads_as_it_was_stored() => Holds("link-1.json", GoldenStates.Link);

    [Fact]
    public void A_visit_reads_as_it_was_stored() => Holds("visit-1.json", GoldenStates.Visit);

    [Fact]
    public void A_link_that_was_asked_for_reads_as_it_was_stored() => Holds("link-2.json", GoldenStates.AskedLink);

    [Fact]
    public void A_link_with_a_summary_reads_as_it_was_stored() => Holds("link-3.json", GoldenStates.SummaryLink);

    [Fact]
    public void A_page_of_a_room_reads_as_it_was_stored() => Holds("room_template-1.json", GoldenStates.RoomTemplate);

    [Fact]
    public void An_access_request_reads_as_it_was_stored() => Holds("request-1.json", GoldenStates.Request);

    [Fact]
    public void An_agreement_reads_as_it_was_stored() => Holds("agreement-1.json", GoldenStates.Agreement);

    [Fact]
    public void A_deal_reads_as_it_was_stored() => Holds("deal-1.json", GoldenStates.Deal);

    [Fact]
    public void Withdrawn_evidence_reads_as_it_was_stored() => Holds("evidence-2.json", GoldenStates.WithdrawnEvidence);

    [Fact]
    public void A_vendor_reads_as_it_was_stored() => Holds("vendor-1.json", GoldenStates.Vendor);

    [Fact]
    public void A_list_of_subprocessors_reads_as_it_was_stored() => Holds("subprocessors-1.json", GoldenStates.Subprocessors);

    [Fact]
    public void A_proposed_list_of_subprocessors_reads_as_it_was_stored() => Holds("subprocessors-2.json", GoldenStates.ProposedSubprocessors);

    [Fact]
    public void Settings_read_as_they_were_stored() => Holds("settings-1.json", GoldenStates.Settings);

    [Fact]
    public void Host_names_read_as_they_were_stored() => Holds("hostnames-1.json", GoldenStates.Hosts);

    [Fact]
    public void A_visit_that_was_shown_a_notice_reads_as_it_was_stored() => Holds("visit-2.json", GoldenStates.ForgottenVisit);

    [Fact]
    public void A_vendor_with_languages_reads_as_it_was_stored() => Holds("vendor-2.json", GoldenStates.Vendor with { Languages = ["en", "pt-BR"] });

    [Fact]
    public void A_staff_member_reads_as_it_was_stored() => Holds("staff-1.json", GoldenStates.Staff);

    [Fact]
    public void An_API_key_reads_as_it_was_stored() => Holds("api_key-1.json", GoldenStates.ApiKey);

    [Fact]
    public void Staff_with_a_sign_in_reads_as_it_was_stored() => Holds("staff-2.json", GoldenSignIns.Staff);

    [Fact]
    public void Staff_of_a_provider_reads_as_it_was_stored() => Holds("staff-3.json", GoldenSignIns.StaffOfProvider);

    [Fact]
    public void A_session_at_a_provider_reads_as_it_was_stored() => Holds("provider_session-1.json", GoldenSignIns.Session);

    [Fact]
    public void An_answer_of_a_provider_reads_as_it_was_stored() => Holds("provider_answer-1.json", GoldenSignIns.Answer);

    [Fact]
    public void Settings_without_mailed_codes_read_as_they_were_stored() => Holds("settings-2.json", GoldenStates.Settings with { MailedCodesOff = true });

    [Fact]
    public void A_sign_in_reads_as_it_was_stored() => Holds("sign_in-1.json", GoldenSignIns.Attempt);

    [Fact]
    public void The_admins_read_as_they_were_stored() => Holds("admins-1.json", GoldenSignIns.Admins);

    [Fact]
    public void The_setup_reads_as_it_was_stored() => Holds("setup-1.json", GoldenSignIns.Setup);

    [Fact]
    public void An_import_reads_as_it_was_stored() => Holds("import-1.json", GoldenStates.Import);

    [Fact]
    public void A_remembered_mapping_reads_as_it_was_stored() => Holds("import_mapping-1.json", GoldenStates.Mapping);

    [Fact]
    public void A_tenancy_reads_as_it_was_stored() => Holds("tenancy-1.json", GoldenStates.Tenancy);

    [Fact]
    public void A_suspension_of_links_reads_as_it_was_stored() => Holds("link-suspension-1.json", GoldenStates.LinkSuspension);

    [Fact]
    public void The_operators_entrance_reads_as_it_was_stored() => Holds("operator-entrance-1.json", GoldenStates.OperatorEntrance);

    [Fact]
    public void The_list_of_backups_reads_as_it_was_stored() => Holds("backups-1.json", GoldenStates.Backups);

    [Fact]
    public void Every_kind_of_state_has_a_golden_file()
    {
        var kinds = typeof(Claim).Assembly.GetTypes()
            .Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IState<>) && i.GenericTypeArguments[0] == t) && !t.IsAbstract)
            .Select(t => (string)typeof(GoldenTests).GetMethod(nameof(KindOf), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(t).Invoke(null, null)!).ToList();

        kinds.Count.ShouldBeGreaterThan(8);
        kinds.ShouldBeUnique();
        kinds.ShouldAllBe(kind => kind.Length <= 20 && File.Exists(PathOf(kind + "-1.json")));
    }

    private static string KindOf<TState>() where TState : class, IState<TState> => TState.Kind;

    // Records with lists compare by reference: two states are the same when they are stored the same.
    private static void Holds<TState>(string file, TState expected) where TState : class, IState<TState>
    {
        if (!File.Exists(PathOf(file)))
        {
            File.WriteAllText(PathOf(file), Text(expected, TState.Json) + "\n");
            Assert.Fail($"{file} was not there and has been written: read it, then commit it.");
        }
        var stored = File.ReadAllBytes(PathOf(file)).AsSpan().TrimEnd("\n"u8).ToArray();

        var read = JsonSerializer.Deserialize(stored, TState.Json).ShouldNotBeNull();

        Text(read, TState.Json).ShouldBe(Text(expected, TState.Json), "what was read is not what had been stored");
        Text(read, TState.Json).ShouldBe(Encoding.UTF8.GetString(stored), "the format changed: the same state is stored in other bytes");
    }

    private static string Text<TState>(TState state, JsonTypeInfo<TState> json) => JsonSerializer.Serialize(state, json);

    private static string PathOf(string file) => SourceTree.Folder("tests", "TrustCenter.Tests", "Golden", file);
}
