using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrustCenter.Documents;

/// <summary>A structure element, the same object for all that stands in it (ISO 32000-1, 14.8.4).</summary>
internal sealed class Tag(string name)
{
    public string Name { get; } = name;
}

/// <summary>The paper: pages, tags, text, simple shapes. Points from the upper left corner inside the margins.</summary>
internal sealed unsafe class Sheet : IDisposable
{
    private readonly MemoryStream output = new();
    private readonly GCHandle handle;
    private readonly nint surface;
    private readonly nint cairo;
    private readonly double margin;
    private readonly List<Tag> open = [];
    private readonly int[] outlines = new int[3]; // the latest bookmark of each level; index 0 is the root

    public Sheet(double width, double height, double margin)
    {
        this.margin = margin;
        handle = GCHandle.Alloc(output);
        surface = Cairo.PdfSurface(&Write, GCHandle.ToIntPtr(handle), width, height);
        cairo = Cairo.Create(surface);
        Cairo.Translate(cairo, margin, margin);
    }

    public int Page { get; private set; } = 1;

    public void Describe(string title, string author, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        Cairo.SetMetadata(surface, Cairo.MetadataTitle, CleanText.Of(title));
        Cairo.SetMetadata(surface, Cairo.MetadataAuthor, CleanText.Of(author));
        Cairo.SetMetadata(surface, Cairo.MetadataCreator, "Trust center");
        Cairo.SetMetadata(surface, Cairo.MetadataCreateDate, time);
        Cairo.SetMetadata(surface, Cairo.MetadataModDate, time);
    }

    /// <summary>Closes and opens tags until exactly these are open.</summary>
    public void Enter(params ReadOnlySpan<Tag> path)
    {
        var same = 0;
        while (same < open.Count && same < path.Length && open[same] == path[same]) same++;
        for (var last = open.Count - 1; last >= same; last--)
        {
            Cairo.TagEnd(cairo, open[last].Name);
            open.RemoveAt(last);
        }

        foreach (var tag in path[same..])
        {
            Cairo.TagBegin(cairo, tag.Name, "");
            open.Add(tag);
        }
    }

    /// <summary>What is drawn meanwhile is a link. The address is of the web or a mail box, see <see cref="WebAddress"/>.</summary>
    public void Link(string address, Action draw)
    {
        Cairo.TagBegin(cairo, "Link", $"uri='{address.Replace(@"\", @"\\").Replace("'", @"\'")}'");
        draw();
        Cairo.TagEnd(cairo, "Link");
    }

    public void Inside(string tag, Action draw)
    {
        Cairo.TagBegin(cairo, tag, "");
        draw();
        Cairo.TagEnd(cairo, tag);
    }

    public void Bookmark(int level, string text, double y)
    {
        var parent = outlines[level - 1];
        var place = string.Create(CultureInfo.InvariantCulture, $"page={Page} pos=[0 {y + margin:0.##}]");
        outlines[level] = Cairo.AddOutline(surface, parent, CleanText.Of(text), place, 0);
        for (var below = level + 1; below < outlines.Length; below++) outlines[below] = outlines[level];
    }

    public void Text(LaidText text, double x, double y, Colour? colour = null)
    {
        for (var line = 0; line < text.Lines.Count; line++)
        {
            Line(text, line, x, y, colour);
            y += text.Lines[line].Height;
        }
    }

    public void Line(LaidText text, int number, double x, double y, Colour? colour = null)
    {
        var line = text.Lines[number];
        Use(colour ?? text.Ink.Colour);
        Cairo.MoveTo(cairo, x + line.X, y + line.Baseline);
        Pango.ShowLine(cairo, Pango.Line(text.Layout, number));
    }

    public void Fill(double x, double y, double width, double height, Colour colour)
    {
        Use(colour);
        Cairo.Rectangle(cairo, x, y, width, height);
        Cairo.Fill(cairo);
    }

    /// <summary>Many rectangles as one path, so that no reader shows seams between them.</summary>
    public void Fill(IEnumerable<(double X, double Y, double Width, double Height)> areas, Colour colour)
    {
        Use(colour);
        foreach (var area in areas) Cairo.Rectangle(cairo, area.X, area.Y, area.Width, area.Height);
        Cairo.Fill(cairo);
    }

    public void Hairline(double x, double y, double width, Colour colour, double thickness = 0.5) =>
        Fill(x, y - (thickness / 2), width, thickness, colour);

    public void RoundedFill(double x, double y, double width, double height, double radius, Colour colour)
    {
        Use(colour);
        Cairo.NewSubPath(cairo);
        Cairo.Arc(cairo, x + width - radius, y + radius, radius, -Math.PI / 2, 0);
        Cairo.Arc(cairo, x + width - radius, y + height - radius, radius, 0, Math.PI / 2);
        Cairo.Arc(cairo, x + radius, y + height - radius, radius, Math.PI / 2, Math.PI);
        Cairo.Arc(cairo, x + radius, y + radius, radius, Math.PI, 1.5 * Math.PI);
        Cairo.ClosePath(cairo);
        Cairo.Fill(cairo);
    }

    public void Polygon(Colour colour, bool filled, params ReadOnlySpan<(double X, double Y)> corners)
    {
        Use(colour);
        Cairo.MoveTo(cairo, corners[0].X, corners[0].Y);
        foreach (var corner in corners[1..]) Cairo.LineTo(cairo, corner.X, corner.Y);
        Cairo.ClosePath(cairo);
        End(filled);
    }

    public void Arc(double x, double y, double radius, Colour colour, bool filled, double from = 0, double to = 2 * Math.PI)
    {
        Use(colour);
        Cairo.NewSubPath(cairo);
        Cairo.Arc(cairo, x, y, radius, from, to);
        Cairo.ClosePath(cairo);
        End(filled);
    }

    public void NextPage()
    {
        Cairo.ShowPage(cairo);
        Page++;
    }

    public byte[] Finish()
    {
        Enter();
        Cairo.ShowPage(cairo);
        Cairo.Finish(surface);
        var status = Cairo.Status(cairo) is var drawn and not 0 ? drawn : Cairo.SurfaceStatus(surface);
        return status == 0 ? output.ToArray() : throw new InvalidOperationException($"Cairo reports status {status}.");
    }

    public void Dispose()
    {
        Cairo.Destroy(cairo);
        Cairo.DestroySurface(surface);
        handle.Free();
    }

    private void Use(Colour colour) => Cairo.SetColour(cairo, colour.Red, colour.Green, colour.Blue);

    private void End(bool filled)
    {
        Cairo.SetLineWidth(cairo, 1.1);
        if (filled) Cairo.Fill(cairo);
        else Cairo.Stroke(cairo);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint closure, byte* data, uint length)
    {
        const int WriteError = 11; // CAIRO_STATUS_WRITE_ERROR
        try
        {
            ((MemoryStream)GCHandle.FromIntPtr(closure).Target!).Write(new ReadOnlySpan<byte>(data, checked((int)length)));
            return 0;
        }
        catch (Exception failure) when (failure is OutOfMemoryException or IOException or OverflowException)
        {
            return WriteError;
        }
    }
}
