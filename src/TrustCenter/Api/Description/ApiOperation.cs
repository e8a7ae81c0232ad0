using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>What the OpenAPI document says of one route. The examples are typed, so that they cannot leave their schemas.</summary>
internal sealed record ApiOperation(string Id, string Summary)
{
    public string? Description { get; init; }
    public object? Body { get; init; } // an example; its type is the schema
    public bool TakesAFile { get; init; } // the body is the file's bytes
    public string FileExample { get; init; } = Example.File;
    public object? Answer { get; init; } // an example; its type is the schema
    public string AnswerMedia { get; init; } = "application/json";
    public int Status { get; init; } = StatusCodes.Status200OK;
    public bool Creates { get; init; } // needs an Idempotency-Key
    public bool IsPaged { get; init; }
    public IReadOnlyDictionary<string, string> Path { get; init; } = new Dictionary<string, string>(); // an example for each parameter
    public IReadOnlyList<ApiQuery> Query { get; init; } = [];

    public bool Changes => Body is not null || TakesAFile;
}

/// <param name="Words">What it may say, where it may not say anything.</param>
internal sealed record ApiQuery(string Name, string Description, string? Example = null, string? Format = null, IReadOnlyList<string>? Words = null, bool IsRequired = false);

internal static class ApiRoutes
{
    public static readonly string[] Reading = ["GET", "HEAD"];

    public static RouteHandlerBuilder Says(this RouteHandlerBuilder route, Right right, ApiOperation operation)
        => route.ForProgram(right).WithName("api " + operation.Id).WithMetadata(operation);
}
