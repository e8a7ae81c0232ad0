using Microsoft.Playwright;

namespace TrustCenter.Tests.Looks;

/// <summary>Widths and colours in which pages are looked at: each of both in every run, every pair of them in the long one.</summary>
internal static class Corners
{
    public static readonly IReadOnlyList<(int Width, ColorScheme Colours)> All = Environment.GetEnvironmentVariable("TRUSTCENTER_LONG") is null
        ? [(390, ColorScheme.Light), (1280, ColorScheme.Dark)]
        : [(390, ColorScheme.Light), (1280, ColorScheme.Dark), (390, ColorScheme.Dark), (1280, ColorScheme.Light), (320, ColorScheme.Light)];
}
