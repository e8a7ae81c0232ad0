using System.Globalization;
using System.Net;
using System.Text;
using TrustCenter.Pages;

namespace TrustCenter.Deals;

/// <summary>
/// Lost deals per quarter as SVG. Positions across are percentages and positions down are pixels, so that the letters stay
/// as large at 390 px and on paper as on a wide screen.
/// </summary>
public sealed class DealChart(DealFigures figures, string currency, bool withAmounts)
{
    private const int PlotTop = 72, PlotHeight = 132; // px
    private const int Line = 24; // px from a row's words to its values
    private const int RowHeight = 56; // px
    private const double ColumnShare = 0.56; // of a quarter's width

    private readonly StringBuilder svg = new();
    private readonly double slot = 100.0 / figures.Quarters.Count;
    private readonly long tallest = Math.Max(1, figures.Quarters.Max(q => q.All));

    public string Title => "Lost deals by quarter, and in how many security was a factor";

    public string Description => string.Join(" ", figures.Quarters.Select(Sentence));

    private string Sentence(QuarterFigures quarter)
    {
        var count = $"{quarter.Quarter.Words}: {quarter.WithFactor} of {quarter.All}, {Words.Percent(quarter.WithFactor, quarter.All)}";
        if (!withAmounts) return count + ".";
        var lost = quarter.In(currency);
        return $"{count}; {Money.Show(lost.FactorCents / 100m, currency)}, {Words.Percent(lost.FactorCents, lost.AllCents)} of the amount.";
    }

    public string Svg()
    {
        var baseline = PlotTop + PlotHeight;
        var rows = Rows().ToList();
        var height = baseline + 56 + rows.Count * RowHeight;
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"chart\" width=\"100%\" height=\"{height}\" role=\"img\" aria-labelledby=\"chart-title chart-words\"><title id=\"chart-title\">{Title}</title><desc id=\"chart-words\">{WebUtility.HtmlEncode(Description)}</desc>");
        Write("soft", "0", 14, "How many had security as a factor, of all lost deals", "start");
        foreach (var (index, quarter) in figures.Quarters.Index()) Column(index, quarter, baseline);
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"0\" x2=\"100%\" y1=\"{baseline}\" y2=\"{baseline}\" />");
        foreach (var (index, row) in rows.Index()) Row(baseline + 72 + index * RowHeight, row.Label, row.Value);
        return svg.Append("</svg>").ToString();
    }

    private void Column(int index, QuarterFigures quarter, int baseline)
    {
        var middle = Middle(index);
        var all = Height(quarter.All);
        Rect("all", index, baseline - all, all);
        Rect("part", index, baseline - Height(quarter.WithFactor), Height(quarter.WithFactor));
        Write("big", middle, baseline - all - 24, quarter.WithFactor.ToString(CultureInfo.InvariantCulture));
        Write("soft", middle, baseline - all - 8, $"of {quarter.All}");
        Write("", middle, baseline + 20, $"Q{quarter.Quarter.Number}");
        if (index == 0 || quarter.Quarter.Number == 1) Write("soft", middle, baseline + 38, quarter.Quarter.YearWords);
    }

    private IEnumerable<(string Label, Func<QuarterFigures, string> Value)> Rows()
    {
        yield return ("Their share of all lost deals", q => Percent(q.WithFactor, q.All));
        if (!withAmounts) yield break;
        var isLarge = figures.Quarters.Max(q => q.In(currency).FactorCents) >= 1_000_000_000; // ten million
        yield return ($"Their amount, in {(isLarge ? "million" : "thousand")} {currency}", q => Scaled(q.In(currency).FactorCents, isLarge));
        yield return ("Their share of the amount of all lost deals", q => Percent(q.In(currency).FactorCents, q.In(currency).AllCents));
    }

    private void Row(int top, string label, Func<QuarterFigures, string> value)
    {
        Write("soft", "0", top, label, "start");
        foreach (var (index, quarter) in figures.Quarters.Index()) Write("", Middle(index), top + Line, value(quarter));
    }

    private void Rect(string kind, int index, int top, int height)
    {
        if (height > 0) svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{slot * (index + (1 - ColumnShare) / 2):0.##}%\" width=\"{slot * ColumnShare:0.##}%\" y=\"{top}\" height=\"{height}\" />");
    }

    private void Write(string kind, string x, int y, string text, string anchor = "middle")
        => svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{kind}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(text)}</text>");

    private string Middle(int index) => string.Create(CultureInfo.InvariantCulture, $"{slot * (index + 0.5):0.##}%");

    private int Height(long deals) => deals == 0 ? 0 : Math.Max(2, (int)(deals * PlotHeight / tallest));

    // A column at 390 px has room for five letters.
    private static string Percent(long part, long whole) => Words.Percent(part, whole).Replace("under ", "<", StringComparison.Ordinal).Replace("over ", ">", StringComparison.Ordinal);

    private static string Scaled(long cents, bool millions)
    {
        if (cents == 0) return "0";
        var (scaled, format) = millions ? (cents / 100_000_000m, "#,##0.0") : (cents / 100_000m, cents < 1_000_000 ? "0.0" : "#,##0");
        var text = Math.Round(scaled, format.EndsWith(".0", StringComparison.Ordinal) ? 1 : 0, MidpointRounding.AwayFromZero).ToString(format, CultureInfo.InvariantCulture);
        return text == "0.0" ? "<0.1" : text;
    }
}
