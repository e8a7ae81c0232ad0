using System.Text;

namespace TrustCenter.Tests.Deals;

/// <summary>Cells as RFC 4180 reads them, written apart from the product's reader and writer.</summary>
internal static class PlainCsv
{
    public static List<List<string>> Read(string text)
    {
        var (rows, row, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
            else if (text[i] == '"') quoted = !quoted;
            else if (quoted || text[i] is not (',' or '\r' or '\n')) cell.Append(text[i]);
            else if (text[i] != '\r')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (text[i] != '\n') continue;
                rows.Add(row);
                row = [];
            }
        }
        if (row.Count + cell.Length > 0) rows.Add([.. row, cell.ToString()]);
        return rows;
    }
}
