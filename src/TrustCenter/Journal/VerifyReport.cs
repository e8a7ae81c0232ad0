using System.Globalization;

namespace TrustCenter.Journal;

/// <summary>What makes an export worthless: the first place, and why, in a sentence. Log and number are null where it is the file as a whole.</summary>
public sealed record Break(string? Log, long? N, string What);

/// <summary>What was found of one log.</summary>
public sealed record LogProof
{
    public required string Log { get; init; }
    public required long Size { get; init; } // entries
    public required byte[] Root { get; init; }
    public required int Checkpoints { get; init; } // in the file, each with a good signature and root

    /// <summary>
    /// The entries that a checkpoint covers. What follows was first signed when the file was sealed: until a checkpoint exists, who
    /// writes to the database can change it unseen.
    /// </summary>
    public required long Signed { get; init; }

    /// <summary>The newest checkpoint: worth keeping outside, for the next time.</summary>
    public string? Newest { get; init; }

    /// <summary>The size of the largest checkpoint held from outside that this log was proven to continue; null: none was given.</summary>
    public long? Continues { get; init; }
}

/// <summary>What an offline verification found.</summary>
public sealed record VerifyReport
{
    public required Break? First { get; init; } // null: all of it is proven
    public string? Vendor { get; init; } // as the file says; null when its header can't be read
    public Guid Tenant { get; init; }
    public long ExportedUtc { get; init; } // microseconds since 1970-01-01
    public string? KeyThumbprint { get; init; }
    public bool KeyPinned { get; init; } // the reader knew the key from elsewhere
    public bool PersonalWithheld { get; init; }
    public IReadOnlyList<LogProof> Logs { get; init; } = [];
    public IReadOnlyList<string> Warnings { get; init; } = []; // the first MostWarnings of WarningCount
    public long WarningCount { get; init; }

    public bool Ok => First is null;

    public int ExitCode => Ok ? 0 : 1;

    /// <summary>The report for a person at a console; nothing in it can move the cursor or forge a line.</summary>
    public void Print(TextWriter to)
    {
        foreach (var line in Lines()) to.WriteLine(ConsoleText.Clean(line));
    }

    private IEnumerable<string> Lines()
    {
        yield return Ok ? "PROVEN: nothing in this file was changed." : "BROKEN";
        if (First is { } broken) yield return broken.What;
        if (Vendor is not null) yield return $"Vendor: {Vendor} ({Tenant}), exported {Time(ExportedUtc)}";
        if (KeyThumbprint is not null) yield return $"Signing key: {KeyThumbprint}";
        foreach (var log in Logs)
        {
            yield return $"{log.Log}: {log.Size} entries, {log.Checkpoints} checkpoints, root {MerkleText(log.Root)}";
            if (log.Signed < log.Size) yield return $"{log.Log}: entries {log.Signed + 1} to {log.Size} are covered by this file's seal only, not by a checkpoint";
            if (log.Continues is { } size) yield return $"{log.Log}: continues the checkpoint you hold, of {size} entries";
        }
        foreach (var warning in Warnings) yield return $"Warning: {warning}";
        if (WarningCount > Warnings.Count) yield return $"Warning: {WarningCount - Warnings.Count} more";
        if (!Ok) yield break;
        if (PersonalWithheld) yield return "Personal fields are withheld: their commitments were not opened.";
        if (!KeyPinned && Logs.All(log => log.Continues is null))
            yield return "Compared with nothing from outside: a history written anew and signed by another key would look the same. Give a checkpoint kept earlier (--since) or the vendor's published key (--key).";
        foreach (var log in Logs.Where(log => log.Newest is not null)) yield return $"Keep for the next time (--since), {log.Log}: {log.Newest}";
    }

    private static string MerkleText(byte[] root) => System.Buffers.Text.Base64Url.EncodeToString(root);

    /// <summary>A file may hold any number, also one that is not a date.</summary>
    private static string Time(long utc) =>
        utc is >= 0 and < 253_402_300_800_000_000 // microseconds: year 10000
            ? DateTimeOffset.UnixEpoch.AddMicroseconds(utc).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : $"at {utc} microseconds, which is not a date";
}
