using System.Globalization;
using TrustCenter.Engine;
using TrustCenter.Journal;

namespace TrustCenter.Tenants;

/// <summary>A tenant that the operator made; its vendor's words are there already.</summary>
public sealed record CreateTenancy : Command<Tenancy>
{
    public required string Name { get; init; }
    public required string Host { get; init; }

    public override Decision<Tenancy> Decide(Tenancy? tenancy, Actor by, DateTimeOffset now)
    {
        if (tenancy is not null) return tenancy.Host == Host ? new Outcome.Done() : Decision<Tenancy>.Refuse("host", "This tenant is there already.");
        return new Tenancy { Name = Name, Host = Host, Status = TenancyStatus.Active, Since = now }.Become(TenancyStatus.Active, "tenant.created", now);
    }
}

/// <summary>A change to a tenant that may have come by an import: then the platform writes down what it knows with the first change.</summary>
public abstract record ChangeTenancy : Command<Tenancy>
{
    public required string Name { get; init; }
    public required string Host { get; init; }

    public sealed override Decision<Tenancy> Decide(Tenancy? tenancy, Actor by, DateTimeOffset now)
        => Change(tenancy ?? new Tenancy { Name = Name, Host = Host, Status = TenancyStatus.Active, Since = now }, now);

    protected abstract Decision<Tenancy> Change(Tenancy tenancy, DateTimeOffset now);
}

/// <summary>Closes pages, rooms and console, and holds mail; nothing is removed.</summary>
public sealed record SuspendTenant : ChangeTenancy
{
    protected override Decision<Tenancy> Change(Tenancy tenancy, DateTimeOffset now) => tenancy.Status switch
    {
        TenancyStatus.Suspended => new Outcome.Done(),
        TenancyStatus.Active => tenancy.Become(TenancyStatus.Suspended, "tenant.suspended", now),
        _ => Decision<Tenancy>.Refuse("", "This tenant is being deleted, and closed already."),
    };
}

/// <summary>Opens what was suspended, or keeps what waits for its deletion.</summary>
public sealed record ResumeTenant : ChangeTenancy
{
    protected override Decision<Tenancy> Change(Tenancy tenancy, DateTimeOffset now) => tenancy.Status switch
    {
        TenancyStatus.Active => new Outcome.Done(),
        TenancyStatus.Suspended => tenancy.Become(TenancyStatus.Active, "tenant.resumed", now),
        TenancyStatus.Deleting => tenancy.Become(TenancyStatus.Suspended, "tenant.kept", now),
        _ => Decision<Tenancy>.Refuse("", "This tenant is gone; there is no way back. Its last backup can be restored elsewhere."),
    };
}

/// <summary>Closes the tenant and removes it after <see cref="Wait"/>.</summary>
public sealed record DeleteTenant : ChangeTenancy
{
    public required string Typed { get; init; } // the host label, to be sure
    public required TimeSpan Wait { get; init; }

    protected override Decision<Tenancy> Change(Tenancy tenancy, DateTimeOffset now)
    {
        if (tenancy.Status is TenancyStatus.Deleting or TenancyStatus.Erasing or TenancyStatus.Deleted) return new Outcome.Done();
        if (Typed != tenancy.Host) return Decision<Tenancy>.Refuse("typed", $"Type {tenancy.Host} to say that you mean this tenant.");
        var due = now + Wait;
        var decision = tenancy.Become(TenancyStatus.Deleting, "tenant.deletion_asked", now, new Fact("due", Tenancy.Text(due)));
        return decision with { State = decision.State! with { Due = due } };
    }
}

/// <summary>The point of no return: what is there is counted, then it goes.</summary>
public sealed record BeginErasure : Command<Tenancy>
{
    public required IReadOnlyList<TableCount> Before { get; init; }

    public override Decision<Tenancy> Decide(Tenancy? tenancy, Actor by, DateTimeOffset now)
    {
        if (tenancy is { Status: TenancyStatus.Erasing }) return new Outcome.Done();
        if (tenancy is not { Status: TenancyStatus.Deleting, Due: { } due } || now < due) return Decision<Tenancy>.Refuse("", "This tenant is not due to be deleted.");
        var decision = tenancy.Become(TenancyStatus.Erasing, "tenant.erasure_began", now, new Fact("rows", Before.Sum(t => t.Rows).ToString(CultureInfo.InvariantCulture)));
        return decision with { State = decision.State! with { Before = Before } };
    }
}

/// <summary>Nothing is left: the proof stands, the name goes, the id stays taken.</summary>
public sealed record FinishErasure : Command<Tenancy>
{
    public required DeletionProof Proof { get; init; }

    public override Decision<Tenancy> Decide(Tenancy? tenancy, Actor by, DateTimeOffset now)
    {
        if (tenancy is { Status: TenancyStatus.Deleted }) return new Outcome.Done();
        if (tenancy is not { Status: TenancyStatus.Erasing }) return Decision<Tenancy>.Refuse("", "This tenant is not being deleted.");
        if (Proof.After.Any(t => t.Rows > 0)) return Decision<Tenancy>.Refuse("", "Something of this tenant is left.");
        var decision = tenancy.Become(TenancyStatus.Deleted, "tenant.deleted", now, new Fact("statement", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Proof.Text)))));
        return decision with { State = decision.State! with { Name = "", Proof = Proof } };
    }
}
