namespace TrustCenter.Engine;

/// <summary>The key of one aggregate. <see cref="Kind"/> is stored and never changes once released.</summary>
public readonly record struct AggregateId(Guid Tenant, string Kind, Guid Key)
{
    public override string ToString() => $"{Kind}:{Key:N}";
}

/// <summary>
/// The tenant that the host name or the session proved. Ids are built only from here, so that no path, body,
/// query or header chooses a tenant (ABUSE T-071).
/// </summary>
public readonly record struct Scope(Guid Tenant)
{
    public AggregateId Id<TState>(Guid key) where TState : class, IState<TState> => new(Tenant, TState.Kind, key);
}

/// <summary>Who decides. The id is a staff member's, a visit's, an operator's session's, or empty for the system.</summary>
public readonly record struct Actor(ActorKind Kind, Guid Id)
{
    public static readonly Actor System = new(ActorKind.System, Guid.Empty);

    public static Actor Staff(Guid id) => new(ActorKind.Staff, id);

    public static Actor Prospect(Guid visit) => new(ActorKind.Prospect, visit);

    /// <param name="session">The entry of that session in the platform's journal says who it was.</param>
    public static Actor Operator(Guid session) => new(ActorKind.Operator, session);

    public override string ToString() => Kind == ActorKind.System ? "system" : $"{Kind.ToString().ToLowerInvariant()}:{Id:D}";
}

public enum ActorKind { System, Staff, Prospect, Operator }
