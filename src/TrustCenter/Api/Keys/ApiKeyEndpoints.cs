using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>The keys in the console: list, new, revoke. A key is shown in the answer that makes it and never again.</summary>
public static class ApiKeyEndpoints
{
    private const int DefaultDays = 90;

    public static void MapApiKeys(this RouteGroupBuilder console)
    {
        console.MapMethods("/api-keys", ["GET", "HEAD"], List).Needs(Right.ManageKeys).WithName("ApiKeys");
        console.MapMethods("/api-keys/new", ["GET", "HEAD"], New).Needs(Right.ManageKeys).WithName("NewApiKey");
        console.MapPost("/api-keys", Make).Needs(Right.ManageKeys).WithName("MakeApiKey");
        console.MapPost("/api-keys/{key:guid}/revocations", Revoke).Needs(Right.ManageKeys).WithName("RevokeApiKey");
    }

    private static async Task<IResult> List([AsParameters] Desk desk) => desk.Context.ConsolePage<ApiKeysPage>(new()
    {
        ["Keys"] = await desk.Store.Query(sql => ApiKeyRow.Read(sql, desk.User.Scope), desk.Stop),
        ["Names"] = await desk.Names(),
        ["Now"] = desk.Clock.GetUtcNow(),
    });

    private static IResult New([AsParameters] Desk desk) => Form(desk, TypedForm.Empty, StatusCodes.Status200OK);

    private static async Task<IResult> Make([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        var (key, token) = Read(form, desk);
        if (form.Problems.Count > 0) return Form(desk, form, StatusCodes.Status422UnprocessableEntity);
        var outcome = await desk.Decide(form.Command, new MakeApiKey { Id = form.Command, Key = key, Held = Held(desk.User) });
        if (outcome is Outcome.Refused refused)
        {
            form.Add(refused.Problems);
            return Form(desk, form, StatusCodes.Status422UnprocessableEntity);
        }
        // The same form again: what it made was shown then, and only its hash is here.
        if (await desk.Read<ApiKey>(form.Command) is not { } made || !made.Holds(ApiToken.HashOf(token))) return Answers.SeeOther(desk.Context, desk.User.Paths.ApiKeys);
        return desk.Context.ConsolePage<MadeApiKeyPage>(new() { ["Key"] = made, ["Token"] = token });
    }

    private static async Task<IResult> Revoke([AsParameters] Desk desk, Guid key)
    {
        var form = await TypedForm.Read(desk.Context);
        return await desk.Decide(key, new RevokeApiKey { Id = form.Command }) is Outcome.Done ? Answers.SeeOther(desk.Context, desk.User.Paths.ApiKeys) : Answers.Nothing();
    }

    private static (ApiKey Key, string Token) Read(TypedForm form, Desk desk)
    {
        var scopes = new List<Right>();
        foreach (var typed in form.All("scopes"))
            if (Enum.TryParse<Right>(typed, out var right) && right.ToString() == typed) scopes.Add(right);
            else form.Add("scopes", "One of these is nothing that a key can do. Choose from the list.");
        var last = form.Date("expires");
        if (last is null && form.Problems.All(p => p.Field != "expires")) form.Add("expires", "Write the last day on which the key works.");
        var token = ApiToken.New();
        return (new ApiKey
        {
            Name = form.Text("name"),
            Scopes = scopes,
            Expires = last is { } day ? new DateTimeOffset(day.ToDateTime(new TimeOnly(23, 59, 59)), TimeSpan.Zero) : default,
            TokenHash = Convert.ToHexStringLower(ApiToken.HashOf(token)),
            Hire = desk.User.Member.Hire,
        }, token);
    }

    private static IReadOnlyList<Right> Held(ConsoleUser user) => [.. ApiScopes.All.Where(user.May)];

    private static IResult Form(Desk desk, TypedForm form, int status) => desk.Context.ConsolePage<NewApiKeyPage>(new()
    {
        ["Form"] = form,
        ["Held"] = Held(desk.User),
        ["Until"] = desk.Today.AddDays(DefaultDays),
    }, status);
}
