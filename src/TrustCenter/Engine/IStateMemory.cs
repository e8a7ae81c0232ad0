namespace TrustCenter.Engine;

/// <summary>How much an engine keeps in memory.</summary>
public interface IStateMemory
{
    /// <summary>States in memory now, in this process.</summary>
    int Resident { get; }
}
