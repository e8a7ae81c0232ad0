namespace TrustCenter.Api;

/// <summary>What the document says once for all operations.</summary>
internal static class OpenApiWords
{
    public const string About = """
        What staff do in the console, for programs; staff, API keys, host names and people to be forgotten stay there. A key belongs to one vendor and acts for the person who made it, within its scopes and within what that person may do at the moment of the call; every act stands in the journal with both.

        Bodies are strict JSON: a member that is not described here is refused. Answers may get more members within this version; let those pass that you do not know. Days and times are ISO 8601, ids are UUIDs.

        Errors are application/problem+json (RFC 9457) with errors, a list of field and rule. What is not there and what is not yours answer alike.
        """;

    public const string Key = "An API key, made by an admin in the console under API keys: tc_ and 43 characters. Keep it like a password. Where the host names one for it, an access token of a sign-in provider works as well.";

    public const string Repeating = "A UUID that you draw for this request. The same request with the same UUID is done once and answers as it did first; the last 16 requests on one thing are remembered. What the request makes has this UUID as its id. The same UUID with another content is refused with 409.";

    public static readonly IReadOnlyList<ApiQuery> Paging =
    [
        new("limit", "Items of a page, 1 to 200; 50 when absent.", "50", "integer"),
        new("cursor", "The next of the page before."),
    ];

    /// <summary>Parameters in addresses that are neither ids nor numbers.</summary>
    public static readonly IReadOnlyDictionary<string, string> InPath = new Dictionary<string, string>
    {
        ["sha"] = "SHA-256 of the file, hex.",
        ["language"] = "One of the vendor's languages beside the original's, as a BCP 47 tag.",
    };

    public static readonly IReadOnlyList<(int Status, string Words)> Errors =
    [
        (400, "The request cannot be read: a header, parameter or body is not what is described."),
        (401, "No key, or one that opens nothing: unknown, revoked, over or malformed, all alike."),
        (403, "The key, or the person who made it, lacks the right."),
        (404, "Nothing of yours is here."),
        (409, "It was changed meanwhile, or the Idempotency-Key was used for something else."),
        (413, "The body is too large."),
        (415, "The body is no JSON."),
        (422, "The request breaks a rule."),
        (503, "The data cannot be read or written right now. Send the same again; it is done once."),
    ];

    public static IEnumerable<int> ErrorsOf(ApiOperation operation) => Errors.Select(e => e.Status).Where(status => status switch
    {
        400 => operation.IsPaged || operation.Changes,
        404 => operation.Path.Count > 0,
        409 or 422 => operation.Changes,
        413 => operation.Changes,
        415 => operation.Body is not null,
        _ => true,
    });
}
