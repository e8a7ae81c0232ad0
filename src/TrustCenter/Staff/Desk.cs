using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Staff;

/// <summary>What a handler of the console works with: who asks, and where the truth lies.</summary>
internal sealed record Desk(HttpContext Context, IEngine Engine, IStore Store, TimeProvider Clock)
{
    public ConsoleUser User => Context.ConsoleUser();
    public CancellationToken Stop => Context.RequestAborted;
    public DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);

    public ValueTask<TState?> Read<TState>(Guid key) where TState : class, IState<TState> => Engine.Read<TState>(User.Scope.Id<TState>(key), Stop);

    public Task<Outcome> Decide<TState>(Guid key, Command<TState> command) where TState : class, IState<TState> => Engine.Decide(User.Scope.Id<TState>(key), command, User.Actor, Stop);

    public Task<StaffNames> Names() => StaffNames.Read(Store, User.Scope, Stop);

    /// <summary>An editor goes to the public page next: his answer waits until it is compiled (DESIGN, section 6).</summary>
    public Task PublicPageFollows() => Task.CompletedTask; // PageCompiler.WaitFor joins here
}
