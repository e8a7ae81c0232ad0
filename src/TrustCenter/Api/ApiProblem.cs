using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>An error as RFC 9457 has it, with the fields that a rule stands against.</summary>
public sealed record ProblemShape(
    string Title,
    int Status,
    string? Detail = null,
    [property: Description("Every field with the rule that stands against it; an empty field is the whole request.")] IReadOnlyList<FieldShape>? Errors = null,
    [property: Description("With 409: the number that stands now. Read again and decide again.")] int? Current = null);

/// <param name="Field">As the request names it: <c>wording.statement</c>.</param>
public sealed record FieldShape(string Field, string Rule);

/// <summary>Every answer of the API: JSON, kept by no cache, shown by no browser as a page.</summary>
internal static class ApiAnswer
{
    public const string Policy = "sandbox; default-src 'none'; frame-ancestors 'none'";
    private const string ProblemType = "application/problem+json";

    public static IResult Ok<T>(T value) => new Written<T>(StatusCodes.Status200OK, value, "application/json");

    /// <summary>201 with the address of what was made.</summary>
    public static IResult Made<T>(string location, T value) => new Written<T>(StatusCodes.Status201Created, value, "application/json") { Location = location };

    /// <summary>One answer for a key that is unknown, revoked, over, malformed or not there at all.</summary>
    public static IResult Unknown { get; } = Problem(new ProblemShape("This needs a key.", StatusCodes.Status401Unauthorized, "Send the header Authorization: Bearer with a key that works. An admin makes keys in the console under API keys."));

    public static IResult Missing { get; } = Problem(new ProblemShape("Nothing is here.", StatusCodes.Status404NotFound, "There is nothing of yours at this address."));

    public static IResult NotAllowed(Right right)
        => Problem(new ProblemShape("This key may not do this.", StatusCodes.Status403Forbidden, $"It needs the scope “{ApiScopes.Of(right)}”, and whoever made the key needs the same right."));

    public static IResult Bad(string field, string rule) => Problem(new ProblemShape("This request cannot be read.", StatusCodes.Status400BadRequest, Errors: [new FieldShape(field, rule)]));

    public static IResult Wrong(IEnumerable<Engine.Problem> problems, Func<string, string>? name = null)
        => Problem(new ProblemShape("The request breaks a rule.", StatusCodes.Status422UnprocessableEntity, Errors: [.. problems.Select(p => new FieldShape(p.Field.Length == 0 || name is null ? p.Field : name(p.Field), p.Rule))]));

    public static IResult Stale(int current)
        => Problem(new ProblemShape("It was changed meanwhile.", StatusCodes.Status409Conflict, "Read it again and decide again.", Current: current));

    public static IResult UsedForAnother { get; } = Problem(new ProblemShape("This Idempotency-Key was used for something else.", StatusCodes.Status409Conflict, "Draw a new UUID for a new request; send the old one only with the old request."));

    public static IResult Failed(int status, string title, string detail) => Problem(new ProblemShape(title, status, detail));

    /// <summary>What a decision answered; <paramref name="name"/> says how the request calls a field of the form.</summary>
    public static IResult Of(Outcome outcome, Func<int, IResult> done, Func<string, string>? name = null) => outcome switch
    {
        Outcome.Done answer => done(answer.Number),
        Outcome.Stale stale => Stale(stale.Current),
        Outcome.Refused refused => Wrong(refused.Problems, name),
        _ => Missing,
    };

    private static Written<ProblemShape> Problem(ProblemShape problem) => new(problem.Status, problem, ProblemType);

    private sealed class Written<T>(int status, T value, string type) : IResult
    {
        public string? Location { get; init; }

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            Answers.Private(response, Policy);
            response.StatusCode = status;
            if (Location is not null) response.Headers.Location = Location;
            if (status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer"; // RFC 6750, section 3
            if (status == StatusCodes.Status503ServiceUnavailable) response.Headers.RetryAfter = "10"; // seconds
            return response.WriteAsJsonAsync(value, (JsonTypeInfo<T>)ApiJson.Options.GetTypeInfo(typeof(T)), type, httpContext.RequestAborted);
        }
    }
}
