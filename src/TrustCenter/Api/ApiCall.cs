using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using TrustCenter.Staff;

namespace TrustCenter.Api;

/// <summary>A body without members, for requests that say everything with their address.</summary>
public sealed record NothingShape;

/// <summary>One request that changes something: its body, and the ids under which it is one however often it is sent.</summary>
/// <param name="Key">The Idempotency-Key; what the request makes has it as its id. A request that makes nothing may go without: then it is drawn here.</param>
/// <param name="Command">Over the API key or the person, the Idempotency-Key, the address and the body: the same request is the same command, another one is not.</param>
internal sealed record ApiCall<T>(T Body, Guid Key, Guid Command);

internal static class ApiCall
{
    public const string KeyHeader = "Idempotency-Key";
    public const int LongestBody = 256 * 1024; // bytes; the longest claim with all its references has 40 kB

    private static readonly NothingShape Nothing = new();

    /// <param name="creates">Then the request must bring its Idempotency-Key.</param>
    public static async Task<(ApiCall<T>? Call, IResult? Refusal)> Read<T>(HttpContext context, bool creates) where T : class
    {
        if (!TryKey(context, creates, out var key, out var refusal)) return (null, refusal);
        var bytes = await Bytes(context);
        if (bytes is null) return (null, ApiAnswer.Failed(StatusCodes.Status413PayloadTooLarge, "This request is too large.", $"A body has at most {LongestBody / 1024} KiB."));
        if (bytes.Length == 0 && Nothing is T nothing) return (new ApiCall<T>(nothing, key, CommandOf(context, key, [])), null);
        if (!IsJson(context.Request.ContentType)) return (null, ApiAnswer.Failed(StatusCodes.Status415UnsupportedMediaType, "This is no JSON.", "Send the body as application/json in UTF-8."));
        try
        {
            if (JsonSerializer.Deserialize(bytes, ApiJson.Of<T>()) is { } body) return (new ApiCall<T>(body, key, CommandOf(context, key, bytes)), null);
            return (null, ApiAnswer.Bad("", "The body is null. Send an object."));
        }
        catch (JsonException unreadable) { return (null, ApiAnswer.Bad(FieldOf(unreadable), RuleOf(unreadable))); }
    }

    /// <summary>False with what to answer; without a header where none is needed, a key is drawn.</summary>
    public static bool TryKey(HttpContext context, bool creates, out Guid key, out IResult? refusal)
    {
        (key, refusal) = (Guid.CreateVersion7(), null);
        var given = context.Request.Headers[KeyHeader];
        if (given.Count == 0 && !creates) return true;
        if (given is [{ } text] && Guid.TryParseExact(text, "D", out key) && key.Version is >= 1 and <= 8) return true;
        refusal = ApiAnswer.Bad(KeyHeader, "Send the header Idempotency-Key with a UUID that you draw for this request, such as 0198a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b. Repeat it only to repeat the request.");
        return false;
    }

    public static Guid CommandOf(HttpContext context, Guid key, ReadOnlySpan<byte> content)
    {
        var by = context.ConsoleUser();
        var address = Encoding.UTF8.GetBytes(context.Request.Path + context.Request.QueryString);
        return new(SHA256.HashData([.. (by.Key ?? by.Id).ToByteArray(), .. key.ToByteArray(), .. SHA256.HashData(address), .. SHA256.HashData(content)]).AsSpan(0, 16));
    }

    private static async Task<byte[]?> Bytes(HttpContext context)
    {
        if (context.Request.ContentLength > LongestBody) return null;
        using var held = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
        {
            held.Write(buffer, 0, read);
            if (held.Length > LongestBody) return null;
        }
        return held.ToArray();
    }

    private static bool IsJson(string? type) => MediaTypeHeaderValue.TryParse(type, out var media)
        && media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!media.Charset.HasValue || media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    // "$.wording.status" is the field wording.status; of a member that is missing the path names only where it should be.
    private static string FieldOf(JsonException unreadable)
    {
        var field = unreadable.Path is { Length: > 2 and < 200 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "";
        return IsMissing(unreadable) && Names(unreadable.Message) is [{ } missing, ..] ? field.Length == 0 ? missing : $"{field}.{missing}" : field;
    }

    private static bool IsMissing(JsonException unreadable) => unreadable.Message.Contains("missing required", StringComparison.Ordinal);

    // The serializer's own words name our types and its line numbers; what helps is which of the four it was.
    private static string RuleOf(JsonException unreadable)
        => IsMissing(unreadable) ? "A member that must be there is missing: " + Quoted(unreadable.Message)
            : unreadable.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "There is no such member. The OpenAPI document names all of them."
            : unreadable.Message.Contains("Duplicate", StringComparison.Ordinal) ? "This member appears twice."
            : "This is not what the OpenAPI document describes: check the type, the spelling of words and the form of dates.";

    private static string Quoted(string message) => Names(message) is { Count: > 0 } names ? string.Join(", ", names) + "." : "the OpenAPI document names it.";

    private static List<string> Names(string message) => [.. message.Split('\'').Where((_, n) => n % 2 == 1).Where(n => n.Length > 0 && char.IsAsciiLetterLower(n[0]))];
}
