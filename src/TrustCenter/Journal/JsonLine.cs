using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace TrustCenter.Journal;

/// <summary>
/// Writes JSON in one exact form, that of Python's <c>json.dumps(value, separators=(",", ":"))</c>: no spaces, printable ASCII as it is,
/// everything else escaped. So every value has one sequence of bytes, and a file printed to a console can't move its cursor.
/// </summary>
internal sealed class JsonLine
{
    private readonly ArrayBufferWriter<byte> _bytes = new(512);
    private bool _comma;

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public JsonLine Open(char bracket)
    {
        Separate();
        Ascii((byte)bracket);
        _comma = false;
        return this;
    }

    public JsonLine Close(char bracket)
    {
        Ascii((byte)bracket);
        _comma = true;
        return this;
    }

    public JsonLine Name(string name)
    {
        Text(name);
        Ascii((byte)':');
        _comma = false;
        return this;
    }

    public JsonLine Text(string value)
    {
        FieldWriter.StrictUtf8.GetByteCount(value); // throws on half a surrogate pair, which no reader would accept
        Separate();
        Ascii((byte)'"');
        foreach (var character in value) Character(character);
        Ascii((byte)'"');
        return this;
    }

    public JsonLine Number(long value)
    {
        Separate();
        value.TryFormat(_bytes.GetSpan(20), out var length, provider: CultureInfo.InvariantCulture);
        _bytes.Advance(length);
        return this;
    }

    public JsonLine Hash(ReadOnlySpan<byte> value) => Text(Base64Url.EncodeToString(value));

    public JsonLine Raw(string json)
    {
        Separate();
        _bytes.Advance(Encoding.ASCII.GetBytes(json, _bytes.GetSpan(json.Length)));
        return this;
    }

    public ReadOnlyMemory<byte> End()
    {
        Ascii((byte)'\n');
        return Written;
    }

    private void Character(char character)
    {
        if (character is >= ' ' and <= '~' and not ('"' or '\\'))
        {
            Ascii((byte)character);
            return;
        }
        Ascii((byte)'\\');
        var shorthand = character switch { '"' => '"', '\\' => '\\', '\n' => 'n', '\r' => 'r', '\t' => 't', '\f' => 'f', '\b' => 'b', _ => 'u' };
        Ascii((byte)shorthand);
        if (shorthand != 'u') return;
        ((int)character).TryFormat(_bytes.GetSpan(4), out var length, "x4", CultureInfo.InvariantCulture);
        _bytes.Advance(length);
    }

    private void Separate()
    {
        if (_comma) Ascii((byte)',');
        _comma = true;
    }

    private void Ascii(byte character)
    {
        _bytes.GetSpan(1)[0] = character;
        _bytes.Advance(1);
    }
}
