using System.Security.Cryptography;
using TrustCenter.Journal;

namespace TrustCenter.Tests.Journal;

/// <summary>What someone can do to an exported file who has no signing key, and with a key of his own. Null: no such change is possible here.</summary>
internal static class FileMutations
{
    public static readonly (string Name, Func<byte[], Random, byte[]?> Apply)[] All =
    [
        ("flip a bit", FlipBit),
        ("flip a bit of a JWS", (file, random) => Lines(file, lines => Change(lines, random, line => line.Contains("\"checkpoint\"") || line.Contains("\"seal\""), line => FlipBit(line, random)))),
        ("set a byte", (file, random) => { var at = random.Next(file.Length); var to = (byte)random.Next(256); return to == file[at] ? null : [.. file[..at], to, .. file[(at + 1)..]]; }),
        ("delete a byte", (file, random) => { var at = random.Next(file.Length); return [.. file[..at], .. file[(at + 1)..]]; }),
        ("insert a byte", (file, random) => { var at = random.Next(file.Length + 1); return [.. file[..at], (byte)random.Next(256), .. file[at..]]; }),
        ("delete a line", (file, random) => Lines(file, lines => { lines.RemoveAt(random.Next(lines.Count)); return true; })),
        ("delete several lines", (file, random) => Lines(file, lines => { var at = random.Next(lines.Count); lines.RemoveRange(at, 1 + random.Next(lines.Count - at)); return true; })),
        ("repeat a line", (file, random) => Lines(file, lines => { lines.Insert(random.Next(lines.Count + 1), lines[random.Next(lines.Count)]); return true; })),
        ("swap two lines", (file, random) => Lines(file, lines => Swap(lines, random))),
        ("cut the file off", (file, random) => file[..random.Next(file.Length)]),
        ("cut lines out before the seal", (file, random) => Lines(file, lines => { if (lines.Count < 3) return false; var from = 1 + random.Next(lines.Count - 2); lines.RemoveRange(from, lines.Count - 1 - from); return true; })),
        ("append to the file", (file, random) => [.. file, .. random.Next(2) == 0 ? file[^random.Next(1, file.Length)..] : [(byte)random.Next(256)]]),
        ("respell a value", (file, random) => Lines(file, lines => Change(lines, random, line => line.Contains("\"actor\":\"s"), line => line.Replace("\"actor\":\"s", "\"actor\":\"\\u0073")))),
        ("add a member", (file, random) => Lines(file, lines => Change(lines, random, _ => true, line => line[..^1] + ",\"more\":1}"))),
        ("repeat a member", (file, random) => Lines(file, lines => Change(lines, random, line => line.Contains("\"n\":"), line => line.Replace("\"n\":", "\"n\":1,\"n\":")))),
    ];

    /// <summary>A line or several changed; null when nothing is.</summary>
    public static byte[]? Lines(byte[] file, Func<List<string>, bool> change)
    {
        var lines = LogBook.Lines(file).ToList();
        return change(lines) ? LogBook.File(lines) : null;
    }

    private static bool Change(List<string> lines, Random random, Func<string, bool> which, Func<string, string> change)
    {
        int[] candidates = [.. Enumerable.Range(0, lines.Count).Where(i => which(lines[i]))];
        if (candidates.Length == 0) return false;
        var at = candidates[random.Next(candidates.Length)];
        lines[at] = change(lines[at]);
        return true;
    }

    private static bool Swap(List<string> lines, Random random)
    {
        var (one, other) = (random.Next(lines.Count), random.Next(lines.Count));
        (lines[one], lines[other]) = (lines[other], lines[one]);
        return lines[one] != lines[other];
    }

    private static byte[] FlipBit(byte[] file, Random random)
    {
        var changed = (byte[])file.Clone();
        changed[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private static string FlipBit(string line, Random random)
    {
        var start = line.IndexOf(":\"", StringComparison.Ordinal) + 2;
        var characters = line.ToCharArray();
        characters[random.Next(start, line.Length - 2)] ^= (char)(1 << random.Next(7));
        return new string(characters);
    }
}
