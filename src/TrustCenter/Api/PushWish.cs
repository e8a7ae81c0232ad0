using System.Globalization;

namespace TrustCenter.Api;

/// <summary>The arguments of <see cref="PushEvidence"/>.</summary>
internal sealed record PushWish(Uri To, string Evidence, string File, DateOnly? ValidUntil, DateOnly? From, DateOnly? Until)
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>Null when something is missing, unknown, twice there or no date; or when the key would cross a network unencrypted.</summary>
    public static PushWish? Parse(string[] args)
    {
        var said = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i += 2)
            if (i + 1 >= args.Length || args[i] is not ("--to" or "--evidence" or "--file" or "--valid-until" or "--period-from" or "--period-to") || !said.TryAdd(args[i], args[i + 1])) return null;
        if (!said.TryGetValue("--to", out var to) || !said.TryGetValue("--evidence", out var evidence) || !said.TryGetValue("--file", out var file)) return null;
        if (!Uri.TryCreate(to.TrimEnd('/'), UriKind.Absolute, out var address) || address.Query.Length + address.UserInfo.Length > 0 || address.Scheme != "https" && !(address.Scheme == "http" && IsHere(address))) return null;
        var days = new Dictionary<string, DateOnly?>();
        foreach (var name in new[] { "--valid-until", "--period-from", "--period-to" })
            if (!said.TryGetValue(name, out var text)) days[name] = null;
            else if (DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) days[name] = day;
            else return null;
        return new PushWish(address, evidence, file, days["--valid-until"], days["--period-from"], days["--period-to"]);
    }

    /// <summary>The address of a route of the API.</summary>
    public Uri Address(string route) => new($"{To.AbsoluteUri.TrimEnd('/')}/api/v1{route}");

    /// <summary>What is said about the file.</summary>
    public string Query => "?fileName=" + Uri.EscapeDataString(Path.GetFileName(File)) + Said("validUntil", ValidUntil) + Said("from", From) + Said("to", Until);

    private static bool IsHere(Uri address) => address.IsLoopback || address.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static string Said(string name, DateOnly? day) => day is { } d ? $"&{name}={d.ToString(Day, CultureInfo.InvariantCulture)}" : "";
}
