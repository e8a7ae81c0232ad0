using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using TrustCenter.Keys;
using TrustCenter.Redis;
using TrustCenter.Telemetry;

namespace TrustCenter.Mail;

/// <summary>
/// How often one network may ask for codes in vain: beyond it nobody looks into the database, so that a flood costs no write. Counted in memory, always, and
/// by all processes together while Redis answers; without it each process is as strict for itself. What is granted is counted in the database alone.
/// </summary>
public sealed class AskFlood(RedisLink redis, HostKeys keys, TimeProvider clock, IOptions<TrustCenterOptions> options)
{
    public const int TriesPerCode = 2; // wishes of one network in the window, for each code that it may have

    public const int MostSignIns = 600; // by a provider, of one network in the window: a large office behind one address

    private const int MostNetworks = 10_000; // in memory; beyond it all begin anew, and the database still counts the codes

    // One step, so that no count is left without an end: also one whose end an older Redis lost.
    private const string CountUp = "local n = redis.call('INCR', KEYS[1]) if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end return n";

    private static readonly Guid Networks = new("00000000-0000-8000-8000-0000000000b3"); // scope of their names in Redis

    private readonly ConcurrentDictionary<string, (long Count, DateTimeOffset Until)> counts = new(StringComparer.Ordinal);

    /// <summary>Counts this wish; false: there were too many, here or at all processes together.</summary>
    public ValueTask<bool> Admits(string network) => Admits(network, (long)TriesPerCode * options.Value.MostCodesPerNetwork);

    /// <summary>The same for a sign-in by a provider: no mail leaves, so it takes no code from its network and needs none.</summary>
    public ValueTask<bool> AdmitsSignIn(string network) => Admits("sign-in " + network, MostSignIns);

    private async ValueTask<bool> Admits(string network, long most)
    {
        if (CountHere(network) > most) return false;
        if (!redis.IsWished) return true;
        if (redis.IsUp && await CountTogether(network) is { } together) return together <= most;
        Signals.LocalLimit();
        return true;
    }

    private long CountHere(string network)
    {
        var now = clock.GetUtcNow();
        if (counts.Count >= MostNetworks) counts.Clear();
        return counts.AddOrUpdate(network, _ => (1, now + AskLimits.Window), (_, held) => now < held.Until ? (held.Count + 1, held.Until) : (1, now + AskLimits.Window)).Count;
    }

    // Redis reads no address: the name is keyed with the host's key.
    private Task<long?> CountTogether(string network)
    {
        RedisKey key = $"trust:{keys.Name}:asks:{Convert.ToHexStringLower(keys.Lookup(Networks, network))}";
        return redis.Ask(async database => (long)await database.ScriptEvaluateAsync(CountUp, [key], [(long)AskLimits.Window.TotalMilliseconds], CommandFlags.NoScriptCache));
    }
}
