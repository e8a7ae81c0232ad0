using System.Reflection;
using Microsoft.AspNetCore.Components;
using TrustCenter.Claims;
using TrustCenter.Engine;

namespace TrustCenter.Tests.Architecture;

/// <summary>The borders of the house (DESIGN, section 1, and invariant 3).</summary>
public sealed class ArchitectureTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Product = typeof(Claim).Assembly;
    private static readonly string[] Rooms = ["Claims", "Evidence", "Links", "Prospects", "Requests", "Agreements", "Deals", "Subprocessors", "Audiences", "Staff", "Rooms", "Records", "Api", "Operation"];

    private static IEnumerable<Type> States => Product.GetTypes().Where(t => !t.IsInterface && t.GetInterfaces().Any(i => IsGeneric(i, typeof(IState<>)) && i.GenericTypeArguments[0] == t));

    private static IEnumerable<Type> Commands => Product.GetTypes().Where(t => !t.IsAbstract && IsGeneric(t.BaseType, typeof(Command<>)));

    [Fact]
    public void Decisions_know_no_task_clock_logger_or_service()
    {
        var decisions = States.Concat(Commands).SelectMany(t => t.GetMethods(All)).Where(m => m.Name == "Decide" || IsGeneric(m.ReturnType, typeof(Decision<>))).ToList();
        decisions.Count.ShouldBeGreaterThan(20);

        var known = decisions.SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType).Select(t => (Where: $"{m.DeclaringType!.Name}.{m.Name}", Type: t)))
            .Concat(States.Concat(Commands).SelectMany(t => t.GetFields(All).Select(f => (Where: $"{t.Name}.{f.Name}", Type: f.FieldType))));

        known.Where(k => Mentioned(k.Type).Any(IsImpure)).Select(k => $"{k.Where}: {k.Type.Name}").ShouldBeEmpty();
    }

    [Fact]
    public void Every_command_is_listed_for_the_wire_of_the_cluster_engine() // which is not built everywhere
    {
        var listed = File.ReadAllText(Path.Combine(SourceTree.Folder("src", "TrustCenter.Orleans"), "CommandJson.cs"));

        Commands.Where(t => !listed.Contains($"[JsonSerializable(typeof({t.Name}))]", StringComparison.Ordinal)).Select(t => t.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void No_folder_is_named_by_what_everything_could_be()
    {
        string[] nothing = ["Common", "Shared", "Helpers", "Services", "Managers", "Interfaces", "Models", "Extensions", "Utils"];

        Directory.EnumerateDirectories(SourceTree.Folder("src"), "*", SearchOption.AllDirectories)
            .Where(d => !d.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(d => Path.GetFileName(d)).Where(name => nothing.Contains(name, StringComparer.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    [Fact]
    public void Pages_are_functions_of_their_parameters_and_inject_nothing()
    {
        var pages = Product.GetTypes().Where(t => typeof(IComponent).IsAssignableFrom(t)).ToList();
        pages.ShouldNotBeEmpty();

        pages.SelectMany(t => t.GetProperties(All)).Where(p => p.IsDefined(typeof(InjectAttribute), inherit: true)).Select(p => $"{p.DeclaringType!.Name}.{p.Name}").ShouldBeEmpty();
    }

    [Fact]
    public void Rooms_know_each_other_without_a_cycle()
    {
        var arrows = Arrows();
        arrows["Rooms"].ShouldContain("Prospects", "a room's gate reads a visit: without this arrow the test sees nothing");

        foreach (var room in Rooms) CycleFrom(room, arrows, []).ShouldBeNull();
    }

    [Fact]
    public void The_foundation_knows_no_room()
    {
        string[] foundation = ["Engine", "Store", "Journal", "Keys", "Mail"];

        var upwards = Product.GetTypes().Where(t => foundation.Contains(RoomOf(t)))
            .SelectMany(t => Known(t).Where(k => Rooms.Contains(RoomOf(k))).Select(k => $"{t.Name} knows {k.Name}"));

        upwards.ShouldBeEmpty();
    }

    // Aggregates, commands and what they are made of, and every type of the room that has no page or route in it.
    private static Dictionary<string, HashSet<string>> Arrows() => Rooms.ToDictionary(room => room, room => Product.GetTypes()
        .Where(t => RoomOf(t) == room && !typeof(IComponent).IsAssignableFrom(t) && !t.Name.Contains("Endpoints", StringComparison.Ordinal) && t.DeclaringType is null)
        .SelectMany(Known).Select(RoomOf).Where(other => other != room && Rooms.Contains(other)).ToHashSet());

    private static string? CycleFrom(string room, Dictionary<string, HashSet<string>> arrows, List<string> path)
    {
        if (path.Contains(room)) return path[0] == room ? string.Join(" -> ", path.Append(room)) : null;
        return arrows[room].Select(next => CycleFrom(next, arrows, [.. path, room])).FirstOrDefault(cycle => cycle is not null);
    }

    private static IEnumerable<Type> Known(Type type) => type.GetFields(All).Select(f => f.FieldType)
        .Concat(type.GetProperties(All).Select(p => p.PropertyType))
        .Concat(type.GetMethods(All).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)))
        .Concat(type.GetConstructors(All).SelectMany(c => c.GetParameters().Select(p => p.ParameterType)))
        .SelectMany(Mentioned);

    private static IEnumerable<Type> Mentioned(Type type)
    {
        if (type.HasElementType) return Mentioned(type.GetElementType()!);
        return type.IsGenericType ? type.GenericTypeArguments.SelectMany(Mentioned).Append(type) : [type];
    }

    private static bool IsImpure(Type type) => typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask) || IsGeneric(type, typeof(ValueTask<>))
        || typeof(TimeProvider).IsAssignableFrom(type) || typeof(Microsoft.Extensions.Logging.ILogger).IsAssignableFrom(type) || typeof(IServiceProvider).IsAssignableFrom(type);

    private static bool IsGeneric(Type? type, Type definition) => type is { IsGenericType: true } && type.GetGenericTypeDefinition() == definition;

    private static string RoomOf(Type type) => type.Namespace is { } name && name.StartsWith("TrustCenter.", StringComparison.Ordinal) ? name.Split('.')[1] : "";
}
