namespace TrustCenter.Documents;

internal readonly record struct Placed(Piece Piece, double Y);

/// <summary>Puts pieces on pages: chains of pieces that belong together move as one, a table's head is repeated.</summary>
internal sealed class Paginator(double height, int mostPages)
{
    private readonly List<List<Placed>> pages = [[]];
    private double y;
    private double after;

    public static IReadOnlyList<IReadOnlyList<Placed>> Place(IReadOnlyList<Piece> pieces, double height, int mostPages)
    {
        var paginator = new Paginator(height, mostPages);
        for (var first = 0; first < pieces.Count;)
        {
            var last = first;
            while (last + 1 < pieces.Count && pieces[last].WithNext && !pieces[last + 1].NewPage) last++;
            paginator.PlaceChain(pieces, first, last);
            first = last + 1;
        }

        return paginator.pages;
    }

    private void PlaceChain(IReadOnlyList<Piece> pieces, int first, int last)
    {
        if (pieces[first].NewPage || (!Fits(HeightOf(pieces, first, last)) && HeightOf(pieces, first, last) <= height)) Break();
        for (var index = first; index <= last; index++) Place(pieces[index]);
    }

    private double HeightOf(IReadOnlyList<Piece> pieces, int first, int last)
    {
        var sum = y == 0 ? pieces[first].Head?.Height ?? 0 : Math.Max(after, pieces[first].Before);
        for (var index = first; index <= last; index++)
        {
            sum += pieces[index].Height;
            if (index < last) sum += Math.Max(pieces[index].After, pieces[index + 1].Before);
        }

        return sum;
    }

    private void Place(Piece piece)
    {
        if (!Fits(Math.Max(after, piece.Before) + piece.Height)) Break();
        if (y == 0 && piece.Head is { } head) Put(head);
        Put(piece);
    }

    private void Put(Piece piece)
    {
        if (y > 0) y += Math.Max(after, piece.Before);
        pages[^1].Add(new Placed(piece, y));
        y += piece.Height;
        after = piece.After;
    }

    private bool Fits(double needed) => y + needed <= height + 0.01; // rounding

    private void Break()
    {
        if (y == 0) return;
        if (pages.Count == mostPages) throw new PdfRefusedException($"The document has more than {mostPages} pages. Shorten it or split it.");
        pages.Add([]);
        (y, after) = (0, 0);
    }
}
