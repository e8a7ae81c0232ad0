using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace TrustCenter.Tenants;

/// <summary>
/// A PNG picture of which only the picture is kept (PNG, third edition, sections 5 and 11): texts, profiles, times, animation, and whatever an
/// editor left in or after it are dropped.
/// </summary>
internal static partial class PngFile
{
    public const int Longest = 256 * 1024; // bytes
    public const int Widest = 2_000, Highest = 1_000; // pixels; what a browser holds of it stays under 16 MB

    private const string Damaged = "This is no PNG picture, or it is damaged. Save it as PNG once more.";
    private const int Frame = 12; // bytes of a chunk beside its data: length, type, check sum

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private sealed record Chunk(string Type, byte[] Data, byte[] Whole);

    private sealed record Header(int Width, int Height, int Depth, int Colour, bool IsInterlaced);

    public static bool Begins(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>The picture and nothing else, or null and why not.</summary>
    public static byte[]? Read(byte[] file, out string refusal)
    {
        refusal = $"The picture may have {Longest / 1024} kB. Save it smaller.";
        if (file.Length > Longest) return null;
        refusal = Damaged;
        if (Chunks(file) is not { } kept || !Order().IsMatch(string.Join(' ', kept.Select(c => c.Type)))) return null;
        if (HeaderOf(kept[0].Data) is not { } header) return null;
        if (header.Width > Widest || header.Height > Highest)
        {
            refusal = string.Create(CultureInfo.InvariantCulture, $"The picture has {header.Width:N0} by {header.Height:N0} pixels. It may have {Widest:N0} by {Highest:N0}. Save it smaller.");
            return null;
        }
        if (!AreColours(header.Colour, kept) || !IsWhole(header, kept)) return null;
        return [.. Signature, .. kept.SelectMany(c => c.Whole)];
    }

    [GeneratedRegex(@"^IHDR( PLTE)?( tRNS)?( IDAT)+ IEND\z", RegexOptions.NonBacktracking)]
    private static partial Regex Order();

    // Up to the end of the picture: the critical ones, whose first letter is a capital, and transparency.
    private static List<Chunk>? Chunks(byte[] file)
    {
        if (!Begins(file)) return null;
        var kept = new List<Chunk>();
        for (var at = Signature.Length; file.Length - at >= Frame;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - Frame) return null;
            var whole = file[at..(at + Frame + (int)length)];
            if (Crc(whole.AsSpan(4..^4)) != BinaryPrimitives.ReadUInt32BigEndian(whole.AsSpan(^4..))) return null;
            at += whole.Length;
            var type = Encoding.Latin1.GetString(whole, 4, 4);
            if (char.IsAsciiLetterUpper(type[0]) || type == "tRNS") kept.Add(new Chunk(type, whole[8..^4], whole));
            if (type == "IEND") return length == 0 ? kept : null;
        }
        return null;
    }

    private static Header? HeaderOf(byte[] data)
    {
        if (data is not [_, _, _, _, _, _, _, _, var depth, var colour, 0, 0, var interlaced and (0 or 1)]) return null;
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(4)));
        var isKnown = (colour, depth) is (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) or (2 or 4 or 6, 8 or 16);
        return isKnown && width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue ? new((int)width, (int)height, depth, colour, interlaced == 1) : null;
    }

    private static bool AreColours(int colour, List<Chunk> kept)
    {
        var palette = kept.Find(c => c.Type == "PLTE")?.Data.Length;
        var clear = kept.Find(c => c.Type == "tRNS")?.Data.Length;
        if (palette is not (null or > 0 and <= 768) || palette % 3 > 0) return false;
        return colour switch
        {
            0 => palette is null && clear is null or 2,
            2 => clear is null or 6,
            3 => palette is not null && (clear is null || clear <= palette / 3),
            4 => palette is null && clear is null,
            _ => clear is null,
        };
    }

    // As many bytes as its rows have, each with its filter: less is a broken picture, more would be a bomb.
    private static bool IsWhole(Header header, List<Chunk> kept)
    {
        var expected = Passes(header).Where(p => p.Width > 0 && p.Height > 0).Sum(p => p.Height * (1L + (p.Width * (long)Bits(header) + 7) / 8));
        using var packed = new MemoryStream([.. kept.Where(c => c.Type == "IDAT").SelectMany(c => c.Data)]);
        using var rows = new ZLibStream(packed, CompressionMode.Decompress);
        var (buffer, read) = (new byte[16 * 1024], 0L);
        try
        {
            for (int some; read <= expected && (some = rows.Read(buffer)) > 0;) read += some;
        }
        catch (InvalidDataException) { return false; }
        return read == expected;
    }

    private static int Bits(Header header) => header.Depth * header.Colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    // Interlaced pictures come in seven coarser ones (section 8, Adam7).
    private static IEnumerable<(int Width, int Height)> Passes(Header h)
    {
        if (!h.IsInterlaced) return [(h.Width, h.Height)];
        (int X, int Y, int Right, int Down)[] grids = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        return grids.Select(g => ((h.Width - g.X + g.Right - 1) / g.Right, (h.Height - g.Y + g.Down - 1) / g.Down));
    }

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 0 ? c >> 1 : 0xEDB88320 ^ (c >> 1)))];

    // Annex D.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes) crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }
}
