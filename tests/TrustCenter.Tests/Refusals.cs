using TrustCenter.Engine;

namespace TrustCenter.Tests;

internal static class Refusals
{
    /// <summary>Refused in these words, and nothing would be written.</summary>
    public static void ShouldBeRefused<TState>(this Decision<TState> decision, string words) where TState : class, IState<TState>
    {
        decision.Outcome.ShouldBeOfType<Outcome.Refused>().Why.ShouldContain(words);
        decision.State.ShouldBeNull();
    }

    /// <summary>The fields that a refusal names.</summary>
    public static IEnumerable<string> Fields<TState>(this Decision<TState> decision) where TState : class, IState<TState>
        => decision.Outcome.ShouldBeOfType<Outcome.Refused>().Problems.Select(p => p.Field);
}
