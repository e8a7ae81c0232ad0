using System.Buffers.Binary;
using System.Text;

namespace TrustCenter.Tenants;

/// <param name="Texts">Null: the server could not say.</param>
/// <param name="IsCut">The answer was too long for a datagram and must be asked for over TCP.</param>
internal sealed record DnsAnswer(IReadOnlyList<string>? Texts, bool IsCut = false)
{
    public static readonly DnsAnswer Unreadable = new(null as IReadOnlyList<string>);
}

/// <summary>The bytes of one question for texts and of its answer (RFC 1035, section 4). Reads hostile bytes: every length and pointer is checked.</summary>
internal static class DnsMessage
{
    private const int HeaderLength = 12, LongestName = 255; // bytes
    private const int MostPointers = 16, MostRecords = 100, MostTexts = 50; // an answer with more is not about us
    private const int TypeText = 16, TypeAlias = 5, ClassInternet = 1;
    private const int NoError = 0, NoSuchName = 3; // response codes

    /// <param name="name">ASCII labels of at most 63 bytes.</param>
    public static byte[] Question(ushort id, string name)
    {
        var bytes = new List<byte> { (byte)(id >> 8), (byte)id, 0x01, 0, 0, 1, 0, 0, 0, 0, 0, 0 }; // recursion desired, one question
        foreach (var label in name.Split('.'))
        {
            bytes.Add((byte)label.Length);
            bytes.AddRange(Encoding.ASCII.GetBytes(label));
        }
        bytes.AddRange([0, 0, TypeText, 0, ClassInternet]);
        return [.. bytes];
    }

    /// <summary>Null when these bytes answer no question of ours.</summary>
    public static DnsAnswer? Answer(ReadOnlySpan<byte> bytes, ushort id, string name)
    {
        if (bytes.Length < HeaderLength || Number(bytes, 0) != id) return null;
        var flags = Number(bytes, 2);
        var isResponse = (flags & 0x8000) != 0 && (flags & 0x7800) == 0;
        var at = HeaderLength;
        if (!isResponse || Number(bytes, 4) != 1 || Name(bytes, ref at) is not { } asked || !Same(asked, name) || at + 4 > bytes.Length) return null;
        if (Number(bytes, at) != TypeText || Number(bytes, at + 2) != ClassInternet) return null;
        if ((flags & 0x0200) != 0) return new DnsAnswer(null, IsCut: true);
        return (flags & 0x000f) switch
        {
            NoSuchName => new DnsAnswer([]),
            NoError => Records(bytes, at + 4, Math.Min((int)Number(bytes, 6), MostRecords), name),
            _ => DnsAnswer.Unreadable,
        };
    }

    private static DnsAnswer Records(ReadOnlySpan<byte> bytes, int at, int count, string name)
    {
        var texts = new List<string>();
        var owner = name; // moves along aliases, which come in their order (RFC 1034, section 4.3.2)
        for (var n = 0; n < count; n++)
        {
            if (Name(bytes, ref at) is not { } of || at + 10 > bytes.Length) return DnsAnswer.Unreadable;
            var (type, @class, length) = (Number(bytes, at), Number(bytes, at + 2), Number(bytes, at + 8));
            at += 10;
            if (at + length > bytes.Length) return DnsAnswer.Unreadable;
            if (@class == ClassInternet && Same(of, owner))
            {
                var alias = at;
                if (type == TypeAlias && Name(bytes, ref alias) is { } target) owner = target;
                else if (type == TypeText && texts.Count < MostTexts && Text(bytes.Slice(at, length)) is { } text) texts.Add(text);
            }
            at += length;
        }
        return new DnsAnswer(texts);
    }

    // One text is cut into strings of at most 255 bytes, which are read as one. Bytes that are no ASCII are somebody else's.
    private static string? Text(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        while (!data.IsEmpty)
        {
            int length = data[0];
            if (length + 1 > data.Length || !Ascii.IsValid(data.Slice(1, length))) return null;
            text.Append(Encoding.ASCII.GetString(data.Slice(1, length)));
            data = data[(length + 1)..];
        }
        return text.ToString();
    }

    private static string? Name(ReadOnlySpan<byte> bytes, ref int at)
    {
        var name = new StringBuilder();
        var (position, pointers, isAway) = (at, 0, false);
        while (position < bytes.Length && name.Length <= LongestName)
        {
            int length = bytes[position];
            if ((length & 0xc0) == 0xc0)
            {
                if (position + 2 > bytes.Length || ++pointers > MostPointers) return null;
                if (!isAway) at = position + 2;
                (isAway, position) = (true, Number(bytes, position) & 0x3fff);
                continue;
            }
            if (length > 63 || position + 1 + length > bytes.Length) return null;
            position += 1 + length;
            if (length == 0)
            {
                if (!isAway) at = position;
                return name.ToString();
            }
            if (name.Length > 0) name.Append('.');
            name.Append(Encoding.Latin1.GetString(bytes.Slice(position - length, length)));
        }
        return null;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static ushort Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
}
