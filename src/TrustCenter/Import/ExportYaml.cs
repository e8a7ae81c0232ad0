using System.Globalization;
using System.Text;

namespace TrustCenter.Import;

/// <summary>
/// Writes YAML that <see cref="YamlFile"/> reads back word for word, always in the same form: one value a line, text of several lines as a
/// block, so that a change of a word is a difference of a line.
/// </summary>
internal sealed class ExportYaml
{
    private static readonly string[] Empty = ["null", "~"]; // plain, these mean nothing

    private readonly StringBuilder text = new();

    public override string ToString() => text.ToString();

    /// <summary>One name with its value; nothing where there is no value.</summary>
    public void Value(int depth, string name, string? value, bool opensItem = false)
    {
        if (string.IsNullOrEmpty(value)) return;
        Name(depth, name, opensItem);
        text.Append(' ');
        if (IsBlock(value)) Block(depth + 1, value);
        else text.Append(Scalar(value)).Append('\n');
    }

    public void Values(int depth, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0) return;
        Name(depth, name, opensItem: false);
        text.Append('\n');
        foreach (var value in values) Indent(depth + 1).Append("- ").Append(Scalar(value)).Append('\n');
    }

    public void Map(int depth, string name, IEnumerable<KeyValuePair<string, string>> values)
    {
        var said = values.Where(v => v.Value.Length > 0).ToList();
        if (said.Count == 0) return;
        Name(depth, name, opensItem: false);
        text.Append('\n');
        foreach (var (key, value) in said) Value(depth + 1, Scalar(key), value);
    }

    /// <summary>A name whose entries follow, each beginning with a value that opens an item.</summary>
    public void List(int depth, string name)
    {
        Name(depth, name, opensItem: false);
        text.Append('\n');
    }

    /// <summary>An empty line between two things of a file.</summary>
    public void Gap() => text.Append('\n');

    private void Name(int depth, string name, bool opensItem)
    {
        if (opensItem) Indent(depth - 1).Append("- ");
        else Indent(depth);
        text.Append(name).Append(':');
    }

    private StringBuilder Indent(int depth) => text.Append(' ', depth * 2);

    // The block's first line must not begin with white space, and no line may end in it: everything else is kept as it is (YAML 1.2, 8.1.2).
    private static bool IsBlock(string value)
        => value.Contains('\n') && value.All(c => c is '\n' or (>= ' ' and <= '~') || IsPlainLetter(c)) && !char.IsWhiteSpace(value[0])
            && value.Split('\n').All(line => line.Length == 0 || line[^1] != ' ') && value[^1] != '\n';

    private void Block(int depth, string value)
    {
        text.Append("|-\n");
        foreach (var line in value.Split('\n'))
        {
            if (line.Length > 0) Indent(depth).Append(line);
            text.Append('\n');
        }
    }

    private static string Scalar(string value) => IsPlain(value) ? value : Quoted(value);

    private static bool IsPlain(string value) => value.Length is > 0 and <= 60 && char.IsAsciiLetterOrDigit(value[0]) && value[^1] != ' '
        && value.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_' or '.' or '/' or '(' or ')') && !Empty.Contains(value, StringComparer.OrdinalIgnoreCase);

    private static string Quoted(string value)
    {
        var quoted = new StringBuilder(value.Length + 2).Append('"');
        foreach (var rune in value.EnumerateRunes())
            switch (rune.Value)
            {
                case '"': quoted.Append("\\\""); break;
                case '\\': quoted.Append("\\\\"); break;
                case '\n': quoted.Append("\\n"); break;
                case '\t': quoted.Append("\\t"); break;
                case >= ' ' and <= '~': quoted.Append((char)rune.Value); break;
                case var code when rune.IsBmp && IsPlainLetter((char)code): quoted.Append(rune.ToString()); break;
                case var code: quoted.Append(CultureInfo.InvariantCulture, $"\\U{code:X8}"); break;
            }
        return quoted.Append('"').ToString();
    }

    // Letters, digits, marks and signs that every editor shows as themselves; what cannot be seen is written by its number.
    private static bool IsPlainLetter(char c) => char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.DashPunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
        or UnicodeCategory.OtherPunctuation or UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol;
}
