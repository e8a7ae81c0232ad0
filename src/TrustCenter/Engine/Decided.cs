using System.Runtime.CompilerServices;

namespace TrustCenter.Engine;

/// <summary>Whether something was decided since this flow of execution began to watch: a failure that comes after it must not say that nothing was changed.</summary>
public static class Decided
{
    private static readonly AsyncLocal<StrongBox<bool>?> Here = new();

    public static bool Something => Here.Value?.Value == true;

    public static void Watch() => Here.Value = new(false);

    internal static void Note()
    {
        if (Here.Value is { } watched) watched.Value = true;
    }
}
