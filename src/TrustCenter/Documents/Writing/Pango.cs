using System.Runtime.InteropServices;

namespace TrustCenter.Documents;

/// <summary>The part of Pango 1.50 that shapes and breaks text. Names and order of parameters are Pango's.</summary>
internal static unsafe partial class Pango
{
    public const string Library = "libpango-1.0.so.0";
    public const string CairoLibrary = "libpangocairo-1.0.so.0";
    public const string ObjectLibrary = "libgobject-2.0.so.0";
    public const int Scale = 1024; // Pango units in a point, at 72 dpi
    public const int WrapWordOrCharacter = 2;
    public const int EllipsizeEnd = 3;
    public const int AlignRight = 2;
    public const int AlignCentre = 1;
    public const int RightToLeft = 1; // PANGO_DIRECTION_RTL
    public const int Normal = 400; // weights
    public const int Bold = 700;

    [StructLayout(LayoutKind.Sequential)]
    public struct Box
    {
        public int X, Y, Width, Height; // Pango units
    }

    [LibraryImport(ObjectLibrary, EntryPoint = "g_object_unref")]
    public static partial void Unref(nint it);

    [LibraryImport(CairoLibrary, EntryPoint = "pango_cairo_font_map_new")]
    public static partial nint NewFontMap();

    [LibraryImport(CairoLibrary, EntryPoint = "pango_cairo_context_set_resolution")]
    public static partial void SetResolution(nint context, double dpi);

    [LibraryImport(CairoLibrary, EntryPoint = "pango_cairo_context_set_font_options")]
    public static partial void SetFontOptions(nint context, nint options);

    [LibraryImport(CairoLibrary, EntryPoint = "pango_cairo_show_layout_line")]
    public static partial void ShowLine(nint cairo, nint line);

    [LibraryImport(Library, EntryPoint = "pango_font_map_create_context")]
    public static partial nint CreateContext(nint fontMap);

    [LibraryImport(Library, EntryPoint = "pango_font_map_list_families")]
    public static partial void ListFamilies(nint fontMap, out nint families, out int count);

    [LibraryImport("libglib-2.0.so.0", EntryPoint = "g_free")]
    public static partial void Free(nint memory);

    [LibraryImport(Library, EntryPoint = "pango_context_set_round_glyph_positions")]
    public static partial void RoundPositions(nint context, int round);

    [LibraryImport(Library, EntryPoint = "pango_context_set_language")]
    public static partial void SetLanguage(nint context, nint language);

    [LibraryImport(Library, EntryPoint = "pango_language_from_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Language(string tag);

    [LibraryImport(Library, EntryPoint = "pango_font_description_from_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint FontDescription(string families);

    [LibraryImport(Library, EntryPoint = "pango_font_description_set_absolute_size")]
    public static partial void SetSize(nint description, double size);

    [LibraryImport(Library, EntryPoint = "pango_font_description_set_weight")]
    public static partial void SetWeight(nint description, int weight);

    [LibraryImport(Library, EntryPoint = "pango_font_description_free")]
    public static partial void FreeFontDescription(nint description);

    [LibraryImport(Library, EntryPoint = "pango_layout_new")]
    public static partial nint NewLayout(nint context);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_text")]
    public static partial void SetText(nint layout, byte* text, int length);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_width")]
    public static partial void SetWidth(nint layout, int width);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_height")]
    public static partial void SetHeight(nint layout, int height);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_wrap")]
    public static partial void SetWrap(nint layout, int wrap);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_ellipsize")]
    public static partial void SetEllipsize(nint layout, int ellipsize);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_alignment")]
    public static partial void SetAlignment(nint layout, int alignment);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_font_description")]
    public static partial void SetFont(nint layout, nint description);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_attributes")]
    public static partial void SetAttributes(nint layout, nint attributes);

    [LibraryImport(Library, EntryPoint = "pango_attr_list_new")]
    public static partial nint NewAttributes();

    [LibraryImport(Library, EntryPoint = "pango_attr_list_insert")]
    public static partial void Insert(nint attributes, nint attribute);

    [LibraryImport(Library, EntryPoint = "pango_attr_list_unref")]
    public static partial void UnrefAttributes(nint attributes);

    [LibraryImport(Library, EntryPoint = "pango_attr_insert_hyphens_new")]
    public static partial nint InsertHyphens(int insert);

    [LibraryImport(Library, EntryPoint = "pango_find_base_dir")]
    public static partial int BaseDirection(byte* text, int length);

    [LibraryImport(Library, EntryPoint = "pango_layout_get_unknown_glyphs_count")]
    public static partial int UnknownGlyphs(nint layout);

    [LibraryImport(Library, EntryPoint = "pango_layout_get_line_readonly")]
    public static partial nint Line(nint layout, int number);

    [LibraryImport(Library, EntryPoint = "pango_layout_get_iter")]
    public static partial nint Lines(nint layout);

    [LibraryImport(Library, EntryPoint = "pango_layout_iter_get_line_extents")]
    public static partial void LineExtents(nint lines, Box* ink, Box* logical);

    [LibraryImport(Library, EntryPoint = "pango_layout_iter_get_baseline")]
    public static partial int Baseline(nint lines);

    [LibraryImport(Library, EntryPoint = "pango_layout_iter_next_line")]
    public static partial int NextLine(nint lines);

    [LibraryImport(Library, EntryPoint = "pango_layout_iter_free")]
    public static partial void FreeLines(nint lines);
}
