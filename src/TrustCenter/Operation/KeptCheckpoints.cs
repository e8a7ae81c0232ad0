using TrustCenter.Journal;

namespace TrustCenter.Operation;

/// <summary>Checkpoints that somebody kept outside of the host, as JWS.</summary>
public sealed record KeptCheckpoints(IReadOnlyList<string> Lines)
{
    private const int LongestFile = 4 * 1024 * 1024; // bytes; a checkpoint has about 600

    /// <param name="files">One checkpoint a line.</param>
    /// <exception cref="BackupException">One of them cannot be read.</exception>
    public static KeptCheckpoints Read(IEnumerable<string> files) => new([.. files.SelectMany(LinesOf)]);

    /// <summary>The largest of this log that this key signed; several, when two of one size differ.</summary>
    public IReadOnlyList<Checkpoint> Newest(Guid tenant, string log, PublicJwk key)
        => Lines.Select(jws => Checkpoint.TryVerify(jws, key, out var checkpoint) && checkpoint.Tenant == tenant && checkpoint.Log == log ? checkpoint : null).OfType<Checkpoint>()
            .GroupBy(c => c.Size).MaxBy(g => g.Key)?.ToList() ?? [];

    private static IEnumerable<string> LinesOf(string file)
    {
        if (!File.Exists(file)) throw new BackupException($"There is no checkpoint file {file}. Nothing was restored.");
        if (new FileInfo(file).Length > LongestFile) throw new BackupException($"{file} is too long for a file of checkpoints. Nothing was restored.");
        return File.ReadAllLines(file).Select(line => line.Trim()).Where(line => line.Length > 0);
    }
}
