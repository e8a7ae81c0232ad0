using Microsoft.Extensions.Hosting;
using StackExchange.Redis;
using TrustCenter.Engine;
using TrustCenter.Keys;

namespace TrustCenter.Redis;

/// <summary>Tells the other processes that something changed, wakes this one when they do, and sees whether Redis answers. No commit waits for it.</summary>
public sealed class RedisSignals(RedisLink link, ChangeSignal signal, HostKeys keys) : BackgroundService
{
    private const int MostUnanswered = 10; // questions, then the connection is made anew
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1); // how long an outage lasts unseen, and its end
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(5); // between two signals; what is raised meanwhile is in the next

    private readonly string me = Guid.NewGuid().ToString("N");
    private readonly RedisChannel channel = new($"trust:{keys.Name}:changes", RedisChannel.PatternMode.Literal);
    private readonly RedisKey probe = $"trust:{keys.Name}:probe";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!link.IsWished) return;
        await Task.Yield(); // the host's start does not wait
        try
        {
            var (unanswered, isRaised) = (MostUnanswered, false);
            while (true)
            {
                if (unanswered >= MostUnanswered)
                {
                    await link.Connect(channel, Hear, stoppingToken);
                    unanswered = 0;
                }
                unanswered = await (isRaised ? Tell() : link.Probe(probe)) ? 0 : unanswered + 1;
                isRaised = await Next(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    private void Hear(RedisValue from)
    {
        if (from != me) signal.Others.Give();
    }

    private async Task<bool> Tell() => await link.Ask(redis => redis.PublishAsync(channel, me)) is not null;

    private async Task<bool> Next(CancellationToken stop)
    {
        await Task.Delay(link.IsUp ? Gap : Look, stop);
        return link.IsUp && await signal.Own.Wait(Look, stop);
    }
}
