namespace TrustCenter.Benchmarks;

/// <summary>CPU seconds and the operations that they were for.</summary>
public readonly record struct Sample(double Cpu, long Operations)
{
    /// <summary>Microseconds for one.</summary>
    public double Each => Cpu * 1e6 / Math.Max(1, Operations);
}

/// <summary>One way to do the operation.</summary>
public sealed record Variant(string Name, Func<Task<Sample>> Run);

/// <summary>Runs variants in turns, A B C A B C, so that what disturbs the machine disturbs all of them.</summary>
public static class Interleaved
{
    private const int LeastWarmUps = 3, MostWarmUps = 10; // turns through all variants
    private const double Agree = 0.05; // of the time; the JIT still doubles the speed from one turn to the next at first

    /// <summary>Microseconds of CPU for one operation, by variant: the median of its rounds.</summary>
    public static async Task<Dictionary<string, double>> Measure(int rounds, params Variant[] variants)
    {
        await WarmUp(variants);
        var seen = variants.ToDictionary(v => v.Name, _ => new List<double>());
        for (var round = 0; round < rounds; round++)
            foreach (var variant in variants) seen[variant.Name].Add((await variant.Run()).Each);
        return seen.ToDictionary(s => s.Key, s => Median(s.Value));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static async Task WarmUp(Variant[] variants)
    {
        var before = variants.ToDictionary(v => v.Name, _ => double.MaxValue);
        for (var turn = 1; turn <= MostWarmUps; turn++)
        {
            var isWarm = turn > LeastWarmUps;
            foreach (var variant in variants)
            {
                var now = (await variant.Run()).Each;
                isWarm &= now >= before[variant.Name] * (1 - Agree); // no longer faster
                before[variant.Name] = now;
            }
            if (isWarm) return;
        }
    }
}
