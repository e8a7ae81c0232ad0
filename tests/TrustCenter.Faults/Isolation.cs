using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using TrustCenter.Benchmarks.Comparisons;

namespace TrustCenter.Faults;

/// <summary>One vendor beside another: nothing of it is seen, felt, or left behind. What the tests hold is run once more and counted here.</summary>
public static partial class Isolation
{
    public static async Task<IReadOnlyList<Line>> Run(Stage stage)
    {
        using var measured = new Benchmarks.Stage(stage.IsLong);
        var noise = (await Noise.Run(measured)).Single();
        return
        [
            await Tests("TenantMatrixTests", "Every route with every kind of id of another vendor, as every role", "It answers like one that never was, in bytes and headers"),
            new("One vendor gets fifty times the readers of another", $"The other's p99 is at most {noise.Goal:F0} times what it was", string.Create(CultureInfo.InvariantCulture, $"{noise.Reached:F2} times: {noise.Note}"), noise.Holds(1)),
            await Tests("A_deleted_tenant_leaves_nothing", "A vendor is deleted", "No row, byte or name of it is left, and the proof lists what was"),
        ];
    }

    private static async Task<Line> Tests(string named, string what, string promise)
    {
        var start = new ProcessStartInfo("dotnet", ["test", Path.Combine(AppContext.BaseDirectory, "TrustCenter.Tests.dll"), "--nologo", "--filter", "FullyQualifiedName~" + named]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var run = Process.Start(start)!;
        var (output, errors) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.WaitForExitAsync();
        var counted = Summary().Match(await output);
        if (!counted.Success) throw new InvalidOperationException($"The tests {named} did not run: {await output}{await errors}");
        return new(what, promise, $"{counted.Groups["passed"].Value} cases held, {counted.Groups["failed"].Value} did not", run.ExitCode == 0 && counted.Groups["passed"].Value != "0");
    }

    [GeneratedRegex(@"Failed:\s+(?<failed>\d+), Passed:\s+(?<passed>\d+)")]
    private static partial Regex Summary();
}
