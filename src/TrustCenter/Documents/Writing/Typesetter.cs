using System.Text;

namespace TrustCenter.Documents;

internal enum Align
{
    Start,
    Centre,
    Right,
}

/// <summary>One line of laid-out text; measures in points. <paramref name="Baseline"/> is counted from the line's top.</summary>
internal readonly record struct TextLine(double X, double Width, double Baseline, double Height);

/// <summary>Text broken into lines of a width.</summary>
internal sealed record LaidText(nint Layout, Ink Ink, IReadOnlyList<TextLine> Lines, bool RightToLeft)
{
    public double Height => Lines.Sum(line => line.Height);

    public double Width => Lines.Max(line => line.Width);

    /// <summary>Where its leftmost line starts: right-to-left text stands at the right end of its width.</summary>
    public double Left => Lines.Min(line => line.X);
}

/// <summary>Lays out the texts of one document, counts what it costs, and frees all of it at the end.</summary>
internal sealed unsafe class Typesetter : IDisposable
{
    private const string Families = "Noto Sans, DejaVu Sans, sans-serif";
    private const double Resolution = 72; // dpi; so one unit is one point
    private const int MostUnknown = 20; // characters
    private const double MostUnknownPart = 0.05;
    private const int HintNone = 1; // CAIRO_HINT_STYLE_NONE
    private const int HintMetricsOff = 1;

    private readonly PdfLimits limits;
    private readonly CancellationToken cancel;
    private readonly TimeSpan started = ThreadTime.Now;
    private readonly nint context;
    private readonly nint attributes = Pango.NewAttributes();
    private readonly List<nint> layouts = [];
    private readonly Dictionary<(double, bool), nint> fonts = [];
    private int characters;
    private int unknown; // characters for which no installed font has a shape

    public Typesetter(nint fontMap, string language, PdfLimits limits, CancellationToken cancel)
    {
        this.limits = limits;
        this.cancel = cancel;
        context = Pango.CreateContext(fontMap);
        Pango.SetResolution(context, Resolution);
        Pango.RoundPositions(context, 0); // whole points between letters would show on paper
        Pango.SetLanguage(context, Pango.Language(language));
        var options = Cairo.CreateFontOptions();
        Cairo.SetHintStyle(options, HintNone);
        Cairo.SetHintMetrics(options, HintMetricsOff);
        Pango.SetFontOptions(context, options);
        Cairo.DestroyFontOptions(options);
        Pango.Insert(attributes, Pango.InsertHyphens(0)); // an address or a checksum that breaks must not gain a hyphen
    }

    /// <summary>Breaks the text; with <paramref name="mostLines"/> the rest is cut with an ellipsis.</summary>
    public LaidText Lay(string text, Ink ink, double width, Align align = Align.Start, int? mostLines = null)
    {
        var clean = CleanText.Of(text);
        Count(clean.Length);
        var layout = Pango.NewLayout(context);
        layouts.Add(layout);
        Pango.SetFont(layout, FontOf(ink));
        Pango.SetAttributes(layout, attributes);
        Pango.SetWidth(layout, (int)(width * Pango.Scale));
        Pango.SetWrap(layout, Pango.WrapWordOrCharacter);
        if (align != Align.Start) Pango.SetAlignment(layout, align == Align.Right ? Pango.AlignRight : Pango.AlignCentre);
        if (mostLines is { } most)
        {
            Pango.SetHeight(layout, -most);
            Pango.SetEllipsize(layout, Pango.EllipsizeEnd);
        }

        var bytes = Encoding.UTF8.GetBytes(clean);
        var direction = 0;
        fixed (byte* start = bytes)
        {
            Pango.SetText(layout, start, bytes.Length);
            direction = Pango.BaseDirection(start, bytes.Length);
        }

        var lines = LinesOf(layout, ink);
        unknown += Pango.UnknownGlyphs(layout);
        return new LaidText(layout, ink, lines, direction == Pango.RightToLeft);
    }

    /// <summary>Ends a document that takes too long, between two texts of bounded length.</summary>
    public void CheckTime()
    {
        cancel.ThrowIfCancellationRequested();
        if (ThreadTime.Now - started > limits.Time)
            throw new PdfRefusedException($"The document takes longer than {limits.Time.TotalSeconds:0} s to lay out. Shorten it or split it.");
    }

    /// <summary>A box here and there is bearable, a page of boxes is not.</summary>
    public void CheckFonts()
    {
        if (unknown > MostUnknown && unknown > characters * MostUnknownPart)
            throw new PdfRefusedException($"{unknown} of {characters} characters have no font on this server. Its operator installs fonts for the document's script, such as fonts-noto-cjk or fonts-noto-core.");
    }

    public void Dispose()
    {
        foreach (var layout in layouts) Pango.Unref(layout);
        foreach (var font in fonts.Values) Pango.FreeFontDescription(font);
        Pango.UnrefAttributes(attributes);
        Pango.Unref(context);
    }

    private void Count(int length)
    {
        CheckTime();
        characters += length;
        if (length > limits.LongestText)
            throw new PdfRefusedException($"One text has {length} characters; at most {limits.LongestText} can be laid out. Split it into paragraphs.");
        if (characters > limits.Characters || layouts.Count > limits.Texts)
            throw new PdfRefusedException($"The document has more than {limits.Characters} characters or {limits.Texts} texts. Shorten it or split it.");
    }

    private static List<TextLine> LinesOf(nint layout, Ink ink)
    {
        var found = new List<TextLine>();
        var lines = Pango.Lines(layout);
        do
        {
            Pango.Box box;
            Pango.LineExtents(lines, null, &box);
            var height = (double)box.Height / Pango.Scale;
            var ascent = (double)(Pango.Baseline(lines) - box.Y) / Pango.Scale;
            var tall = Math.Max(ink.Leading, height - (ink.Leading - ink.Size)); // a tall script widens its line
            found.Add(new TextLine((double)box.X / Pango.Scale, (double)box.Width / Pango.Scale, ((tall - height) / 2) + ascent, tall));
        }
        while (Pango.NextLine(lines) != 0);
        Pango.FreeLines(lines);
        return found;
    }

    private nint FontOf(Ink ink)
    {
        if (fonts.TryGetValue((ink.Size, ink.Bold), out var font)) return font;
        font = Pango.FontDescription(Families);
        Pango.SetSize(font, ink.Size * Pango.Scale);
        Pango.SetWeight(font, ink.Bold ? Pango.Bold : Pango.Normal);
        return fonts[(ink.Size, ink.Bold)] = font;
    }
}
