using System.Globalization;

namespace TrustCenter.Benchmarks;

/// <summary>The table, line by line as it is measured, in Markdown.</summary>
public sealed class Table(TextWriter output, double gate)
{
    /// <summary>The part of a goal that a change is held to on a machine that others use too.</summary>
    public const double ShortGate = 0.7;

    private int missed;
    private bool isBegun;

    public void Add(string comparison, IReadOnlyList<Line> lines)
    {
        if (!isBegun) output.WriteLine("| comparison | operation | goal | reached | |\n|---|---|---|---|---|");
        isBegun = true;
        foreach (var line in lines)
        {
            if (!line.Holds(gate)) missed++;
            var mark = line.Holds(1) ? "reached" : line.Holds(gate) ? "above the gate" : "missed";
            output.WriteLine($"| {comparison} | {line.What} | {(line.IsLeast ? "≥" : "≤")} {Number(line.Goal)} | {Number(line.Reached)} | {mark}{(line.Note.Length > 0 ? ": " + line.Note : "")} |");
        }
        output.Flush();
    }

    /// <summary>1 when a line stayed below the gate.</summary>
    public int End()
    {
        output.WriteLine();
        output.WriteLine("Not in the table: dashboards over 1,000,000 touches and 10,000 notified subscribers, whose rooms are not built yet.");
        output.WriteLine(missed == 0 ? "All goals within the gate." : $"{missed} below the gate of {Number(gate)} of the goal.");
        return missed == 0 ? 0 : 1;
    }

    public static string Number(double value) => value.ToString(Math.Abs(value) < 10 ? "0.##" : "#,0", CultureInfo.InvariantCulture);
}
