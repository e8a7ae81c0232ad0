using System.Collections.Concurrent;
using TrustCenter.Engine;
using TrustCenter.Store;
using TrustCenter.Tests.Engine;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Orleans;

/// <summary>Each engine of the contract is a cluster of its own: two of them over one store are what a split cluster is.</summary>
public class OrleansEngineTests : SharedEngineContract
{
    private readonly ConcurrentBag<LateSilo> silos = [];

    protected override IEngine NewEngine(IStore over)
    {
        var silo = new LateSilo(over);
        silos.Add(silo);
        return silo;
    }

    public override async Task DisposeAsync()
    {
        foreach (var silo in silos) await silo.Stop();
        await base.DisposeAsync();
    }

    /// <summary>Its silo starts with its first decision; many of the contract's engines only read.</summary>
    private sealed class LateSilo(IStore over) : IEngine
    {
        private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1); // hundreds on one key come through, also while the machine does other things

        private readonly Lazy<Task<(Silo Silo, IEngine Engine)>> started = new(() => Start(over));
        private readonly InProcessEngine reading = new(over, DataFolder.Keys, TimeProvider.System, isAlone: false);

        public async Task<Outcome> Decide<TState>(AggregateId id, Command<TState> command, Actor by, CancellationToken stop) where TState : class, IState<TState>
            => await (await started.Value).Engine.Decide(id, command, by, stop);

        public ValueTask<TState?> Read<TState>(AggregateId id, CancellationToken stop) where TState : class, IState<TState>
            => started.IsValueCreated && started.Value.IsCompletedSuccessfully ? started.Value.Result.Engine.Read<TState>(id, stop) : reading.Read<TState>(id, stop);

        public ValueTask<long> ContentOf(Guid tenant, CancellationToken stop) => reading.ContentOf(tenant, stop);

        public async Task Stop()
        {
            if (started.IsValueCreated) await (await started.Value).Silo.DisposeAsync();
        }

        private static async Task<(Silo, IEngine)> Start(IStore over)
        {
            var silo = await Silo.Start(over, isRunning: !ActsByNumber.IsActing); // a silo starts in seconds, and in the middle of a decision nobody has them
            return (silo, silo.EngineWithin(Longest));
        }
    }
}

/// <summary>The same over the store that several processes share.</summary>
public sealed class SharedOrleansEngineTests : OrleansEngineTests
{
    private readonly string database = PostgresServer.NewDatabase();

    protected override GroupedStore OpenStore() => new PostgresStore(database, DataFolder.Keys);

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        PostgresServer.Drop(database);
    }
}
