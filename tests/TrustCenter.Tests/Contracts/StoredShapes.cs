using System.Text.Json.Serialization.Metadata;
using TrustCenter.Claims;
using TrustCenter.Engine;

namespace TrustCenter.Tests.Contracts;

/// <summary>Every stored document by its kind, and what its parts are made of, as far as old bytes are read into it.</summary>
internal static class StoredShapes
{
    public static IEnumerable<string> Lines()
    {
        var roots = typeof(Claim).Assembly.GetTypes().Where(IsState).Select(t => ((string Kind, JsonTypeInfo Json))typeof(StoredShapes).GetMethod(nameof(Of))!.MakeGenericMethod(t).Invoke(null, null)!)
            .OrderBy(r => r.Kind, StringComparer.Ordinal).ToList();
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, json) in roots) Collect(json, parts);
        return [.. roots.Select(r => $"{r.Kind}: {r.Json.Type.Name}"), .. parts.Select(p => $"{p.Key}: {p.Value}")];
    }

    public static (string, JsonTypeInfo) Of<TState>() where TState : class, IState<TState> => (TState.Kind, TState.Json);

    private static void Collect(JsonTypeInfo json, SortedDictionary<string, string> parts)
    {
        if (json.Type.IsEnum) parts[json.Type.Name] = string.Join(", ", Enum.GetNames(json.Type));
        foreach (var member in json.Properties.Where(p => p.Set is not null))
        {
            if (!parts.TryAdd($"{json.Type.Name}.{member.Name}", PublicFace.Name(member.PropertyType))) continue;
            if (json.Options.TryGetTypeInfo(Part(member.PropertyType), out var part)) Collect(part, parts);
        }
    }

    private static Type Part(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Part(inner);
        return type.IsGenericType ? Part(type.GenericTypeArguments[^1]) : type;
    }

    private static bool IsState(Type type) => !type.IsInterface && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IState<>) && i.GenericTypeArguments[0] == type);
}
