using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;

namespace TrustCenter.Orleans;

/// <summary>
/// The tag of each command and how it is read and decided. The tag is the name of the command's record, so that one that was renamed is another. Processes of
/// two releases do not share a cluster: what one does not know it refuses, and what has changed under its name is not seen. Where a grain lies depends on no such name.
/// </summary>
internal sealed class CommandTags
{
    private readonly FrozenDictionary<Type, JsonTypeInfo> types;
    private readonly FrozenDictionary<string, Deciding> deciding;

    /// <param name="contexts">Source-generated, each listing its commands.</param>
    public CommandTags(params IReadOnlyList<JsonSerializerContext> contexts)
    {
        types = contexts.SelectMany(context => Listed(context).Select(command => context.GetTypeInfo(command)!)).ToFrozenDictionary(type => type.Type);
        deciding = types.Values.ToFrozenDictionary(type => Of(type.Type), NewDeciding);
    }

    public IReadOnlyCollection<Type> Commands => types.Keys;

    public static string Of(Type command) => command.Name;

    public JsonTypeInfo Json(Type command) => types.GetValueOrDefault(command) ?? throw new InvalidOperationException($"{command.Name} does not cross the wire: {nameof(CommandJson)} does not list it.");

    public Task<Outcome> Decide(Envelope wish, IActivation at)
        => deciding.TryGetValue(wish.Tag, out var known) ? known.Decide(wish, at) : throw new InvalidOperationException($"This process does not know the command {wish.Tag}: it is of another release.");

    private static IEnumerable<Type> Listed(JsonSerializerContext context) => context.GetType().GetCustomAttributesData()
        .Where(a => a.AttributeType == typeof(JsonSerializableAttribute)).Select(a => (Type)a.ConstructorArguments[0].Value!).Where(t => StateOf(t) is not null);

    private static Type? StateOf(Type command) => command.BaseType is { IsGenericType: true } based && based.GetGenericTypeDefinition() == typeof(Command<>) ? based.GenericTypeArguments[0] : null;

    private static Deciding NewDeciding(JsonTypeInfo type) => (Deciding)Activator.CreateInstance(typeof(Deciding<,>).MakeGenericType(StateOf(type.Type)!, type.Type), type)!;

    private abstract class Deciding
    {
        public abstract Task<Outcome> Decide(Envelope wish, IActivation at);
    }

    private sealed class Deciding<TState, TCommand>(JsonTypeInfo<TCommand> type) : Deciding where TState : class, IState<TState> where TCommand : Command<TState>
    {
        public override Task<Outcome> Decide(Envelope wish, IActivation at)
        {
            var (by, command) = wish.Wish(type);
            return at.Decide(command, by);
        }
    }
}

/// <summary>Where one aggregate is in memory.</summary>
internal interface IActivation
{
    Task<Outcome> Decide<TState>(Command<TState> command, Actor by) where TState : class, IState<TState>;
}
