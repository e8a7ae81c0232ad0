using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TrustCenter.Tests.Tenants;

/// <summary>PNG pictures, written chunk by chunk so that each can be wrong.</summary>
internal static class Png
{
    public static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], End = Chunk("IEND", []);

    /// <summary>Of one colour, eight bits each of red, green, blue and opacity.</summary>
    public static byte[] Picture(int width, int height, params byte[][] more) => [.. Signature, .. Head(width, height), .. more.SelectMany(c => c), .. Rows(height * (1L + 4 * width)), .. End];

    public static byte[] Head(int width, int height, byte depth = 8, byte colour = 6, byte interlaced = 0)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(data, width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[12]) = (depth, colour, interlaced);
        return Chunk("IHDR", data);
    }

    /// <summary>So many bytes of nothing, packed.</summary>
    public static byte[] Rows(long bytes)
    {
        using var packed = new MemoryStream();
        using (var rows = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            for (var left = bytes; left > 0; left -= 64 * 1024) rows.Write(new byte[Math.Min(left, 64 * 1024)]);
        return Chunk("IDAT", packed.ToArray());
    }

    public static byte[] Text(string words) => Chunk("tEXt", Encoding.Latin1.GetBytes("Author\0" + words));

    public static byte[] Chunk(string type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.Latin1.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk[4..^4]));
        return chunk;
    }

    // Bit by bit, as annex D defines it.
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
        return ~crc;
    }
}
