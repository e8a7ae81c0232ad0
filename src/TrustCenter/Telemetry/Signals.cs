using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using TrustCenter.Engine;

namespace TrustCenter.Telemetry;

/// <summary>
/// The traces and metrics of the product, under one name. Attributes are words of our own code: kinds, outcomes, names of routes. Never a value from a request,
/// a tenant or a person (ABUSE T-008, T-093). While nobody listens each costs a read of a field.
/// </summary>
public static class Signals
{
    public const string Name = "TrustCenter";

    public static readonly ActivitySource Source = new(Name);
    public static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Decisions = Meter.CreateCounter<long>("trustcenter.decisions", description: "Decisions by kind and outcome");
    private static readonly Histogram<double> DecisionTime = Meter.CreateHistogram<double>("trustcenter.decision.duration", "s", "From the call to the durable answer");
    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("trustcenter.commit.batch", "{write}", "Writes that shared one transaction");
    private static readonly Histogram<double> CommitTime = Meter.CreateHistogram<double>("trustcenter.commit.fsync", "s", "Making one transaction durable");
    private static readonly Counter<long> GateAnswers = Meter.CreateCounter<long>("trustcenter.gate.answers", description: "Answers of the gate by step");
    private static readonly Counter<long> SnapshotReads = Meter.CreateCounter<long>("trustcenter.snapshots.reads", description: "Public pages by where they came from");
    private static readonly Counter<long> Limits = Meter.CreateCounter<long>("trustcenter.limits.hit", description: "Requests that a limit stopped, by limit");
    private static readonly Counter<long> LocalLimits = Meter.CreateCounter<long>("trustcenter.limits.local", description: "Requests whose limit was counted in this process alone, because Redis did not answer");
    private static readonly Counter<long> Mails = Meter.CreateCounter<long>("trustcenter.mails", description: "Mails by what became of them");

    /// <summary>One decision as a span and in the counters.</summary>
    public static Task<Outcome> Decision<TState>(Func<Task<Outcome>> decide) where TState : class, IState<TState>
        => Source.HasListeners() || Decisions.Enabled || DecisionTime.Enabled ? Watched(TState.Kind, decide) : decide();

    /// <summary>Makes a transaction durable.</summary>
    public static void Commit(DbTransaction transaction, int writes)
    {
        if (!Source.HasListeners() && !BatchSize.Enabled && !CommitTime.Enabled)
        {
            transaction.Commit();
            return;
        }
        using var span = Source.StartActivity("commit");
        var began = Stopwatch.GetTimestamp();
        transaction.Commit();
        CommitTime.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        BatchSize.Record(writes);
        span?.SetTag("writes", writes);
    }

    public static void Gate(string step)
    {
        if (GateAnswers.Enabled) GateAnswers.Add(1, new KeyValuePair<string, object?>("step", step));
    }

    public static void Snapshot(bool isHit)
    {
        if (SnapshotReads.Enabled) SnapshotReads.Add(1, new KeyValuePair<string, object?>("from", isHit ? "memory" : "database"));
    }

    public static void Limit(string limit)
    {
        if (Limits.Enabled) Limits.Add(1, new KeyValuePair<string, object?>("limit", limit));
    }

    public static void LocalLimit()
    {
        if (LocalLimits.Enabled) LocalLimits.Add(1);
    }

    public static void Mail(string state)
    {
        if (Mails.Enabled) Mails.Add(1, new KeyValuePair<string, object?>("state", state));
    }

    /// <summary>A piece of work of our own as a span; null while nobody listens.</summary>
    public static Activity? Work(string name) => Source.StartActivity(name);

    /// <summary>A request as a span, named by its route: the address itself may open something.</summary>
    public static Activity? Page(HttpContext context)
    {
        if (!Source.HasListeners()) return null;
        var name = context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "nothing";
        return Source.StartActivity("page", ActivityKind.Server, parentContext: default, tags: [new("page", name), new("method", context.Request.Method is "GET" or "HEAD" or "POST" ? context.Request.Method : "other")]);
    }

    private static async Task<Outcome> Watched(string kind, Func<Task<Outcome>> decide)
    {
        using var span = Source.StartActivity("decide");
        span?.SetTag("kind", kind);
        var began = Stopwatch.GetTimestamp();
        var outcome = "Failed";
        try
        {
            var answer = await decide();
            outcome = answer.GetType().Name;
            return answer;
        }
        finally
        {
            span?.SetTag("outcome", outcome);
            Decisions.Add(1, new("kind", kind), new("outcome", outcome));
            DecisionTime.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("kind", kind));
        }
    }
}
