namespace TrustCenter.Faults;

/// <summary>The table, line by line as it is seen, in Markdown.</summary>
public sealed class Table(TextWriter output)
{
    private int held, broken;

    public void Begin() => output.WriteLine("| fault | what was done | what must hold | seen | |\n|---|---|---|---|---|");

    public void Add(string fault, IEnumerable<Line> lines)
    {
        foreach (var line in lines)
        {
            if (line.Holds) held++;
            else broken++;
            output.WriteLine($"| {fault} | {line.What} | {line.Promise} | {line.Seen} | {(line.Holds ? "holds" : "**BROKEN**")} |");
        }
        output.Flush();
    }

    /// <summary>1 when a line did not hold, or when there was none.</summary>
    public int End()
    {
        output.WriteLine($"\n{held} lines hold, {broken} broken");
        return broken == 0 && held > 0 ? 0 : 1;
    }
}
