using System.Diagnostics;
using System.Globalization;

namespace TrustCenter.Documents;

/// <summary>Turns blocks into pieces.</summary>
internal static class Composer
{
    public static IReadOnlyList<Piece> Compose(Frame frame, PdfDocument document) =>
        [.. document.Blocks.SelectMany(block => Compose(frame, document, block))];

    private static IEnumerable<Piece> Compose(Frame frame, PdfDocument document, Block block) => block switch
    {
        Cover cover => CoverPieces.Of(frame, document.Title, cover),
        Heading heading => TextPieces.Of(frame, heading),
        Paragraph paragraph => TextPieces.Of(frame, paragraph),
        Bullets bullets => TextPieces.Of(frame, bullets),
        ClaimBlock claim => ClaimPieces.Of(frame, claim),
        Table table => TablePieces.Of(frame, table),
        BarChart chart => ChartPieces.Of(frame, chart),
        QrCode code => CodePieces.Of(frame, code),
        CallToAction call => CodePieces.Of(frame, call),
        KeepTogether together => Chain([.. together.Blocks.SelectMany(inner => Compose(frame, document, inner))]),
        PageBreak => [new Piece(0, (_, _) => { }) { NewPage = true }],
        _ => throw new UnreachableException(block.GetType().Name),
    };

    /// <summary>What each figure says in words, for who cannot see it.</summary>
    public static IReadOnlyList<string> Figures(IEnumerable<Block> blocks) => [.. blocks.SelectMany(block => block switch
    {
        BarChart chart => [$"{chart.Title}: {string.Join(", ", chart.Bars.Select(bar => string.Create(CultureInfo.InvariantCulture, $"{bar.Label} {bar.Value:0.##} {chart.Unit}").TrimEnd()))}."],
        QrCode code => [$"Code to scan, leads to {code.Address}"],
        KeepTogether together => Figures(together.Blocks),
        _ => Array.Empty<string>(),
    })];

    private static IEnumerable<Piece> Chain(IReadOnlyList<Piece> pieces) =>
        pieces.Select((piece, index) => index < pieces.Count - 1 ? piece with { WithNext = true } : piece);
}
