namespace TrustCenter.Documents;

/// <summary>What became of a PDF that was to be made ready for marking.</summary>
public abstract record MarkResult
{
    private MarkResult()
    {
    }

    /// <summary>The template was written. <paramref name="Bytes"/> is its length; every served copy has that length too.</summary>
    /// <param name="Slot">Where the viewer's mark goes.</param>
    /// <param name="Pages">Each of them shows the mark.</param>
    /// <param name="Bytes">Length of the template in bytes.</param>
    /// <param name="Warnings">Sentences for the editor: a signature that marking breaks, what the reader had to repair.</param>
    /// <param name="Decrypted">Restrictions were lifted after the editor confirmed the right to.</param>
    public sealed record Prepared(MarkSlot Slot, int Pages, long Bytes, IReadOnlyList<string> Warnings, bool Decrypted) : MarkResult;

    /// <summary>Nothing was written. <paramref name="Why"/> says what is wrong and what to do.</summary>
    public sealed record Refused(RefusalKind Kind, string Why) : MarkResult;
}

/// <summary>Why a file cannot be marked. The names are stored: add, never rename.</summary>
public enum RefusalKind
{
    Empty,
    NotPdf,
    NeedsPassword,
    Restricted,
    TooSlow,
    TooBig,
    Broken,
    ActiveContent,
    ToolMissing,
}
