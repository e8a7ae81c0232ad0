using System.Globalization;
using System.Text;

namespace TrustCenter.Erasures;

/// <param name="IsSealed">Not destroyed yet: kept unseen as the proof of an accepted agreement.</param>
public sealed record Erasure(DateTimeOffset At, Guid Tenant, Guid Person, bool IsSealed)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {Tenant:D} {Person:D} {(IsSealed ? "sealed" : "erased")}");

    public static Erasure? Parse(string line)
        => line.Split(' ') is [var at, var tenant, var person, "sealed" or "erased"] && Guid.TryParseExact(tenant, "D", out var t) && Guid.TryParseExact(person, "D", out var p)
            && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var utc) ? new Erasure(utc, t, p, line.EndsWith("sealed", StringComparison.Ordinal)) : null;
}

/// <summary>
/// Who was forgotten, by the ids of personal records, in a file beside the database and never inside it: a database that is restored from an
/// older copy is told again whom to forget (DESIGN, section 5). Written before the database, so that a crash between forgets too much rather than too little.
/// </summary>
public sealed class ErasureList(string file)
{
    private readonly Lock writing = new();

    /// <summary>Returns when it is on the disk.</summary>
    public void Append(IEnumerable<Erasure> erasures)
    {
        var text = string.Concat(erasures.Select(e => e + "\n"));
        if (text.Length == 0) return;
        lock (writing)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var stream = new FileStream(file, options);
            stream.Seek(0, SeekOrigin.End);
            if (EndsInside(stream)) text = "\n" + text; // a crash cut the last line: what follows must not be read with it
            stream.Write(Encoding.ASCII.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }
    }

    /// <summary>Every whole line, oldest first.</summary>
    public IEnumerable<Erasure> Read() => File.Exists(file) ? File.ReadLines(file, Encoding.ASCII).Select(Erasure.Parse).OfType<Erasure>() : [];

    private static bool EndsInside(FileStream stream)
    {
        if (stream.Length == 0) return false;
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() != '\n';
    }
}
