using TrustCenter.Documents;

namespace TrustCenter.Tests.Documents;

public sealed class PaginatorTests
{
    private const double Page = 100;

    [Fact]
    public void A_heading_moves_to_the_next_page_with_what_follows()
    {
        var pages = Place(Line(85), Line(10) with { WithNext = true }, Line(10));
        pages.Select(page => page.Count).ShouldBe([1, 2]);
    }

    [Fact]
    public void No_paragraph_leaves_one_line_behind_or_sends_one_line_ahead()
    {
        for (var before = 0; before <= 10; before++)
        {
            var lines = Enumerable.Range(0, 5).Select(n => Line(10) with { WithNext = n is 0 or 3 });
            var pages = Place([Line(before * 10 + 1), .. lines]);
            pages[0].Count.ShouldNotBe(2);
            if (pages.Count > 1) pages[1].Count.ShouldNotBe(1);
        }
    }

    [Fact]
    public void A_head_is_repeated_where_its_rows_continue()
    {
        var head = Line(10) with { WithNext = true };
        var pages = Place([head, .. Enumerable.Range(0, 20).Select(_ => Line(10) with { Head = head })]);
        pages.Count.ShouldBe(3);
        pages.ShouldAllBe(page => page[0].Piece == head);
        pages.Sum(page => page.Count).ShouldBe(23);
    }

    [Fact]
    public void A_chain_longer_than_a_page_is_broken_rather_than_lost()
    {
        var pages = Place([.. Enumerable.Range(0, 25).Select(_ => Line(10) with { WithNext = true })]);
        pages.Sum(page => page.Count).ShouldBe(25);
        pages.ShouldAllBe(page => page.All(placed => placed.Y + placed.Piece.Height <= Page + 0.01));
    }

    [Fact]
    public void Space_is_the_larger_of_after_and_before_and_none_stands_at_a_pages_top()
    {
        var pages = Place(Line(10) with { Before = 20, After = 5 }, Line(10) with { Before = 8 }, Line(80) with { Before = 30 });
        pages[0].Select(placed => placed.Y).ShouldBe([0, 18]);
        pages[1][0].Y.ShouldBe(0);
    }

    [Fact]
    public void Too_many_pages_are_refused() =>
        Should.Throw<PdfRefusedException>(() => Paginator.Place([.. Enumerable.Range(0, 50).Select(_ => Line(60))], Page, 10));

    private static Piece Line(double height) => new(height, (_, _) => { });

    private static IReadOnlyList<IReadOnlyList<Placed>> Place(params Piece[] pieces) => Paginator.Place(pieces, Page, 100);
}
