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

/// <summary>Who decides. The id is a staff member's, a visit's, an operator's session's, or empty for the system; for a program it is the id of whoever made its key.</summary>
public readonly record struct Actor(ActorKind Kind, Guid Id)
{
    /// <summary>The key of a program, else null. The program stands for the maker of the key: what one of them wrote, neither of them approves.</summary>
    public Guid? Key { get; private init; }

    public static readonly Actor System = new(ActorKind.System, Guid.Empty);

    public static Actor Staff(Guid id) => new(ActorKind.Staff, id);

    public static Actor Prospect(Guid visit) => new(ActorKind.Prospect, visit);

    public static Actor Program(Guid key, Guid maker) => new(ActorKind.Program, maker) { Key = key };

    /// <param name="key">The key of a program that does so for this person.</param>
    public static Actor StaffBy(Guid id, Guid? key) => key is { } program ? Program(program, id) : Staff(id);

    /// <param name="session">The entry of that session in the platform's journal says who it was.</param>
    public static Actor Operator(Guid session) => new(ActorKind.Operator, session);

    public override string ToString() => Kind == ActorKind.Program ? $"key:{Key:D} of staff:{Id:D}" : Kind == ActorKind.System ? "system" : $"{Kind.ToString().ToLowerInvariant()}:{Id:D}";
}

public enum ActorKind { System, Staff, Prospect, Program, Operator }
