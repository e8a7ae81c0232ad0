namespace TrustCenter.Documents;

/// <summary>A table: a piece for each row, or for each slice of a row that is too tall to stay whole.</summary>
internal static class TablePieces
{
    private const double Padding = 5; // points, above and below a cell's text
    private const double Between = 12; // points between columns
    private const double WholeUpTo = 0.4; // of a page: such a row, or such a table, is not broken
    private const int MostColumns = 12; // more cannot be read on paper

    public static IEnumerable<Piece> Of(Frame frame, Table table)
    {
        if (table.Columns.Count is 0 or > MostColumns) throw new PdfRefusedException($"A table has {table.Columns.Count} columns; 1 to {MostColumns} can be printed.");
        var tag = new Tag("Table");
        var columns = Columns(frame, table);
        var rows = table.Rows.Select(row => Row(frame, columns, row, tag, "TD", Ink.Cell, Palette.Hairline).ToList()).ToList();
        var whole = rows.Sum(row => row.Sum(slice => slice.Height)) <= WholeUpTo * frame.Height;
        var head = Row(frame, columns, table.Columns.Select(column => column.Head).ToList(), tag, "TH", Ink.CellHead, Palette.Ink).Single() with { WithNext = true };
        yield return head with { Before = 12 };
        for (var row = 0; row < rows.Count; row++)
        {
            var last = row == rows.Count - 1;
            foreach (var slice in rows[row]) yield return slice with { Head = head, WithNext = whole && !last, After = last && slice == rows[row][^1] ? 14 : 0 };
        }
    }

    private static List<(double X, double Width, Align Align)> Columns(Frame frame, Table table)
    {
        var free = frame.Width - (Between * (table.Columns.Count - 1));
        var shares = table.Columns.Sum(column => Math.Max(column.Share, 0.1));
        var columns = new List<(double, double, Align)>();
        var x = 0.0;
        foreach (var column in table.Columns)
        {
            var width = free * Math.Max(column.Share, 0.1) / shares;
            columns.Add((x, width, column.Numbers ? Align.Right : Align.Start));
            x += width + Between;
        }

        return columns;
    }

    private static IEnumerable<Piece> Row(
        Frame frame, List<(double X, double Width, Align Align)> columns, IReadOnlyList<string> texts, Tag table, string cellTag, Ink ink, Colour rule)
    {
        var mostLines = cellTag == "TH" ? 3 : (int?)null;
        var cells = columns.Select((column, index) => frame.Type.Lay(index < texts.Count ? texts[index] : "", ink, column.Width, column.Align, mostLines)).ToList();
        var most = cells.Max(cell => cell.Lines.Count);
        var tallest = cells.Max(cell => cell.Height);
        var line = tallest / most;
        var perSlice = tallest <= WholeUpTo * frame.Height ? most : Math.Max(1, (int)(WholeUpTo / 2 * frame.Height / line));
        for (var from = 0; from < most; from += perSlice)
        {
            var (first, last) = (from, Math.Min(from + perSlice, most));
            var height = cells.Max(cell => HeightOf(cell, first, last)) + (first == 0 ? Padding : 0) + (last == most ? Padding : 0);
            yield return new Piece(height, (sheet, y) =>
            {
                for (var column = 0; column < columns.Count; column++)
                {
                    var (cell, x) = (cells[column], columns[column].X);
                    sheet.Inside(cellTag, () => Lines(sheet, cell, first, last, x, y + (first == 0 ? Padding : 0)));
                }

                if (last == most) sheet.Hairline(0, y + height, frame.Width, rule, cellTag == "TH" ? 0.8 : 0.5);
            }) { Path = [table, new Tag("TR")] };
        }
    }

    private static double HeightOf(LaidText cell, int first, int last) => cell.Lines.Skip(first).Take(last - first).Sum(line => line.Height);

    private static void Lines(Sheet sheet, LaidText cell, int first, int last, double x, double y)
    {
        for (var line = first; line < Math.Min(last, cell.Lines.Count); line++)
        {
            sheet.Line(cell, line, x, y);
            y += cell.Lines[line].Height;
        }
    }
}
