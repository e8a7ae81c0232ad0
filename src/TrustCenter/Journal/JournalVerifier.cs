namespace TrustCenter.Journal;

/// <summary>What the reader knows from elsewhere. Only that can tell a whole, soundly signed history from the one he saw before.</summary>
public sealed record VerifyOptions
{
    /// <summary>Checkpoints (JWS) kept outside: each must be of this vendor, key and one of the file's logs, and its entries the log's first.</summary>
    public IReadOnlyList<string> Since { get; init; } = [];

    /// <summary>The thumbprint (RFC 7638) of the vendor's key, as the vendor publishes it.</summary>
    public string? KeyThumbprint { get; init; }
}

/// <summary>Proves an export, offline, in one pass and bounded memory: see <see cref="VerifyReport"/>.</summary>
public static class JournalVerifier
{
    public static VerifyReport Verify(Stream export, string? sinceCheckpointJws = null) =>
        Verify(export, new VerifyOptions { Since = sinceCheckpointJws is null ? [] : [sinceCheckpointJws] });

    public static VerifyReport Verify(Stream export, VerifyOptions options)
    {
        using var reader = new ExportReader(export);
        return new ExportCheck(reader, options).Run();
    }
}
