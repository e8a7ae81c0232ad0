namespace TrustCenter.Faults;

/// <summary>One way of breaking it, and what must hold then.</summary>
/// <param name="IsShort">It has a short form, which every change is held to.</param>
public sealed record Fault(string Name, bool IsShort, Func<Stage, Task<IReadOnlyList<Line>>> Run);

/// <summary>One line of the table.</summary>
/// <param name="What">What was done, with its numbers.</param>
/// <param name="Promise">What must hold.</param>
/// <param name="Seen">What was counted or measured.</param>
public sealed record Line(string What, string Promise, string Seen, bool Holds);
