using System.Text;

namespace TrustCenter.Faults;

/// <summary>Breaks bytes: a few edits of any kind, the same for the same seed.</summary>
/// <param name="words">What means something in this format, to be put where it means something else.</param>
public sealed class Mutator(Random random, params string[] words)
{
    private const int MostEdits = 6, LongestRange = 256; // bytes
    private static readonly string[] Numbers = ["-1", "0", "65536", "2147483648", "18446744073709551616", "1e309", "00000000000000000000001", "NaN"];

    public byte[] Of(byte[] whole)
    {
        var bytes = whole.ToList();
        for (var edits = random.Next(1, MostEdits + 1); edits > 0; edits--) Edit(bytes);
        return [.. bytes];
    }

    private void Edit(List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, LongestRange), bytes.Count - at);
        switch (random.Next(9))
        {
            case 0 when length > 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1 when length > 0: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes.RemoveRange(at, length); break;
            case 3: bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length)); break;
            case 4: bytes.InsertRange(at, Encoding.UTF8.GetBytes(words[random.Next(words.Length)])); break;
            case 5: bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 4096))); break;
            case 6 when random.Next(4) == 0: bytes.RemoveRange(at, bytes.Count - at); break; // cut short
            case 7: Renumber(bytes, at); break;
            default: bytes.Reverse(at, Math.Min(length, 8)); break;
        }
    }

    // The next number becomes another, which counts and lengths trust.
    private void Renumber(List<byte> bytes, int at)
    {
        var from = bytes.FindIndex(at, b => b is >= (byte)'0' and <= (byte)'9');
        if (from < 0) return;
        var end = bytes.FindIndex(from, b => b is < (byte)'0' or > (byte)'9');
        bytes.RemoveRange(from, (end < 0 ? bytes.Count : end) - from);
        bytes.InsertRange(from, Encoding.ASCII.GetBytes(Numbers[random.Next(Numbers.Length)]));
    }
}
