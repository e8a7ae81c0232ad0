using System.Globalization;

namespace TrustCenter.Faults;

public enum Deed { Write, Truncate, Sync, Create, Unlink, Rename, Link, Say }

/// <summary>One thing that a process asked of the system, about a file or what it said; between these two moments it was under way.</summary>
/// <param name="Path">The file; empty for what was said.</param>
/// <param name="Number">Where a write begins, or the length after a truncation.</param>
public sealed record SystemCall(Deed Deed, string Path, long Number, byte[] Bytes, string To, int Begun)
{
    public int Ended { get; set; } = int.MaxValue;
}

/// <summary>Everything that a process did to the files of one folder, in order, as strace wrote it down.</summary>
public static class Trace
{
    private const string Calls = "pwrite64,pwritev,pwritev2,write,writev,fsync,fdatasync,sync_file_range,ftruncate,fallocate,openat,unlink,unlinkat,rename,renameat,renameat2,link,linkat";
    private const string Unfinished = "<unfinished ...>";

    /// <summary>The program that writes the trace, before the one that is traced.</summary>
    public static string[] Command(string file) => ["strace", "-f", "-y", "-xx", "-s", "10000000", "--seccomp-bpf", "-o", file, "-e", $"trace={Calls}"];

    public static List<SystemCall> Read(string file, string folder)
    {
        var (calls, open, moment) = (new List<SystemCall>(), new Dictionary<string, SystemCall>(), 0);
        foreach (var line in File.ReadLines(file))
        {
            moment++;
            var (process, rest) = (line[..line.IndexOf(' ')], line[line.IndexOf(' ')..].TrimStart());
            if (rest.StartsWith("<...", StringComparison.Ordinal))
            {
                if (open.Remove(process, out var ended)) End(ended, rest);
                continue;
            }
            if (!char.IsAsciiLetter(rest[0]) || Of(rest, folder, moment) is not { } call) continue;
            calls.Add(call);
            if (rest.EndsWith(Unfinished, StringComparison.Ordinal)) open[process] = call;
            else End(call, rest);
        }
        return calls;

        void End(SystemCall call, string text)
        {
            if (text[(text.LastIndexOf(" = ", StringComparison.Ordinal) + 3)..].StartsWith('-')) calls.Remove(call); // it failed: nothing was done
            else call.Ended = moment;
        }
    }

    private static SystemCall? Of(string text, string folder, int moment)
    {
        var name = text[..text.IndexOf('(')];
        var strings = Strings(text);
        // The descriptor's own path stands in angle brackets before the strings; of files without one the path is the string.
        var path = text.IndexOf('<') is > 0 and var at && name is not ("openat" or "unlink" or "rename" or "link") ? Clear(text[(at + 1)..text.IndexOf('>')]) : null;
        if (name == "write" && path?.StartsWith("pipe:", StringComparison.Ordinal) == true) // the runtime has pipes of its own
            return Bytes(strings[0]) is [.., (byte)'.', (byte)'\n'] said ? new SystemCall(Deed.Say, "", 0, said, "", moment) : null;
        path ??= strings.Count > 0 ? Clear(strings[0]) : "";
        if (!path.StartsWith(folder, StringComparison.Ordinal) || path.EndsWith("-shm", StringComparison.Ordinal)) return null; // the index is built anew from the log
        return name switch
        {
            "pwrite64" => new SystemCall(Deed.Write, path, Last(text), Bytes(strings[0]), "", moment),
            "ftruncate" => new SystemCall(Deed.Truncate, path, Last(text), [], "", moment),
            "fsync" or "fdatasync" => new SystemCall(Deed.Sync, path, 0, [], "", moment),
            "openat" => text.Contains("O_CREAT", StringComparison.Ordinal) ? new SystemCall(Deed.Create, path, 0, [], "", moment) : null,
            "unlink" => new SystemCall(Deed.Unlink, path, 0, [], "", moment),
            "rename" => new SystemCall(Deed.Rename, path, 0, [], Clear(strings[1]), moment),
            "link" => new SystemCall(Deed.Link, path, 0, [], Clear(strings[1]), moment),
            _ => throw new NotSupportedException($"{name} of {path} is not understood."),
        };
    }

    private static List<string> Strings(string text)
    {
        var strings = new List<string>();
        for (var from = text.IndexOf('"'); from >= 0;)
        {
            var to = text.IndexOf('"', from + 1);
            strings.Add(text[(from + 1)..to]);
            from = text.IndexOf('"', to + 1);
        }
        return strings;
    }

    private static byte[] Bytes(string hex)
    {
        var bytes = new byte[hex.Length / 4];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(Digit(hex[i * 4 + 2]) << 4 | Digit(hex[i * 4 + 3]));
        return bytes;
    }

    private static int Digit(char hex) => hex <= '9' ? hex - '0' : hex - 'a' + 10;

    private static string Clear(string text) => text.StartsWith("\\x", StringComparison.Ordinal) ? System.Text.Encoding.UTF8.GetString(Bytes(text)) : text;

    // The last argument of a call, whether or not its end is on this line.
    private static long Last(string text)
    {
        var from = text.LastIndexOf(", ", StringComparison.Ordinal) + 2;
        return long.Parse(string.Concat(text.Skip(from).TakeWhile(char.IsAsciiDigit)), CultureInfo.InvariantCulture);
    }
}
