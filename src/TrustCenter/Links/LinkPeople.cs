using System.Globalization;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;

namespace TrustCenter.Links;

/// <summary>Who may open the link from now on. Whoever is left out is out at once: the gate asks the link at every request and in running downloads (ABUSE T-018).</summary>
public sealed record ChangeLinkPeople : Command<ShareLink>
{
    public required IReadOnlyList<Guid> Keep { get; init; } // personal records that stay
    public required IReadOnlyList<PersonalRecord> Add { get; init; }
    public required IReadOnlyList<string> Domains { get; init; } // normalised, as the list is from now on

    public override Decision<ShareLink> Decide(ShareLink? link, Actor by, DateTimeOffset now)
    {
        if (link is null) return Decision<ShareLink>.Missing;
        if (!link.IsOpen(now)) return Decision<ShareLink>.Refuse("", link.Revoked is null ? "This link is over. Prolong it first, or make a new one." : "This link was revoked. Make a new one.");
        var kept = link.People.Where(p => Keep.Contains(p.Id)).ToList();
        var added = Add.Where(a => kept.All(k => k.Lookup != Convert.ToHexStringLower(a.Lookup))).DistinctBy(a => Convert.ToHexStringLower(a.Lookup)).ToList();
        var next = link with { People = [.. kept, .. added.Select(a => new Person(a.Id, Convert.ToHexStringLower(a.Lookup)))], Domains = [.. Domains.Distinct()] };
        if (next.PeopleProblems().ToList() is { Count: > 0 } problems) return Decision<ShareLink>.Refuse(problems);
        Fact[] facts =
        [
            new("removed", (link.People.Count - kept.Count).ToString(CultureInfo.InvariantCulture)), new("added", added.Count.ToString(CultureInfo.InvariantCulture)), new("domains", string.Join(",", next.Domains)),
        ];
        return new(new Outcome.Done()) { State = next, Personal = added, Happenings = [new Happening("link.people_changed", facts) { Personal = added }] };
    }
}

/// <summary>Lets more in; everybody who is on the list by then stays.</summary>
public sealed record AdmitToLink : Command<ShareLink>
{
    public required IReadOnlyList<PersonalRecord> People { get; init; }
    public required IReadOnlyList<string> Domains { get; init; } // normalised

    public override Decision<ShareLink> Decide(ShareLink? link, Actor by, DateTimeOffset now) => link is null ? Decision<ShareLink>.Missing
        : new ChangeLinkPeople { Id = Id, Keep = [.. link.People.Select(p => p.Id)], Add = People, Domains = [.. link.Domains, .. Domains] }.Decide(link, by, now);
}

/// <summary>Takes these off; everybody else who is on the list by then stays.</summary>
public sealed record TakeOffLink : Command<ShareLink>
{
    public required IReadOnlyList<string> Lookups { get; init; } // pseudonyms of addresses, hex
    public required IReadOnlyList<string> Domains { get; init; } // normalised

    public override Decision<ShareLink> Decide(ShareLink? link, Actor by, DateTimeOffset now) => link is null ? Decision<ShareLink>.Missing
        : new ChangeLinkPeople { Id = Id, Keep = [.. link.People.Where(p => !Lookups.Contains(p.Lookup)).Select(p => p.Id)], Add = [], Domains = [.. link.Domains.Except(Domains)] }.Decide(link, by, now);
}

/// <summary>People who were forgotten are on no list any more, not even by their pseudonyms.</summary>
public sealed record ForgetLinkPeople : Command<ShareLink>
{
    public required IReadOnlySet<Guid> People { get; init; }

    public override Decision<ShareLink> Decide(ShareLink? link, Actor by, DateTimeOffset now)
    {
        if (link is null) return Decision<ShareLink>.Missing;
        var next = link with { People = [.. link.People.Where(p => !People.Contains(p.Id))] };
        if (next.People.Count == link.People.Count) return new Outcome.Done();
        return new(new Outcome.Done()) { State = next, Happenings = [new Happening("link.people_forgotten", new Fact("removed", (link.People.Count - next.People.Count).ToString(CultureInfo.InvariantCulture)))] };
    }
}
