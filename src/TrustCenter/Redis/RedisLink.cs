using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace TrustCenter.Redis;

/// <summary>
/// Redis, where one is set up: it shares what each process counts for itself and wakes those who would look anyway. It is never the truth. Each question
/// is waited for at most <see cref="Patience"/>, and while it is down only <see cref="RedisSignals"/> asks whether it is back.
/// </summary>
public sealed class RedisLink(IOptions<TrustCenterOptions> options, TimeProvider clock, ILogger<RedisLink> log) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly Lock change = new();
    private volatile ConnectionMultiplexer? open;
    private volatile bool isUp;

    /// <summary>One is set up.</summary>
    public bool IsWished => options.Value.Redis is not null;

    public bool IsUp => isUp;

    /// <summary>When it stopped to answer; null while it does, and before it was first asked.</summary>
    public DateTimeOffset? DownSince { get { lock (change) return downSince; } }
    private DateTimeOffset? downSince;

    public static bool CanRead(string connectionString) => TryRead(connectionString, out _);

    /// <summary>The answer; null where there was none in time.</summary>
    public async Task<T?> Ask<T>(Func<IDatabase, Task<T>> ask) where T : struct
    {
        if (open is not { } connection) return null;
        try
        {
            var answer = await ask(connection.GetDatabase()).WaitAsync(Patience);
            await Task.Yield(); // off the library's own thread, which others wait for
            return answer;
        }
        // Whatever it is: nothing fails because of Redis.
        catch (Exception failed)
        {
            Down(failed);
            return null;
        }
    }

    /// <summary>Whether it takes a write: one that is full, or a copy that only reads, still tells signals. Nothing else says that it is back.</summary>
    internal async Task<bool> Probe(RedisKey key)
    {
        var isTaken = await Ask(redis => redis.StringSetAsync(key, "", TimeSpan.FromMinutes(1))) is true;
        if (isTaken) Up();
        return isTaken;
    }

    /// <summary>Drops the connection that there was for a new one, which finds its server again by itself. Returns without an error whether or not anybody answers.</summary>
    internal async Task Connect(RedisChannel channel, Action<RedisValue> heard, CancellationToken stop)
    {
        Close();
        if (!TryRead(options.Value.Redis!, out var settings)) return;
        settings.AbortOnConnectFail = false;
        try
        {
            var fresh = await ConnectionMultiplexer.ConnectAsync(settings).WaitAsync(stop);
            open = fresh;
            // Kept by the library from here on, and sent again with each connection.
            await fresh.GetSubscriber().SubscribeAsync(channel, (_, said) => heard(said)).WaitAsync(TimeSpan.FromMilliseconds(settings.ConnectTimeout), stop);
        }
        catch (Exception failed) when (!stop.IsCancellationRequested) { Down(failed); }
    }

    public void Dispose() => Close();

    private void Close()
    {
        if (open is not { } before) return;
        open = null;
        before.Close(allowCommandsToComplete: false);
    }

    private static bool TryRead(string connectionString, [NotNullWhen(true)] out ConfigurationOptions? settings)
    {
        settings = null;
        try { settings = ConfigurationOptions.Parse(connectionString); }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or OverflowException) { }
        return settings is { EndPoints.Count: > 0 };
    }

    private void Up()
    {
        if (isUp) return;
        lock (change)
        {
            if (isUp) return;
            (isUp, downSince) = (true, null);
        }
        log.LogInformation("Redis answers: limits are counted together with the other processes, and changes are told at once.");
    }

    private void Down(Exception why)
    {
        lock (change)
        {
            if (!isUp && downSince is not null) return;
            (isUp, downSince) = (false, clock.GetUtcNow());
        }
        log.LogWarning("Redis does not answer: until it does, flood limits hold in each process for itself and changes are seen by looking. {Why}", why.Message);
    }
}
