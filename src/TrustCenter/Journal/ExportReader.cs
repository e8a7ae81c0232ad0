using System.Security.Cryptography;

namespace TrustCenter.Journal;

/// <summary>Reads a stream line by line, one line in memory at a time, and hashes all but the seal.</summary>
internal sealed class ExportReader(Stream from) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    public long LineNumber { get; private set; } // 1 is the header

    /// <summary>The next line without its end, good until the next call; null where the stream ends, or a line has no end.</summary>
    public ReadOnlyMemory<byte>? Next()
    {
        for (var searched = 0; ;)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + length);
                _start += line.Length + 1;
                LineNumber++;
                return line;
            }
            searched = _end - _start;
            if (searched >= ExportLine.Longest || !Fill()) return null;
        }
    }

    /// <summary>Whether bytes are left that form no line.</summary>
    public bool HasMore => _end > _start || Fill();

    public void Hash(ReadOnlyMemory<byte> line)
    {
        _hash.AppendData(line.Span);
        _hash.AppendData("\n"u8);
    }

    public byte[] Sha256() => _hash.GetCurrentHash();

    public void Dispose() => _hash.Dispose();

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = from.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
