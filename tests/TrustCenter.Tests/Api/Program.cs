using TrustCenter.Api;
using TrustCenter.Engine;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Api;

/// <summary>A program with a key, as it calls over HTTP.</summary>
internal sealed record Program(Browser Http, Guid Key, string Token, Guid Maker)
{
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>Without scopes: with all that there are.</summary>
    public static async Task<Program> Of(RealApp app, Scope scope, Guid maker, params Right[] scopes)
    {
        var (id, token) = (Guid.CreateVersion7(), ApiToken.New());
        var key = new ApiKey { Name = "release build", Scopes = scopes.Length == 0 ? ApiScopes.All : scopes, Expires = app.Clock.GetUtcNow().AddDays(30), TokenHash = Convert.ToHexStringLower(ApiToken.HashOf(token)) };
        (await app.Engine.Decide(scope.Id<ApiKey>(id), new MakeApiKey { Id = id, Key = key, Held = ApiScopes.All }, Actor.Staff(maker))).ShouldBeOfType<Outcome.Done>();
        return new Program(With(app, token), id, token, maker);
    }

    public static async Task<Guid> Hire(RealApp app, Scope scope, params Role[] roles)
    {
        var id = Guid.CreateVersion7();
        await Set(app, scope, id, active: true, roles);
        return id;
    }

    public static async Task Set(RealApp app, Scope scope, Guid staff, bool active, params Role[] roles)
        => (await app.Engine.Decide(scope.Id<StaffMember>(staff), new SetStaffMember { Id = Guid.CreateVersion7(), Name = "Paula Program", Roles = roles, Active = active }, Actor.System)).ShouldBeOfType<Outcome.Done>();

    public static Browser With(RealApp app, string token)
    {
        var http = new Browser(app, "console.localhost");
        http.Headers["Authorization"] = "Bearer " + token;
        return http;
    }

    public Task<Answer> Get(string path) => Http.Get("/api/v1" + path);

    public Task<Answer> Post(string path, string json, Guid? key = null, params (string, string)[] headers)
        => Http.Send(HttpMethod.Post, "/api/v1" + path, new StringContent(json, System.Text.Encoding.UTF8, "application/json"), [.. key is { } id ? [(KeyHeader, id.ToString())] : Array.Empty<(string, string)>(), .. headers]);

    public Task<Answer> Upload(string path, byte[] file, Guid key) => Http.Send(HttpMethod.Post, "/api/v1" + path, new ByteArrayContent(file), (KeyHeader, key.ToString()));
}
