using System.ComponentModel;
using TrustCenter.Claims;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>What a claim says in another language; read and written alike.</summary>
public sealed record TranslatedWordsShape(
    [property: Description("A small Markdown, as the original's; at most 2,000 characters.")] string Statement,
    [property: Description("The role that answers for it; empty or absent: as in the original.")] string? Owner = null,
    [property: Description("Why it matters, one sentence by the key of an audience.")] IReadOnlyDictionary<string, string>? Why = null)
{
    internal static TranslatedWordsShape Of(TranslatedWords w) => new(w.Statement, w.Owner, w.Why);

    internal TypedForm ToForm() => FormOf.Fields([("statement", [Statement]), ("owner", FormOf.Text(Owner)), .. FormOf.Why(Why)]);

    internal static string Name(string field) => $"words.{field}";
}

public sealed record NewTranslationShape(
    [property: Description("The published version of the claim that it translates.")] int Of,
    [property: Description("The edit of this language as you read it; 0 where none is in work.")] int Edit,
    TranslatedWordsShape Words,
    [property: Description("Whether somebody else is asked to approve it at once.")] bool Ask = false);

public sealed record TranslationShape(
    [property: Description("BCP 47.")] string Language,
    [property: Description("The newest that was published; it holds for the version of the claim that it names.")] PublishedTranslationShape? Published = null,
    [property: Description("What is in work beside it.")] TranslationDraftShape? Draft = null)
{
    internal static TranslationShape Of(Claim claim, string language) => new(language,
        claim.LatestIn(language) is { } t ? new PublishedTranslationShape(t.Number, t.Of, t.At, t.Author, t.Approver, t.Hash, TranslatedWordsShape.Of(t.Words)) : null,
        claim.ProposalIn(language) is { } p ? new TranslationDraftShape(p.Edit, p.Of, Enum.Parse<StageShape>(p.Stage.ToString()), p.Author, p.SavedAt, TranslatedWordsShape.Of(p.Words), p.Comment) : null);
}

public sealed record PublishedTranslationShape(int Number, int Of, DateTimeOffset At, Guid Author, Guid Approver,
    [property: Description("SHA-256, hex, over the version's hash, the language and these words.")] string Hash, TranslatedWordsShape Words);

public sealed record TranslationDraftShape(int Edit, int Of, StageShape Stage, Guid Author, DateTimeOffset SavedAt, TranslatedWordsShape Words,
    [property: Description("Why it was returned.")] string? Comment = null);
