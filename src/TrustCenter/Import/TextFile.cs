using System.Text;

namespace TrustCenter.Import;

/// <summary>A text file of the folder, checked before anybody parses it: its length, UTF-8, no NUL.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static StreamReader Open(string path) => new(path, Strict, detectEncodingFromByteOrderMarks: true);

    /// <summary>The whole text without its byte order mark, or null beside an error.</summary>
    public static string? Read(string path, long longest, FileProblems problems)
    {
        if (!Check(path, longest, problems)) return null;
        using var reader = Open(path);
        return reader.ReadToEnd();
    }

    public static bool Check(string path, long longest, FileProblems problems)
    {
        try
        {
            return CheckLength(new FileInfo(path), longest, problems) && CheckBytes(path, problems);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            problems.Error(null, null, "unreadable file", "The file cannot be opened. Check that it may be read.");
            return false;
        }
    }

    private static bool CheckLength(FileInfo file, long longest, FileProblems problems)
    {
        if (file.Length == 0)
            problems.Error(null, null, "empty file", "The file is empty. Fill it or remove it.");
        else if (file.Length > longest)
            problems.Error(null, null, "too long", $"The file has {file.Length:N0} bytes; at most {longest:N0} are read. Split it"
                + (longest == ImportLimits.Yaml ? ", or write it as .csv or .jsonl." : "."));
        else
            return true;
        return false;
    }

    private static bool CheckBytes(string path, FileProblems problems)
    {
        using var stream = File.OpenRead(path);
        var decoder = Strict.GetDecoder();
        var bytes = new byte[64 * 1024];
        var chars = new char[Strict.GetMaxCharCount(bytes.Length)];
        var line = 1;
        while (true)
        {
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var block = bytes.AsSpan(0, read);
            if (block.IndexOf((byte)0) is >= 0 and var nul)
                return Refuse(line + Lines(block[..nul]), "The line holds a NUL byte. Save the file as UTF-8 text.", problems);
            try
            {
                decoder.GetChars(block, chars, flush: read < bytes.Length);
            }
            catch (DecoderFallbackException invalid)
            {
                var before = block[..Math.Clamp(invalid.Index, 0, read)];
                return Refuse(line + Lines(before), "The line is not valid UTF-8. Save the file as \"UTF-8\" or \"CSV UTF-8\".", problems);
            }

            if (read < bytes.Length) return true;
            line += Lines(block);
        }
    }

    private static int Lines(ReadOnlySpan<byte> block) => block.Count((byte)'\n');

    private static bool Refuse(int line, string reason, FileProblems problems)
    {
        problems.Error(line, null, "not UTF-8", reason);
        return false;
    }
}
