namespace TrustCenter.Benchmarks;

/// <summary>One operation of the product against what else could do it, in one interleaved run.</summary>
/// <param name="IsShort">One of the four that a change is held to.</param>
public sealed record Comparison(string Name, bool IsShort, Func<Stage, Task<IReadOnlyList<Line>>> Run);

/// <summary>One line of the table: a goal and what was reached.</summary>
/// <param name="IsLeast">The goal is a least value; otherwise a most.</param>
/// <param name="Note">The figures behind it.</param>
public sealed record Line(string What, double Goal, double Reached, bool IsLeast, string Note = "")
{
    public static Line AtLeast(string what, double goal, double reached, string note = "") => new(what, goal, reached, true, note);

    public static Line AtMost(string what, double goal, double reached, string note = "") => new(what, goal, reached, false, note);

    /// <param name="gate">The part of the goal that must be reached.</param>
    public bool Holds(double gate) => IsLeast ? Reached >= Goal * gate : Reached <= Goal / gate;
}
