using System.Text;

namespace TrustCenter.Prospects;

/// <summary>Letters of any script as ASCII, RFC 3492. Written out because the framework's encoder maps differently with and without ICU.</summary>
internal static class Punycode
{
    private const int Base = 36, SmallestThreshold = 1, LargestThreshold = 26, Skew = 38, Damp = 700; // RFC 3492, section 5
    private const int FirstBias = 72, FirstNonAscii = 0x80;

    /// <summary>Without the xn-- in front. The label has at most 63 characters, so no sum overflows.</summary>
    public static string Encode(string label)
    {
        var runes = label.EnumerateRunes().Select(rune => rune.Value).ToArray();
        var ascii = runes.Where(rune => rune < FirstNonAscii).ToArray();
        var output = new StringBuilder(string.Concat(ascii.Select(rune => (char)rune)));
        if (ascii.Length > 0) output.Append('-');
        var (done, bias, delta, next) = (ascii.Length, FirstBias, 0, FirstNonAscii);
        while (done < runes.Length)
        {
            var smallest = runes.Where(rune => rune >= next).Min();
            delta += (smallest - next) * (done + 1);
            foreach (var rune in runes)
            {
                if (rune < smallest) delta++;
                if (rune != smallest) continue;
                WriteNumber(output, delta, bias);
                bias = Adapt(delta, done + 1, done == ascii.Length);
                delta = 0;
                done++;
            }

            delta++;
            next = smallest + 1;
        }

        return output.ToString();
    }

    private static void WriteNumber(StringBuilder output, int number, int bias)
    {
        for (var k = Base; ; k += Base)
        {
            var threshold = Math.Clamp(k - bias, SmallestThreshold, LargestThreshold);
            if (number < threshold) break;
            output.Append(Digit(threshold + ((number - threshold) % (Base - threshold))));
            number = (number - threshold) / (Base - threshold);
        }

        output.Append(Digit(number));
    }

    private static char Digit(int value) => (char)(value < 26 ? 'a' + value : '0' + value - 26);

    private static int Adapt(int delta, int count, bool first)
    {
        delta = first ? delta / Damp : delta / 2;
        delta += delta / count;
        var k = 0;
        for (; delta > (Base - SmallestThreshold) * LargestThreshold / 2; k += Base) delta /= Base - SmallestThreshold;
        return k + ((Base - SmallestThreshold + 1) * delta / (delta + Skew));
    }
}
