namespace TrustCenter.Operation;

/// <summary>The command <c>restore</c> as it was typed.</summary>
/// <param name="Key">A file with the host's key; goes before the one in the data folder, which goes before the one in the backup.</param>
/// <param name="Checkpoints">Files with checkpoints kept elsewhere, one a line.</param>
/// <param name="Replace">What lies in the data folder is put aside.</param>
public sealed record RestoreWish(string Backup, string? Key, IReadOnlyList<string> Checkpoints, bool Replace)
{
    public const string Usage = """
        restore <backup> [--key <host.key>] [--checkpoint <file>]... [--replace]
          <backup>       a file that the backup command or the nightly backup wrote
          --key          the host's key; without it the one in the data folder counts, and where none is, the one in the backup
          --checkpoint   checkpoints kept elsewhere (one a line), the newest that you have: they prove only what was done until they were made.
                         A tenant whose newest one is the end of its journal stays as it was. Of every other tenant the API keys and
                         sessions end, and all share links are closed until somebody there approves them again
          --replace      put aside the database that is in the data folder
        """;

    public static RestoreWish? Parse(string[] args)
    {
        string? backup = null, key = null;
        var (checkpoints, replace) = (new List<string>(), false);
        for (var i = 0; i < args.Length; i++)
            switch (args[i])
            {
                case "--key" when i + 1 < args.Length: key = args[++i]; break;
                case "--checkpoint" when i + 1 < args.Length: checkpoints.Add(args[++i]); break;
                case "--replace": replace = true; break;
                case var text when backup is null && !text.StartsWith('-'): backup = text; break;
                default: return null;
            }
        return backup is null ? null : new RestoreWish(backup, key, checkpoints, replace);
    }
}
