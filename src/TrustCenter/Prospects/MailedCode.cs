using System.Globalization;
using System.Security.Cryptography;
using TrustCenter.Engine;

namespace TrustCenter.Prospects;

/// <summary>A six-digit code that went to an address. It counts in the browser that asked, five times and for ten minutes (ABUSE T-011).</summary>
public static class MailedCode
{
    public const int MostTries = 5; // wrong codes, then it is burnt
    public const int Right = 0, Burnt = -1; // what a tried code answers; a positive number is the tries left
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public static string Draw() => RandomNumberGenerator.GetInt32(0, 1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>The digits of what was typed; null where they are not six.</summary>
    public static string? Digits(string typed) => new string([.. typed.Where(char.IsAsciiDigit)]) is { Length: 6 } digits ? digits : null;

    /// <summary>Whether no try can be right any more.</summary>
    /// <param name="stored">Null: burnt, used, or never sent.</param>
    public static bool IsOver(string? stored, DateTimeOffset asked, DateTimeOffset now) => stored is null || now > asked + Life || asked.IsAhead(now);

    /// <param name="stored">Null: burnt, used, or never sent.</param>
    /// <param name="tries">Wrong ones so far.</param>
    /// <returns>Null: it is used up or too old.</returns>
    public static int? Try(string? stored, string typed, int tries, DateTimeOffset asked, DateTimeOffset now)
    {
        if (IsOver(stored, asked, now)) return null;
        if (CryptographicOperations.FixedTimeEquals(Convert.FromHexString(stored!), Convert.FromHexString(typed))) return Right;
        return tries + 1 >= MostTries ? Burnt : MostTries - tries - 1;
    }

    /// <summary>What a wrong code is answered with.</summary>
    /// <param name="again">How to come to a new one.</param>
    public static string Says(int answer, string again)
        => answer == Burnt ? $"That was not the code, for the fifth time. {again}" : $"That is not the code. {Pages.Words.Count(answer, "try", "tries")} left.";
}
