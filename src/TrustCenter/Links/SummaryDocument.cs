using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrustCenter.Claims;
using TrustCenter.Documents;
using TrustCenter.Evidence;
using TrustCenter.Pages;
using TrustCenter.Prospects;
using TrustCenter.Store;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Links;

/// <summary>What a summary says: which claims in which versions, for whom, by whom, when, and where anybody can check it.</summary>
public sealed record SummaryWords
{
    public required Vendor Vendor { get; init; }
    public required string Account { get; init; }
    public required string Rep { get; init; }
    public required DateOnly Day { get; init; }
    public required IReadOnlyList<StandingTopic> Topics { get; init; }
    public required IReadOnlyDictionary<Guid, PublicEvidence> Evidence { get; init; }
    public required long TreeSize { get; init; } // entries of the publications log
    public required string Root { get; init; } // hex, RFC 9162
    public required string CheckAddress { get; init; }
    public NextStep? NextStep { get; init; }
}

/// <summary>A summary that lies in the store and belongs to no link yet.</summary>
public sealed record WrittenSummary(StagedFile File, StoredFile Stored, SummaryEdition Edition);

/// <summary>The summary as blocks; pure, so that the same words give the same file.</summary>
public static class SummaryDocument
{
    private const int MostStatement = 400; // characters of a claim in full; the page has the rest
    private const int LongestLine = 150; // characters of a claim in a table; three printed lines

    public static PdfDocument Of(SummaryWords words)
    {
        var (vendor, claims) = (words.Vendor, words.Topics.SelectMany(t => t.Claims).ToList());
        var blocks = new List<Block>
        {
            new Cover
            {
                Vendor = vendor.Name, Kind = "Security summary", PreparedFor = words.Account, By = words.Rep, Date = words.Day,
                Sentence = vendor.Tagline.Length > 0 ? vendor.Tagline : null,
                Facts = Facts([.. claims.Select(c => MarkOf(c.Version, words))], words),
            },
        };
        blocks.Add(new Heading(1, "What we claim"));
        blocks.AddRange(words.Topics.Select(topic => Topic(topic, words)));
        if (claims.Select(c => c.Version).Where(v => MarkOf(v, words) != ClaimMark.InPlace).ToList() is { Count: > 0 } open)
        {
            blocks.Add(new Heading(1, "What is not fully in place, in full"));
            blocks.AddRange(open.Select(version => Claim(version, words)));
        }
        if (words.Evidence.Count > 0) blocks.AddRange(Proof(words));
        blocks.Add(new Heading(1, "Next step"));
        if (words.NextStep is { } step) blocks.Add(new CallToAction(step.Label, step.Address));
        blocks.Add(new Paragraph($"{words.Rep} is your contact."));
        blocks.Add(new KeepTogether([
            new Heading(2, "Check this summary"),
            new Paragraph($"Every claim here is an entry in a signed log of {words.TreeSize} publications with the root {words.Root}. Whoever keeps this page can show later that the log was not rewritten. The page of {vendor.Name} says what it claims today."),
            new QrCode(words.CheckAddress, "Scan this, or open the address, to check every claim of this summary."),
        ]));
        return new PdfDocument
        {
            Title = $"{vendor.Name}: security summary for {words.Account}",
            Author = vendor.Name,
            AccentColour = Accent.OnWhite(vendor.Accent),
            Foot = new PdfFoot($"Log {words.TreeSize} · {words.Root[..12]}", words.CheckAddress),
            Blocks = blocks,
        };
    }

