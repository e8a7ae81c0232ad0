using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TrustCenter.Journal;

/// <summary>Writes fields one after another, each behind its length (4 bytes, big-endian), so that no two lists of fields share their bytes.</summary>
internal sealed class FieldWriter
{
    /// <summary>Throws on half a surrogate pair: replacing it would give two different strings the same bytes.</summary>
    internal static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _bytes = new(256);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Text(string value)
    {
        var length = StrictUtf8.GetByteCount(value);
        StrictUtf8.GetBytes(value, Open(length));
        _bytes.Advance(length);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Open(value.Length));
        _bytes.Advance(value.Length);
    }

    public void Number(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(Open(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }

    public void Id(Guid value)
    {
        value.TryWriteBytes(Open(16), bigEndian: true, out _);
        _bytes.Advance(16);
    }

    private Span<byte> Open(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(sizeof(int)), length);
        _bytes.Advance(sizeof(int));
        return _bytes.GetSpan(length)[..length];
    }
}

/// <summary>Reads what <see cref="FieldWriter"/> wrote; anything else is a <see cref="FormatException"/>.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public string Text()
    {
        try
        {
            return FieldWriter.StrictUtf8.GetString(Bytes());
        }
        catch (DecoderFallbackException notUtf8)
        {
            throw new FormatException("A text field isn't UTF-8.", notUtf8);
        }
    }

    public long Number() => BinaryPrimitives.ReadInt64BigEndian(Exactly(sizeof(long)));

    public Guid Id() => new(Exactly(16), bigEndian: true);

    public ReadOnlySpan<byte> Exactly(int length)
    {
        var field = Bytes();
        return field.Length == length ? field : throw new FormatException($"A field has {field.Length} bytes instead of {length}.");
    }

    private ReadOnlySpan<byte> Bytes()
    {
        if (_rest.Length < sizeof(int)) throw new FormatException("The bytes end within a length.");
        var length = BinaryPrimitives.ReadInt32BigEndian(_rest);
        if (length < 0 || length > _rest.Length - sizeof(int)) throw new FormatException("The bytes end within a field.");
        var field = _rest.Slice(sizeof(int), length);
        _rest = _rest[(sizeof(int) + length)..];
        return field;
    }
}
