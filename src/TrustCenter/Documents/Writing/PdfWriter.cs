using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace TrustCenter.Documents;

/// <summary>Writes PDF files with Pango and Cairo: any script, tagged, with bookmarks. The same input gives the same bytes.</summary>
public static class PdfWriter
{
    private const int MostWaiting = 200; // documents; at 15 ms each the last one waits 3 s
    private const int DrawnPerFontMap = 500; // documents; then its caches are dropped
    private static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2); // half is left for everything else
    private static readonly SemaphoreSlim Seats = new(AtOnce);
    private static readonly ConcurrentBag<FontMap> FontMaps = [];
    private static readonly Lazy<string?> Missing = new(LookForLibraries);
    private static int waiting;
    private static int drawing;
    private static int mostDrawn;

    /// <summary>The most documents that were ever drawn at the same time.</summary>
    internal static int MostDrawnAtOnce => mostDrawn;

    /// <summary>What to install so that PDF files can be written; null when nothing is missing.</summary>
    public static string? WhatIsMissing() => Missing.Value;

    /// <summary>
    /// Writes the document; <paramref name="now"/> is the date in its properties. Throws <see cref="PdfRefusedException"/>
    /// when it is too long, holds an address that is no link, when too many others wait, or when a library is missing.
    /// </summary>
    public static Task<byte[]> Write(PdfDocument document, DateTimeOffset now, CancellationToken cancel = default) =>
        Write(document, now, new PdfLimits(), cancel);

    internal static async Task<byte[]> Write(PdfDocument document, DateTimeOffset now, PdfLimits limits, CancellationToken cancel)
    {
        if (WhatIsMissing() is { } missing) throw new PdfRefusedException(missing);
        if (Interlocked.Increment(ref waiting) > MostWaiting + AtOnce)
        {
            Interlocked.Decrement(ref waiting);
            throw new PdfRefusedException("Too many PDF files are being written right now. Try again in a few seconds.");
        }

        try
        {
            await Seats.WaitAsync(cancel);
            try
            {
                return await Task.Run(() => Draw(document, now, limits, cancel), cancel);
            }
            finally
            {
                Seats.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>A font map serves one thread at a time, and keeps what it found for the next document.</summary>
    private static byte[] Draw(PdfDocument document, DateTimeOffset now, PdfLimits limits, CancellationToken cancel)
    {
        mostDrawn = Math.Max(mostDrawn, Interlocked.Increment(ref drawing));
        if (!FontMaps.TryTake(out var map)) map = new FontMap(Pango.NewFontMap(), 0);
        try
        {
            return PdfDrawing.Draw(map.Handle, document, now, limits, cancel);
        }
        finally
        {
            Interlocked.Decrement(ref drawing);
            if (map.Drawn < DrawnPerFontMap) FontMaps.Add(map with { Drawn = map.Drawn + 1 });
            else Pango.Unref(map.Handle);
        }
    }

    private static string? LookForLibraries()
    {
        foreach (var library in (string[])[Cairo.Library, Pango.Library, Pango.CairoLibrary, Pango.ObjectLibrary])
            if (!NativeLibrary.TryLoad(library, out _))
                return $"PDF files cannot be written: the library {library} is not installed on this server. Its operator installs the Debian package libpangocairo-1.0-0 (and fonts-noto-core).";
        var map = Pango.NewFontMap();
        Pango.ListFamilies(map, out var families, out var count);
        Pango.Free(families);
        Pango.Unref(map);
        return count > 0 ? null : "PDF files cannot be written: no font is installed on this server. Its operator installs the Debian package fonts-noto-core.";
    }

    private sealed record FontMap(nint Handle, int Drawn);
}
