namespace TrustCenter.Pages;

/// <summary>Whether two words are one typing error apart: a letter too many, missing, another, or two exchanged (Damerau, 1964).</summary>
internal static class TypingError
{
    public static bool IsOne(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 1) return false;
        var same = 0;
        while (same < a.Length && same < b.Length && a[same] == b[same]) same++;
        var restA = a.AsSpan(same);
        var restB = b.AsSpan(same);
        if (restA.Length == restB.Length)
            return restA.Length > 0 && (restA[1..].SequenceEqual(restB[1..]) || (restA.Length > 1 && restA[0] == restB[1] && restA[1] == restB[0] && restA[2..].SequenceEqual(restB[2..])));
        return restA.Length > restB.Length ? restA[1..].SequenceEqual(restB) : restB[1..].SequenceEqual(restA);
    }
}
