namespace TrustCenter.Claims;

/// <summary>How long a statement is, and what that means for its reader.</summary>
public sealed record Concision(int Words, int Characters)
{
    private const int Short = 45; // words; read whole by somebody who skims
    private const int Long = 110; // words; about half a minute

    public static Concision Of(string statement) => new(statement.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, statement.Length);

    public string Says => Words switch
    {
        0 => "Nothing written yet.",
        <= Short => "Short enough to be read whole.",
        <= Long => "Readers begin to skim. Is every word needed?",
        _ => "Few will read this to its end. Consider two claims.",
    };
}
