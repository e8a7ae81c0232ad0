using System.Globalization;
using TrustCenter.Evidence;
using TrustCenter.Tenants;

namespace TrustCenter.Pages;

/// <summary>
/// The fixed words of the pages that exist in several languages: the first page and the claims' pages. A language without a table is shown with
/// English words around the vendor's own, each marked with its language.
/// </summary>
public sealed record PageWords
{
    public required string Language { get; init; } // BCP 47; of the words, not of what the vendor wrote
    public required string Skip { get; init; }
    public required string TrustCenter { get; init; }
    public required string For { get; init; }
    public required string Everybody { get; init; }
    public required string Languages { get; init; }
    public required string Search { get; init; }
    public required string SearchFor { get; init; }
    public required string AskForAccess { get; init; }
    public required string OrWriteTo { get; init; } // after a comma
    public required string WhereThisIs { get; init; }
    public required string AClaim { get; init; }
    public required string Trust { get; init; }
    public required string Topics { get; init; }
    public required string Documents { get; init; }
    public required string Subprocessors { get; init; }
    public required string Updates { get; init; }
    public required string HowToCheck { get; init; }
    public required Func<string, string> WebsiteOf { get; init; }
    public required string Snapshot { get; init; }
    public required string AsOf { get; init; }
    public required Func<string, string> NoTagline { get; init; }
    public required string WhyYou { get; init; }
    public required string Summary { get; init; }
    public required (string One, string Many) Claim { get; init; }
    public required (string One, string Many) Document { get; init; }
    public required string OnTime { get; init; }
    public required Func<int, string, string> OnTimeOf { get; init; } // of so many claims
    public required string LastChange { get; init; }
    public required string AllUpdates { get; init; }
    public required string Feed { get; init; }
    public required string Certificates { get; init; }
    public required string Nothing { get; init; }
    public required string FindMore { get; init; }
    public required string WriteTo { get; init; }
    public required string ByStatus { get; init; }
    public required string AppliesTo { get; init; }
    public required string Everything { get; init; }
    public required (string One, string Many) Product { get; init; }
    public required (string One, string Many) Plan { get; init; }
    public required (string One, string Many) Region { get; init; }
    public required string Owner { get; init; }
    public required string Frameworks { get; init; }
    public required string Evidence { get; init; }
    public required string Version { get; init; }
    public required string Of { get; init; } // version 2 of 12 June
    public required string AndHistory { get; init; }
    public required string Checked { get; init; }
    public required string NotChecked { get; init; }
    public required string NextCheck { get; init; } // after a comma, before a day
    public required string TakenBackOn { get; init; } // of a document
    public required string ExpiredOn { get; init; }
    public required string ValidUntil { get; init; }
    public required string Hash { get; init; }
    public required string WithdrawnOn { get; init; }
    public required string Because { get; init; }
    public required string KeptBelow { get; init; }
    public required string NoLongerShown { get; init; }
    public required string ProofWithdrawn { get; init; }
    public required string ProofExpired { get; init; }
    public required string CheckPassed { get; init; }
    public required string WhyItMatters { get; init; }
    public required string History { get; init; }
    public required string Withdrawn { get; init; }
    public required string Until { get; init; } // between two days
    public required string SecondPerson { get; init; }
    public required string ChangedSince { get; init; } // before a version's number
    public required string Compare { get; init; }
    public required string With { get; init; }
    public required string ShowDifference { get; init; }
    public required string NotTranslated { get; init; }
    public required string OlderTranslation { get; init; }
    public required IReadOnlyDictionary<PublicState, string> States { get; init; }
    public required IReadOnlyDictionary<EvidenceClass, string> Classes { get; init; }
    public required IReadOnlyList<string> Months { get; init; } // January first
    public string AfterDay { get; init; } = ""; // 12. Juni
    public string Thousands { get; init; } = ",";
    public string Under { get; init; } = "under";
    public string Over { get; init; } = "over";

    public string Date(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Day}{AfterDay} {Months[day.Month - 1]} {day.Year}");

    /// <summary>12 Jun; with the year where it is not this one.</summary>
    public string ShortDate(DateOnly day, DateOnly today)
    {
        var month = Months[day.Month - 1];
        var text = string.Create(CultureInfo.InvariantCulture, $"{day.Day}{AfterDay} {(month.Length > 4 ? month[..3] : month)}");
        return day.Year == today.Year ? text : string.Create(CultureInfo.InvariantCulture, $"{text} {day.Year}");
    }

    public string Count(long count, (string One, string Many) of) => Words.Count(count, of.One, of.Many).Replace(",", Thousands, StringComparison.Ordinal);

    /// <summary>97 %; see <see cref="Words.Percent"/>.</summary>
    public string Percent(long part, long whole) => Words.Percent(part, whole).Replace("under", Under, StringComparison.Ordinal).Replace("over", Over, StringComparison.Ordinal);

    /// <summary>What names this text's language where it is not that of the words; null where it is.</summary>
    public string? Lang(string language) => language == Language ? null : language;

    /// <summary>Which way this language is written, where it is another than that of the words.</summary>
    public string? Dir(string language) => LanguageTag.IsRightToLeft(language) && language != Language ? "rtl" : null;

    /// <summary>The words in this language, or in English.</summary>
    public static PageWords In(string language) => language.Split('-')[0] == GermanWords.Table.Language ? GermanWords.Table : EnglishWords.Table;

    public static PageWords English => EnglishWords.Table;
}
