using System.Globalization;
using TrustCenter.Agreements;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Prospects;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Rooms;

/// <summary>
/// A link as one of its prospects sees it, for the staff who may read the link. The same components with the same data behind the same gate; no visit,
/// no touch and no entry comes of it, no form can be sent, and no byte of a document flows: downloads begin with a post.
/// </summary>
public static class ViewEndpoints
{
    private static readonly (string Key, string Text)[] Steps = [("who", "1. The gate"), ("code", "2. The code"), ("agreement", "3. The agreement"), ("room", "The room")];

    public static void MapViews(this RouteGroupBuilder console)
        => console.MapMethods("/links/{link:guid}/view", ["GET", "HEAD"], Show).Needs(Right.ReadLinks).WithName("ViewLink");

    private static async Task<IResult> Show(HttpContext context, Guid link, IEngine engine, Gate gate, RoomView rooms, PersonalRecords personal, HostKeys keys, HostRegister hosts, TimeProvider clock)
    {
        var (user, stop) = (context.ConsoleUser(), context.RequestAborted);
        if (await LinkEndpoints.Mine(user, link, engine, stop) is not { } found) return Answers.Nothing();
        var people = await People(user.Scope, found, personal, stop);
        var chosen = int.TryParse(context.Request.Query["as"], NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : 0;
        if (chosen >= people.Count) return Answers.Nothing();
        var step = Steps.FirstOrDefault(s => s.Key == context.Request.Query["step"].ToString()) is { Key: { } key } ? key : Steps[0].Key;

        var agreement = (await engine.Read<Agreement>(user.Scope.Id<Agreement>(Agreement.Only), stop))?.Current;
        var answer = await gate.Imagine(user.Scope, Imagined(link, people[chosen], step, agreement, clock.GetUtcNow()), stop);
        if (answer.Step == GateStep.Closed) return context.ConsolePage<NothingSeenPage>(new() { ["Link"] = link, ["Who"] = people[chosen].Email });
        context.Items[typeof(Scope)] = user.Scope; // the session's tenant, which the console's door proved, for what is drawn from here on
        var viewed = Viewed(user, link, found, people, chosen, step, new Paths(await hosts.AddressOf(user.Scope, user.Vendor, stop) + user.Paths.Prefix));
        var page = step == "who"
            ? await ShareEndpoints.Page(context, engine, keys, viewed.Paths, "-", link, found, TypedForm.Empty, 200, viewed)
            : await rooms.Page(context, answer, TypedForm.Empty, 200, viewed);
        context.Response.Headers.ContentSecurityPolicy = WithoutForms(context.Response.Headers.ContentSecurityPolicy.ToString());
        return page;
    }

    private sealed record Someone(Guid Id, string Lookup, string Email, string Host);

    private static async Task<IReadOnlyList<Someone>> People(Scope scope, ShareLink link, PersonalRecords personal, CancellationToken stop)
    {
        var known = await personal.ReadAll(scope, [.. link.People.Select(p => p.Id)], stop);
        return [.. link.People.Where(p => known.ContainsKey(p.Id)).Select(p => new Someone(p.Id, p.Lookup, known[p.Id], known[p.Id][(known[p.Id].IndexOf('@') + 1)..])),
            .. link.Domains.Select(d => new Someone(Guid.Empty, "", "somebody@" + d, d))];
    }

    // A visit as it would be at this step; its secret is no hash of anything, so no cookie holds it.
    private static Visit Imagined(Guid link, Someone who, string step, AgreementVersion? agreement, DateTimeOffset now) => new()
    {
        Link = link,
        Person = who.Id,
        Lookup = who.Lookup,
        Host = who.Host,
        Asked = now,
        Secret = "",
        CodeHash = step is "who" or "code" ? "" : null,
        Proven = step is "who" or "code" ? null : now,
        Acceptances = step == "room" && agreement is not null ? [new Acceptance(agreement.Number, agreement.Hash, now, "", "")] : [],
    };

    private static ViewedAs Viewed(ConsoleUser user, Guid id, ShareLink link, IReadOnlyList<Someone> people, int chosen, string step, Paths paths)
    {
        string At(string at, int who) => string.Create(CultureInfo.InvariantCulture, $"{user.Paths.LinkView(id)}?step={at}&as={who}");
        return new ViewedAs(people[chosen].Email, user.Paths.Link(id), paths,
            [.. Steps.Where(s => s.Key != "agreement" || link.NeedsAgreement).Select(s => (At(s.Key, chosen), s.Text, s.Key == step))],
            [.. people.Index().Where(p => p.Index != chosen).Select(p => (At(step, p.Index), p.Item.Email))]);
    }

    private static string WithoutForms(string policy) => string.Join(';', policy.Split(';').Select(part => part.TrimStart().StartsWith("form-action", StringComparison.Ordinal) ? " form-action 'none'" : part));
}
