using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TrustCenter.Import;

/// <summary>
/// The line of each key of a long table, to name both rows where one comes twice. Keys are kept as 16 bytes of their SHA-256: a table of
/// 100,000 takes some 5 MB however long its keys are.
/// </summary>
internal sealed class KeyLines
{
    private readonly Dictionary<UInt128, int> lines = [];

    public void Add(string key, Row row)
    {
        if (key.Length == 0) return;
        var hash = BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        if (!lines.TryAdd(hash, row.Line))
            row.Fail("key", "duplicate key", $"{FieldText.Cite(key)} appears in row {lines[hash]} and again in row {row.Line}. Keep one, or change one key.");
    }
}
