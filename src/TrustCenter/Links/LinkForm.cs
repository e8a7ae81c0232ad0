using TrustCenter.Documents;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Keys;
using TrustCenter.Prospects;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Links;

/// <summary>A deal to share for, and a document to share.</summary>
public sealed record LinkChoices(IReadOnlyList<(Guid Id, string Text)> Deals, IReadOnlyList<(Guid Id, PublicEvidence Evidence, bool Unmarked)> Documents, bool HasAgreement, LinkRules Rules);

/// <summary>Reads the share form: every field with its rule, every reference looked up in the rep's own scope (ABUSE T-072).</summary>
public sealed class LinkForm(IEngine engine, IStore store, HostKeys keys, TimeProvider clock)
{
    public async Task<LinkChoices> Choices(Scope scope, CancellationToken stop)
    {
        var (deals, documents) = await store.Query(sql => (
            sql.Query("select id, account, product, stage from deal_rows where tenant = @tenant and outcome = 'Open' order by account limit 500", r => (r.Id(0), $"{r.Text(1)} · {r.Text(2)} · {r.Text(3)}"), ("@tenant", scope.Tenant)),
            sql.Query("select published from evidence_rows where tenant = @tenant and published is not null order by title", r => r.Text(0), ("@tenant", scope.Tenant))), stop);
        var evidence = new List<(Guid, PublicEvidence, bool)>();
        foreach (var json in documents)
        {
            var document = System.Text.Json.JsonSerializer.Deserialize(json, EvidenceJson.Default.PublicEvidence)!;
            if (document.Withdrawn is not null) continue;
            var state = await engine.Read<EvidenceDocument>(scope.Id<EvidenceDocument>(document.Id), stop);
            evidence.Add((document.Id, document, state?.Current?.MayGoUnmarked == true));
        }
        var agreement = await engine.Read<Agreements.Agreement>(scope.Id<Agreements.Agreement>(Agreements.Agreement.Only), stop);
        return new LinkChoices(deals, evidence, agreement?.Current is not null, (await engine.Settings(scope, stop)).Links);
    }

    /// <summary>The link and the personal records of its people; problems are added to the form.</summary>
    public (ShareLink Link, IReadOnlyList<PersonalRecord> People) Read(TypedForm form, ConsoleUser rep, LinkChoices choices, Guid id)
    {
        var people = People(form, rep.Scope);
        var documents = form.All("documents").Select(text => Guid.TryParse(text, out var document) ? document : Guid.Empty).Distinct().ToList();
        if (documents.Any(d => choices.Documents.All(c => c.Id != d))) form.Add("documents", "One of the documents is not published here. Choose from the list.");
        var underAgreement = choices.Documents.Any(c => documents.Contains(c.Id) && c.Evidence.Class == EvidenceClass.UnderAgreement);
        var needsAgreement = form["agreement"] == "yes" || underAgreement;
        if (needsAgreement && !choices.HasAgreement) form.Add("agreement", "There is no agreement to accept yet. Ask legal to publish one under Sharing, Agreement, or choose documents that need none.");
        var deal = form.Id("deal");
        if (form["deal"].Length > 0 && choices.Deals.All(d => d.Id != deal)) form.Add("deal", "This deal is not open here. Choose from the list.");
        var expires = form.Date("expires") is { } day ? EndOf(day, choices.Rules) : clock.GetUtcNow().AddDays(choices.Rules.DefaultDays);
        var step = form.Text("nextStepLabel").Length + form.Text("nextStepAddress").Length == 0 ? null : new NextStep(form.Text("nextStepLabel"), form.Text("nextStepAddress"));
        var link = new ShareLink
        {
            Account = form.Text("account"),
            People = [.. people.Select(p => new Person(p.Id, Convert.ToHexStringLower(p.Lookup)))],
            Domains = Domains(form),
            Documents = documents,
            Expires = expires,
            NeedsAgreement = needsAgreement,
            Deal = deal,
            NextStep = step,
            Owner = rep.Id,
            Created = clock.GetUtcNow(),
            TokenHash = ShareLink.HashOf(keys.LinkToken(rep.Scope.Tenant, id, 1)),
        };
        return (link, people);
    }

    /// <summary>The people and domains alone, for a link that stands already.</summary>
    public (IReadOnlyList<PersonalRecord> People, IReadOnlyList<string> Domains) ReadPeople(TypedForm form, Scope scope) => (People(form, scope), Domains(form));

    /// <summary>The later end of a link that stands already.</summary>
    public DateTimeOffset ReadEnd(TypedForm form, LinkRules rules)
    {
        if (form.Date("expires") is { } day) return EndOf(day, rules);
        if (form.Problems.Count == 0) form.Add("expires", "Say until which day.");
        return default;
    }

    // The last day that is allowed is allowed to the hour, though its evening lies beyond.
    internal DateTimeOffset EndOf(DateOnly day, LinkRules rules)
    {
        var (end, most) = (new DateTimeOffset(day.ToDateTime(new TimeOnly(23, 59, 59)), TimeSpan.Zero), clock.GetUtcNow().AddDays(rules.MostDays));
        return end > most && day == DateOnly.FromDateTime(most.UtcDateTime) ? most : end;
    }

    /// <summary>As the rep chose, or the one at hand.</summary>
    public static PaperFormat Paper(TypedForm form, Vendor vendor) => form.Word<PaperFormat>("paper") ?? SummaryWriter.PaperOf(vendor);

    private List<PersonalRecord> People(TypedForm form, Scope scope)
    {
        var people = new List<PersonalRecord>();
        foreach (var text in form.List("people"))
            if (EmailAddress.TryParse(text, out var address)) people.Add(PersonalRecord.Of(keys, scope.Tenant, PersonalRecord.Email, address.Value));
            else form.Add("people", $"“{text}” is not an e-mail address. Write one address a line.");
        return people;
    }

    private static List<string> Domains(TypedForm form)
    {
        var domains = new List<string>();
        foreach (var text in form.List("domains"))
            if (!EmailDomain.TryParse(text, out var domain)) form.Add("domains", $"“{text}” is not a domain. Write it like company.com.");
            else if (domain.IsFreeMail) form.Add("domains", $"Anybody can have an address at {domain.Value}. Name the people instead.");
            else domains.Add(domain.Value);
        return domains;
    }
}
