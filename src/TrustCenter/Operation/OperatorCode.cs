using TrustCenter.Keys;

namespace TrustCenter.Operation;

/// <summary>The one-time code that the host's console shows for a name.</summary>
public static class OperatorCode
{
    public const int LongestName = 80; // characters

    public const string Usage = "operator-code --name \"Ana Ito\"";

    public static string Of(HostKeys keys, string name, DateTimeOffset now) => ConsoleCode.At(keys, Purpose(name), now);

    public static bool Matches(HostKeys keys, string name, string typed, DateTimeOffset now) => ConsoleCode.Matches(keys, Purpose(name), now, typed);

    /// <summary>One spelling of a name: what is typed at the page is what was typed at the console.</summary>
    public static string Plain(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Needs the host's key file and nothing else, so it works while the host runs. Exit code 0: printed; 1: no key; 2: misused.</summary>
    public static async Task<int> Run(string[] args, TrustCenterOptions options, TextWriter output, TextWriter error)
    {
        if (args is not ["--name", var typed] || Plain(typed) is not { Length: > 0 and <= LongestName } name || name.Any(char.IsControl))
        {
            await error.WriteLineAsync($"{Usage}\n  --name   who signs in, at most {LongestName} characters; it stands in the platform's journal");
            return 2;
        }
        var folder = Path.Combine(options.DataFolder, "keys");
        if (!File.Exists(Path.Combine(folder, "host.key")))
        {
            await error.WriteLineAsync($"There is no key in {folder}. Start the host once, or name its data folder: TrustCenter__DataFolder.");
            return 1;
        }
        var code = Of(HostKeys.FromFolder(folder, mayCreate: false), name, DateTimeOffset.UtcNow);
        await output.WriteLineAsync($"""
            {code}
            Type it with the name {name} at {options.AddressOf(options.PlatformLabel)}/operator/sign-in
            It works once, for at least {ConsoleCode.Life.TotalMinutes:0} and at most {2 * ConsoleCode.Life.TotalMinutes:0} minutes. Whoever has it governs the platform: keep it to yourself.
            """);
        return 0;
    }

    private static string Purpose(string name) => "operator|" + Plain(name);
}
