using System.Globalization;

namespace TrustCenter.Documents;

/// <summary>Bars with labels beside them instead of axes and legends.</summary>
internal static class ChartPieces
{
    private const double BarThickness = 12; // points
    private const double RowHeight = 21; // points
    private const double ColumnsHeight = 120; // points; the longest bar of a vertical chart
    private const double ValueSpace = 58; // points, beside the longest horizontal bar
    private const int MostColumns = 16; // more labels cannot be read side by side

    public static IEnumerable<Piece> Of(Frame frame, BarChart chart)
    {
        var figure = new Tag("Figure");
        var title = frame.Type.Lay(chart.Title, Ink.H3, frame.ColumnWidth);
        var most = Math.Max(chart.Bars.Select(bar => Size(bar)).DefaultIfEmpty().Max(), double.Epsilon);
        foreach (var line in TextPieces.Lines(title, Frame.Side, before: 16, after: 6, [figure])) yield return line with { WithNext = true };
        if (chart.Vertical && chart.Bars.Count <= MostColumns)
        {
            yield return Columns(frame, chart, most, figure);
            yield break;
        }

        for (var index = 0; index < chart.Bars.Count; index++)
            yield return Row(frame, chart, chart.Bars[index], most, figure) with { WithNext = index == 0 || index == chart.Bars.Count - 2, After = index == chart.Bars.Count - 1 ? 16 : 0 };
    }

    private static Piece Row(Frame frame, BarChart chart, Bar bar, double most, Tag figure)
    {
        var label = frame.Type.Lay(bar.Label, Ink.Cell, Frame.Side - Frame.Gap, mostLines: 2);
        var value = frame.Type.Lay(Value(bar, chart.Unit), Ink.Cell with { Bold = true }, ValueSpace, mostLines: 1);
        var length = Math.Max((frame.ColumnWidth - ValueSpace) * Size(bar) / most, 0.5);
        var height = Math.Max(RowHeight, label.Height + 6);
        return new Piece(height, (sheet, y) =>
        {
            var middle = y + (height / 2);
            sheet.Text(label, 0, middle - (label.Height / 2));
            sheet.Fill(Frame.Side, middle - (BarThickness / 2), length, BarThickness, frame.Accent);
            sheet.Text(value, Frame.Side + length + 6, middle - (value.Height / 2));
        }) { Path = [figure] };
    }

    private static Piece Columns(Frame frame, BarChart chart, double most, Tag figure)
    {
        var pitch = frame.ColumnWidth / Math.Max(chart.Bars.Count, 1);
        var labels = chart.Bars.Select(bar => frame.Type.Lay(bar.Label, Ink.Label, pitch - 4, Align.Centre, mostLines: 2)).ToList();
        var values = chart.Bars.Select(bar => frame.Type.Lay(Value(bar, chart.Unit), Ink.Cell with { Bold = true }, pitch, Align.Centre, mostLines: 1)).ToList();
        var below = labels.Select(label => label.Height).DefaultIfEmpty().Max() + 6;
        var above = values.Select(value => value.Height).DefaultIfEmpty().Max() + 3;
        return new Piece(above + ColumnsHeight + below, (sheet, y) =>
        {
            var ground = y + above + ColumnsHeight;
            for (var index = 0; index < chart.Bars.Count; index++)
            {
                var x = Frame.Side + (index * pitch);
                var length = Math.Max(ColumnsHeight * Size(chart.Bars[index]) / most, 0.5);
                var width = Math.Min(pitch * 0.6, 40);
                sheet.Fill(x + ((pitch - width) / 2), ground - length, width, length, frame.Accent);
                sheet.Text(values[index], x, ground - length - above + 1);
                sheet.Text(labels[index], x + 2, ground + 5);
            }

            sheet.Hairline(Frame.Side, ground, frame.ColumnWidth, Palette.Grey);
        }) { Path = [figure], After = 16 };
    }

    private static double Size(Bar bar) => double.IsFinite(bar.Value) ? Math.Max(bar.Value, 0) : 0;

    private static string Value(Bar bar, string unit) =>
        bar.Value.ToString("#,0.##", CultureInfo.InvariantCulture) + (unit.Length == 0 ? "" : unit == "%" ? "\u202F%" : "\u00A0" + unit);
}
