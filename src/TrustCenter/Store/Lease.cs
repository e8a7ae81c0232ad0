namespace TrustCenter.Store;

/// <summary>That one process, and no other, does a piece of background work until a moment by the database's clock.</summary>
public sealed record Lease(string Name, Guid Owner)
{
    /// <summary>The owner in words, for the operator.</summary>
    public string Holder { get; init; } = "";

    /// <summary>Takes it, or prolongs it when it is held already; false while another process has it.</summary>
    public bool Take(Sql sql, TimeSpan life)
        => sql.Execute($"""
            insert into leases (name, owner, holder, until) values (@name, @owner, @holder, {sql.Dialect.Clock} + @life)
            on conflict (name) do update set owner = excluded.owner, holder = excluded.holder, until = excluded.until where leases.owner = excluded.owner or leases.until < {sql.Dialect.Clock}
            """, ("@name", Name), ("@owner", Owner), ("@holder", Holder), ("@life", (long)life.TotalMicroseconds), ("@now", DateTimeOffset.UtcNow)) == 1;

    public bool IsAnothers(Sql sql)
        => sql.Number($"select count(*) from leases where name = @name and owner <> @owner and until > {sql.Dialect.Clock}", ("@name", Name), ("@owner", Owner), ("@now", DateTimeOffset.UtcNow)) > 0;

    /// <summary>Within a transaction that writes: whoever would take the lease waits for its end.</summary>
    public bool IsHeld(Sql sql)
        => sql.First($"select owner from leases where name = @name and until > {sql.Dialect.Clock}{sql.Dialect.ForUpdate}", r => (Guid?)r.Id(0), ("@name", Name), ("@now", DateTimeOffset.UtcNow)) == Owner;

    public void GiveBack(Sql sql) => sql.Execute("delete from leases where name = @name and owner = @owner", ("@name", Name), ("@owner", Owner));
}
