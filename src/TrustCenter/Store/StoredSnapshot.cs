namespace TrustCenter.Store;

/// <summary>One compiled page as it is served: the same bytes for everybody until the next publication.</summary>
/// <param name="Page">Its path below the tenant's root, such as <c>/</c> or <c>/claims/{id}</c>.</param>
/// <param name="ETag">From the content, with quotes (RFC 9110, section 8.8.3).</param>
public sealed record StoredSnapshot(string Page, string ContentType, byte[] Body, byte[] Brotli, string ETag, DateTimeOffset At)
{
    /// <summary>The page is no longer there.</summary>
    public bool Gone { get; init; }
}
