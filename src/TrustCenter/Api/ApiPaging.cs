using System.Buffers.Text;
using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TrustCenter.Keys;
using TrustCenter.Staff;

namespace TrustCenter.Api;

/// <summary>One page of a list.</summary>
public sealed record ListShape<T>(
    IReadOnlyList<T> Items,
    [property: Description("Whether more is there now.")] bool More,
    [property: Description("Send it as cursor for what follows, now or later: a list that grows at its end goes on from here. Absent while the list is empty.")] string? Next = null);

/// <summary>
/// Where a page begins: after a position in the list's own order, never a number of rows to skip, so that what comes in between makes nothing appear twice or be left out.
/// Sealed under the host's key for one tenant and one list: nobody makes one up.
/// </summary>
/// <param name="After">The position of the last item that was seen; null at the beginning.</param>
internal sealed record ApiPaging(int Limit, string? After, string List, string? Cursor)
{
    private const int Usual = 50, Most = 200; // items
    private const int LongestCursor = 600; // characters

    /// <param name="list">Names the list with everything that it is filtered by.</param>
    public static (ApiPaging? Paging, IResult? Refusal) Read(HttpContext context, HostKeys keys, string list)
    {
        var query = context.Request.Query;
        var limit = Usual;
        if (query["limit"].ToString() is { Length: > 0 } typed && (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > Most))
            return (null, ApiAnswer.Bad("limit", $"A page has 1 to {Most} items."));
        var mine = $"{context.ConsoleUser().Scope.Tenant:N}|{list}";
        if (query["cursor"].ToString() is not { Length: > 0 } cursor) return (new ApiPaging(limit, null, mine, null), null);
        return Open(keys, mine, cursor) is { } after
            ? (new ApiPaging(limit, after, mine, cursor), null)
            : (null, ApiAnswer.Bad("cursor", "This cursor belongs to no list here. Send the next of the page before it, to the same address."));
    }

    public int Fetched => Limit + 1; // one more tells whether there is more

    public IResult Page<TRow, TItem>(HostKeys keys, IReadOnlyList<TRow> rows, Func<TRow, string> position, Func<TRow, TItem> item)
    {
        var page = rows.Take(Limit).ToList();
        var next = page.Count > 0 ? Base64Url.EncodeToString(keys.Seal(Encoding.UTF8.GetBytes($"{List}\n{position(page[^1])}"))) : Cursor;
        return ApiAnswer.Ok(new ListShape<TItem>([.. page.Select(item)], rows.Count > Limit, next));
    }

    /// <summary>The position as an id; the empty one stands before all.</summary>
    public Guid AfterId => After is null ? Guid.Empty : Guid.ParseExact(After, "N");

    /// <summary>The position as a number; 0 stands before all.</summary>
    public long AfterNumber => After is null ? 0 : long.Parse(After, CultureInfo.InvariantCulture);

    /// <summary>The position as a time and, among what has the same, an id.</summary>
    public (long Utc, Guid Id) AfterTime => After?.Split('/') is [var utc, var id] ? (long.Parse(utc, CultureInfo.InvariantCulture), Guid.ParseExact(id, "N")) : (long.MinValue, Guid.Empty);

    public static string At(DateTimeOffset utc, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{Store.Micros.From(utc)}/{id:N}");

    private static string? Open(HostKeys keys, string list, string cursor)
    {
        if (cursor.Length > LongestCursor) return null;
        try
        {
            var clear = Encoding.UTF8.GetString(keys.Open(Base64Url.DecodeFromChars(cursor)));
            return clear.StartsWith(list + "\n", StringComparison.Ordinal) ? clear[(list.Length + 1)..] : null;
        }
        catch (Exception madeUp) when (madeUp is CryptographicException or FormatException) { return null; } // no cursor of ours
    }
}
