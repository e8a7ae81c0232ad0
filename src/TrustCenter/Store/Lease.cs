namespace TrustCenter.Store;

/// <summary>That one process, and no other, does a piece of background work until a moment by the database's clock.</summary>
public sealed record Lease(string Name, Guid Owner)
{
    private static readonly AsyncLocal<Lease?> underWay = new();

    /// <summary>
    /// Under which this flow of execution works: a write of it is kept only where the lease is still held within the same transaction. It flows like a trace's span,
    /// because between a worker and what it writes stands code that requests use as well. Null: nothing needs to be held.
    /// </summary>
    public static Lease? Current { get => underWay.Value; internal set => underWay.Value = value; }

    /// <summary>What was done outside the database, or can be done only once, is written down whoever has the lease by now.</summary>
    public static async Task Regardless(Func<Task> write)
    {
        Current = null; // up to the end of this method
        await write();
    }

    /// <summary>The owner in words, for the operator.</summary>
    public string Holder { get; init; } = "";

    /// <summary>Takes it, or prolongs it when it is held already; false while another process has it.</summary>
    public bool Take(Sql sql, TimeSpan life)
        => sql.Execute($"""
            insert into leases (name, owner, holder, until) values (@name, @owner, @holder, {sql.Dialect.Clock} + @life)
            on conflict (name) do update set owner = excluded.owner, holder = excluded.holder, until = excluded.until where leases.owner = excluded.owner or leases.until < {sql.Dialect.Clock}
            """, ("@name", Name), ("@owner", Owner), ("@holder", Holder), ("@life", (long)life.TotalMicroseconds), ("@now", DateTimeOffset.UtcNow)) == 1;

    /// <summary>Prolongs it; false when it was over meanwhile, whether or not another process had it: what was read under it may be old.</summary>
    public bool Prolong(Sql sql, TimeSpan life)
        => sql.Execute($"update leases set until = {sql.Dialect.Clock} + @life where name = @name and owner = @owner and until >= {sql.Dialect.Clock}",
            ("@name", Name), ("@owner", Owner), ("@life", (long)life.TotalMicroseconds), ("@now", DateTimeOffset.UtcNow)) == 1;

    public bool IsAnothers(Sql sql)
        => sql.Number($"select count(*) from leases where name = @name and owner <> @owner and until > {sql.Dialect.Clock}", ("@name", Name), ("@owner", Owner), ("@now", DateTimeOffset.UtcNow)) > 0;

    /// <summary>Within a transaction that writes: whoever would take the lease waits for its end.</summary>
    public bool IsHeld(Sql sql)
        => sql.First($"select owner from leases where name = @name and until > {sql.Dialect.Clock}{sql.Dialect.ForUpdate}", r => (Guid?)r.Id(0), ("@name", Name), ("@now", DateTimeOffset.UtcNow)) == Owner;

    public OperationCanceledException Lost() => new($"The lease of “{Name}” is over; what of its work was left is left to whoever has it.");

    public void GiveBack(Sql sql) => sql.Execute("delete from leases where name = @name and owner = @owner", ("@name", Name), ("@owner", Owner));
}
