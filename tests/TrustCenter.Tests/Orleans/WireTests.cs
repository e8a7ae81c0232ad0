using System.Collections;
using System.Reflection;
using System.Text.Json;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Orleans;

namespace TrustCenter.Tests.Orleans;

/// <summary>What a decision is made from arrives whole in the process that makes it.</summary>
public sealed class WireTests
{
    private static readonly CommandTags Tags = new(CommandJson.Default);

    public static TheoryData<string> Commands => [.. Tags.Commands.Select(t => t.Name).Order()];

    [Fact]
    public void Every_command_of_the_product_crosses_the_wire()
        => typeof(Claim).Assembly.GetTypes().Where(t => !t.IsAbstract && t.BaseType is { IsGenericType: true } based && based.GetGenericTypeDefinition() == typeof(Command<>)).Except(Tags.Commands).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_arrives_as_it_left(string tag)
    {
        var type = Tags.Commands.Single(t => t.Name == tag);
        var command = Filled(type, 0)!;
        var sent = JsonSerializer.Serialize(command, Tags.Json(type));

        var arrived = JsonSerializer.Deserialize(sent, Tags.Json(type))!;

        Differences(command, arrived, tag).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ActorKind.System)]
    [InlineData(ActorKind.Staff)]
    [InlineData(ActorKind.Prospect)]
    [InlineData(ActorKind.Program)]
    [InlineData(ActorKind.Operator)]
    public void Who_decides_arrives_as_he_is(ActorKind kind)
    {
        var by = kind switch { ActorKind.System => Actor.System, ActorKind.Program => Actor.Program(Guid.NewGuid(), Guid.NewGuid()), _ => new Actor(kind, Guid.NewGuid()) };

        Envelope.Of(new TrustCenter.Links.RevokeLink { Id = Guid.NewGuid() }, by, Tags).Wish(CommandJson.Default.RevokeLink).By.ShouldBe(by);
    }

    [Fact]
    public void Every_outcome_arrives_as_it_left()
    {
        var wish = Envelope.Of(new TrustCenter.Links.RevokeLink { Id = Guid.NewGuid() }, Actor.System, Tags);
        foreach (var outcome in new Outcome[] { new Outcome.Done(7), new Outcome.Stale(3), new Outcome.Missing() }) wish.Answer(outcome).Outcome(default).ShouldBe(outcome);
        wish.Answer(new Outcome.Refused([new Problem("name", "Write it.")])).Outcome(default).ShouldBeOfType<Outcome.Refused>().Problems.ShouldBe([new Problem("name", "Write it.")]);
        Should.Throw<TrustCenter.Store.StoreException>(() => wish.Answer(new TrustCenter.Store.StoreException("Away.")).Outcome(default)).Message.ShouldBe("Away.");
        Should.Throw<TrustCenter.Store.CommitInDoubtException>(() => wish.Answer(new TrustCenter.Store.CommitInDoubtException("Perhaps.")).Outcome(default)).Message.ShouldBe("Perhaps.");
        Should.Throw<TrustCenter.Store.StateCorruptException>(() => wish.Answer(new TrustCenter.Store.StateCorruptException(default)).Outcome(default));
    }

    // Every property of every type on the way is given a value that is not its default.
    private static object? Filled(Type type, int depth)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) type = inner;
        if (type == typeof(string)) return $"word {depth}";
        if (type == typeof(Guid)) return Guid.NewGuid();
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(2026, 11, 22, 13, 14, 15, 167, TimeSpan.Zero).AddTicks(8);
        if (type == typeof(DateOnly)) return new DateOnly(2026, 11, 22);
        if (type == typeof(bool)) return true;
        if (type == typeof(int) || type == typeof(long) || type == typeof(decimal)) return Convert.ChangeType(7, type, System.Globalization.CultureInfo.InvariantCulture);
        if (type == typeof(object)) return "cell";
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().Last();
        if (type == typeof(byte[])) return new byte[] { 1, 2, 3 };
        if (type.IsArray) return Copied(Array.CreateInstance(type.GetElementType()!, 2), _ => Filled(type.GetElementType()!, depth + 1));
        if (type.IsGenericType && type.GetGenericTypeDefinition() is var generic && type.GenericTypeArguments is var of)
        {
            if (generic == typeof(IReadOnlyList<>)) return Copied(Array.CreateInstance(of[0], 2), _ => Filled(of[0], depth + 1));
            if (generic == typeof(IReadOnlySet<>)) return Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(of[0]), Filled(typeof(IReadOnlyList<>).MakeGenericType(of[0]), depth));
            if (generic == typeof(IReadOnlyDictionary<,>))
            {
                var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(of))!;
                map.Add(Filled(of[0], depth)!, Filled(of[1], depth + 1));
                return map;
            }
        }
        var constructor = type.GetConstructors().Where(c => c.GetParameters() is not [{ } only] || only.ParameterType != type).OrderByDescending(c => c.GetParameters().Length).FirstOrDefault();
        var made = constructor is null ? Activator.CreateInstance(type)! : constructor.Invoke([.. constructor.GetParameters().Select(p => Filled(p.ParameterType, depth + 1))]);
        foreach (var property in type.GetProperties().Where(p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0)) property.SetValue(made, Filled(property.PropertyType, depth + 1));
        return made;

        static Array Copied(Array array, Func<int, object?> value)
        {
            for (var i = 0; i < array.Length; i++) array.SetValue(value(i), i);
            return array;
        }
    }

    // By fields, so that nothing that a property hides is left out.
    private static IEnumerable<string> Differences(object? sent, object? arrived, string at)
    {
        if (sent is null || arrived is null) return sent is null && arrived is null ? [] : [$"{at}: {sent ?? "null"} / {arrived ?? "null"}"];
        if (sent is string or decimal or DateTimeOffset or DateOnly or Guid || sent.GetType().IsPrimitive || sent.GetType().IsEnum) return Equals(sent, arrived) ? [] : [$"{at}: {sent} / {arrived}"];
        if (sent is IEnumerable many)
        {
            var (one, other) = (many.Cast<object>().ToList(), ((IEnumerable)arrived).Cast<object>().ToList());
            return one.Count == other.Count ? one.Zip(other).SelectMany((pair, i) => Differences(pair.First, pair.Second, $"{at}[{i}]")) : [$"{at}: {one.Count} / {other.Count}"];
        }
        if (sent.GetType() != arrived.GetType()) return [$"{at}: {sent.GetType().Name} / {arrived.GetType().Name}"];
        return FieldsOf(sent.GetType()).SelectMany(f => Differences(f.GetValue(sent), f.GetValue(arrived), $"{at}.{f.Name}"));
    }

    private static IEnumerable<FieldInfo> FieldsOf(Type? type)
        => type is null ? [] : FieldsOf(type.BaseType).Concat(type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
}