    /// <summary>SHA-256, hex, of what it says: the same while claims and documents stand as they are, whatever the day and the length of the log.</summary>
    public static string HashOf(SummaryWords words)
    {
        IEnumerable<string> said =
        [
            Number(words.Vendor.Version), words.Account, words.Rep, words.CheckAddress, $"{words.NextStep}",
            .. words.Topics.SelectMany(t => t.Claims.Select(c => $"{t.Name} {c.Id} {c.Version.Number} {c.Version.Hash} {MarkOf(c.Version, words)}")),
            .. words.Evidence.Values.OrderBy(e => e.Id).Select(e => $"{JsonSerializer.Serialize(e, EvidenceJson.Default.PublicEvidence)} {e.ValidUntil < words.Day}"),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', said))));
    }

    // The same figures as the page's: what is under review or lost its proof is not counted as in place.
    private static IReadOnlyList<CoverFact> Facts(List<ClaimMark> claims, SummaryWords words)
    {
        var documents = words.Evidence.Values.Count(e => e.Withdrawn is null);
        var inPlace = claims.Count(c => c == ClaimMark.InPlace);
        return
        [
            new(Number(claims.Count), claims.Count == 1 ? "claim" : "claims"),
            new(Number(inPlace), "in place"),
            new(Number(claims.Count - inPlace), "partly, planned or under review"),
            new(Number(documents), documents == 1 ? "document behind them" : "documents behind them"),
        ];
    }

    // One line a claim: a summary of three pages is read, one of thirteen is not. The page has every word.
    private static Table Topic(StandingTopic topic, SummaryWords words) => new(
        [new(topic.Name, 6.4), new("Status", 2.2), new("Version", 1.1, Numbers: true), new("Checked", 2.5)],
        [.. topic.Claims.Select(c => (IReadOnlyList<string>)
        [
            FirstSentence(StatementMarkdown.ToText(c.Version.Wording.Statement)), StatusWord(MarkOf(c.Version, words)), Number(c.Version.Number),
            c.Version.Wording.Checked is { } at ? Words.Date(at) : "",
        ])]);

    private static string FirstSentence(string statement)
    {
        var end = statement.IndexOf('\n') is > 0 and var line ? line : statement.Length;
        if (statement.IndexOf(". ", StringComparison.Ordinal) is > 0 and var stop && stop < end) end = stop + 1;
        return EditorWords.Cut(statement[..end], LongestLine);
    }

    private static string StatusWord(ClaimMark mark) => mark switch
    {
        ClaimMark.InPlace => "● in place",
        ClaimMark.Partly => "◐ partly",
        ClaimMark.Planned => "○ planned",
        ClaimMark.EvidenceExpired => "▲ evidence expired",
        ClaimMark.EvidenceWithdrawn => "▲ evidence withdrawn",
        _ => "◇ under review",
    };

    private static ClaimMark MarkOf(ClaimVersion version, SummaryWords words) => PageClaim.StateOf(version.Wording, EvidenceOf(version, words), words.Day) switch
    {
        PublicState.InPlace => ClaimMark.InPlace,
        PublicState.Partly => ClaimMark.Partly,
        PublicState.Planned => ClaimMark.Planned,
        PublicState.EvidenceExpired => ClaimMark.EvidenceExpired,
        PublicState.EvidenceWithdrawn => ClaimMark.EvidenceWithdrawn,
        _ => ClaimMark.UnderReview,
    };

    private static List<PublicEvidence> EvidenceOf(ClaimVersion version, SummaryWords words) => [.. version.Wording.Evidence.Select(words.Evidence.GetValueOrDefault).OfType<PublicEvidence>()];

    private static ClaimBlock Claim(ClaimVersion version, SummaryWords words)
    {
        var wording = version.Wording;
        var statement = StatementMarkdown.ToText(wording.Statement);
        return new ClaimBlock
        {
            Status = MarkOf(version, words),
            Statement = statement.Length <= MostStatement ? statement : statement[..MostStatement].TrimEnd() + "…",
            Scope = Scope(wording),
            Version = $"Version {version.Number} of {Words.Date(DateOnly.FromDateTime(version.At.UtcDateTime))} · {wording.Owner}"
                + (wording.Checked is { } at ? $" · checked {Words.Date(at)}" : "") + (wording.ReviewBy is { } by ? $" · next check due by {Words.Date(by)}" : ""),
            Evidence = [.. EvidenceOf(version, words).Select(e => e.Withdrawn is not null ? $"{e.Title} (withdrawn)" : e.ValidUntil is { } until ? $"{e.Title} ({(until < words.Day ? "expired" : "valid until")} {Words.Date(until)})" : e.Title)],
        };
    }

    private static string? Scope(ClaimWording wording)
    {
        var parts = new[] { wording.Products, wording.Plans, wording.Regions }.Where(list => list.Count > 0).Select(list => string.Join(", ", list)).ToList();
        return parts.Count == 0 ? null : string.Join(" · ", parts);
    }

    private static IEnumerable<Block> Proof(SummaryWords words)
    {
        yield return new Heading(1, "Documents behind the claims");
        yield return new Table([new("Document", 3), new("Kind", 2), new("Version", 1, Numbers: true), new("Valid until", 2.6)],
            [.. words.Evidence.Values.OrderBy(e => e.Title, StringComparer.Ordinal).Select(e => (IReadOnlyList<string>)[e.Title, EvidenceWords.Of(e.Kind), Number(e.Version), e.ValidUntil is { } until ? (until < words.Day ? "expired " : "") + Words.Date(until) : "no end"])]);
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
