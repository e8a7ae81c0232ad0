using System.Data.Common;
using TrustCenter.Engine;
using TrustCenter.Journal;

namespace TrustCenter.Store;

/// <summary>The transaction and what is read outside of it. <c>StoreContract</c> in the tests says what every store does.</summary>
public interface IStore
{
    /// <summary>Other processes write to this database too: what memory holds is true only after the database was asked.</summary>
    bool IsShared { get; }

    Task<StoredState?> Read(AggregateId id, CancellationToken stop);

    /// <summary>The version that is stored now; 0 when nothing is.</summary>
    Task<long> Etag(AggregateId id, CancellationToken stop);

    /// <summary>Rises with every decision on what the vendor shows and every set of compiled pages that was ever acknowledged, by whatever process.</summary>
    Task<long> Content(Guid tenant, CancellationToken stop);

    /// <summary>Returns after the commit is durable, or refused whole. Commits that arrive together share one fsync.</summary>
    Task<CommitResult> Commit(Commit commit, CancellationToken stop);

    /// <summary>A write outside decisions: keys, staged uploads, mail states, checkpoints. One statement list, one transaction, grouped with the commits.</summary>
    Task Write(Action<Sql> write, CancellationToken stop = default);

    /// <summary>Reads on a connection of its own, at one moment of the database.</summary>
    Task<T> Query<T>(Func<Sql, T> read, CancellationToken stop = default);
}
