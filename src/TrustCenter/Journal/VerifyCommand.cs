namespace TrustCenter.Journal;

/// <summary><c>verify &lt;export&gt; [--since &lt;checkpoint&gt;]... [--key &lt;thumbprint&gt;]</c>: needs neither network nor database.</summary>
public static class VerifyCommand
{
    private const int Usage = 2;
    private const int LongestCheckpointFile = 64 * 1024; // bytes; a checkpoint has about 600

    private const string Help = """
        verify <export> [--since <checkpoint>]... [--key <thumbprint>]
          <export>      a journal export
          <checkpoint>  one kept from earlier: the text itself, or a file with one in each line
          <thumbprint>  the vendor's published signing key
        Exit code 0: proven; 1: broken; 2: the command could not be run.
        """;

    /// <summary>Answers 0 proven, 1 broken, 2 usage. <paramref name="args"/> begin after the word "verify".</summary>
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            if (await Options(args) is not { } request) return await Refuse(error, Help);
            await using var export = new FileStream(request.Export, FileMode.Open, FileAccess.Read, FileShare.Read);
            var report = JournalVerifier.Verify(export, request.Options);
            report.Print(output);
            return report.ExitCode;
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return await Refuse(error, ConsoleText.Clean(unread.Message));
        }
    }

    private static async Task<(string Export, VerifyOptions Options)?> Options(string[] args)
    {
        string? export = null;
        string? key = null;
        var since = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var hasValue = i + 1 < args.Length;
            if (args[i] == "--since" && hasValue) since.AddRange(await Checkpoints(args[++i]));
            else if (args[i] == "--key" && hasValue && key is null) key = args[++i];
            else if (export is null && !args[i].StartsWith('-')) export = args[i];
            else return null;
        }
        return export is null ? null : (export, new VerifyOptions { Since = since, KeyThumbprint = key });
    }

    private static async Task<IReadOnlyList<string>> Checkpoints(string given)
    {
        if (!File.Exists(given)) return given.Count(character => character == '.') == 2 && !given.Contains('/') ? [given] : throw new FileNotFoundException($"There is no checkpoint file {given}.");
        if (new FileInfo(given).Length > LongestCheckpointFile) throw new IOException($"{given} is too long for a file of checkpoints.");
        var lines = (await File.ReadAllLinesAsync(given)).Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        return lines.Length > 0 ? lines : throw new IOException($"{given} holds no checkpoint.");
    }

    private static async Task<int> Refuse(TextWriter error, string why)
    {
        await error.WriteLineAsync(why);
        return Usage;
    }
}
