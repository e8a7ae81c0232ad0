using System.ComponentModel;
using TrustCenter.Links;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>Suspended: closed since the data was restored from a backup, until it is approved again.</summary>
public enum LinkState { Open, Over, Revoked, Suspended }

public enum GrantKind { Person, Domain }

public enum VisitStage { Asked, Proven, Accepted }

public sealed record LinkLineShape(Guid Id, string Account, LinkState State, DateTimeOffset Created, DateTimeOffset Expires,
    [property: Description("People who proved their address.")] int Visits, DateTimeOffset? LastTouch = null, Guid? Deal = null);

public sealed record LinkShape(Guid Id,
    [property: Description("What you send to the customer. Whoever has it can ask for a code; treat it as you treat a mail to them.")] string Address,
    string Account, LinkState State, Guid Owner, DateTimeOffset Created, DateTimeOffset Expires, IReadOnlyList<Guid> Documents, bool NeedsAgreement, bool HasSummary,
    DateTimeOffset? Revoked = null, Guid? Deal = null, NextStepShape? NextStep = null)
{
    internal static LinkState StateOf(DateTimeOffset? revoked, DateTimeOffset expires, DateTimeOffset now, bool stands) => revoked is not null ? LinkState.Revoked : expires <= now ? LinkState.Over : stands ? LinkState.Open : LinkState.Suspended;

    internal static LinkShape Of(Guid id, string address, ShareLink l, DateTimeOffset now, DateTimeOffset? suspended) => new(id, address, l.Account, StateOf(l.Revoked, l.Expires, now, l.Outlasts(suspended)), l.Owner, l.Created, l.Expires, l.Documents, l.NeedsAgreement, l.Summary is not null,
        l.Revoked, l.Deal, l.NextStep is { } step ? new NextStepShape(step.Label, step.Address) : null);
}

public sealed record NextStepShape([property: Description("The button, with a verb: Book a call.")] string Label, [property: Description("https:// or mailto:")] string Address);

public sealed record NewLinkShape(
    [property: Description("The company's name, as it stands on the summary.")] string Account,
    [property: Description("Their e-mail addresses, at most 50.")] IReadOnlyList<string>? People = null,
    [property: Description("Or anybody at these domains, at most 5.")] IReadOnlyList<string>? Domains = null,
    [property: Description("Ids of published documents, at most 30.")] IReadOnlyList<Guid>? Documents = null,
    [property: Description("The last day, at most 180 from now; absent: 30 days.")] DateOnly? Until = null,
    [property: Description("Whether they accept the agreement first; always, when a document is under agreement.")] bool Agreement = true,
    [property: Description("An open deal.")] Guid? Deal = null,
    NextStepShape? NextStep = null,
    [property: Description("Whether a PDF summary is made for this account.")] bool Summary = false)
{
    internal TypedForm ToForm() => FormOf.Fields(
    [
        ("account", [Account]), ("people", FormOf.Lines(People)), ("domains", FormOf.Lines(Domains)), ("documents", Documents?.Select(d => d.ToString("D"))), ("expires", FormOf.Day(Until)),
        ("agreement", FormOf.Yes(Agreement)), ("deal", FormOf.Text(Deal?.ToString("D"))), ("nextStepLabel", FormOf.Text(NextStep?.Label)), ("nextStepAddress", FormOf.Text(NextStep?.Address)), ("summary", FormOf.Yes(Summary)),
    ]);

    internal static string Name(string field) => field switch
    {
        "expires" => "until",
        "nextStepLabel" => "nextStep.label",
        "nextStepAddress" => "nextStep.address",
        _ => field,
    };
}

public sealed record ProlongationShape([property: Description("The new last day: later than the link's end, and within the vendor's rules from today.")] DateOnly Until);

/// <summary>What was made, prolonged or ended.</summary>
public sealed record MadeShape(Guid Id);

public sealed record GrantShape(GrantKind Kind, [property: Description("An e-mail address, or a domain. (forgotten) where the person was erased.")] string Value);

/// <summary>Who is let in from now on, or taken off.</summary>
public sealed record GrantsShape(
    [property: Description("E-mail addresses.")] IReadOnlyList<string>? People = null,
    [property: Description("Anybody at these domains. Sub-domains do not count.")] IReadOnlyList<string>? Domains = null)
{
    internal TypedForm ToForm() => FormOf.Fields([("people", FormOf.Lines(People)), ("domains", FormOf.Lines(Domains))]);
}

/// <summary>A link that waits to be approved again.</summary>
public sealed record SuspendedLinkShape(Guid Id, string Account, Guid Owner, DateTimeOffset Created, DateTimeOffset Expires);

public sealed record VisitShape(Guid Id, [property: Description("The e-mail address.")] string Person, VisitStage Stage, DateTimeOffset Asked, DateTimeOffset? Proven = null, DateTimeOffset? Accepted = null);

public sealed record TouchShape(Guid Id, DateTimeOffset At, Guid Link,
    [property: Description("What they did, in words.")] string What,
    [property: Description("The document or button, in words.")] string About,
    [property: Description("The e-mail address.")] string? Person = null, Guid? Deal = null, Guid? Visit = null, Guid? AboutId = null);
