using System.Collections;
using System.Reflection;

namespace TrustCenter.Tests.Contracts;

/// <summary>What a vendor's app calls and sets: the types directly in the namespace <c>TrustCenter</c>.</summary>
internal static class PublicFace
{
    public static IEnumerable<string> Lines() => typeof(TrustCenterModule).Assembly.GetExportedTypes().Where(t => t.Namespace == "TrustCenter").OrderBy(t => t.Name, StringComparer.Ordinal)
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsSpecialName)
            .Select(m => $"{t.Name}.{m.Name}({string.Join(", ", m.GetParameters().Select(p => Name(p.ParameterType) + " " + p.Name))}): {Name(m.ReturnType)}").Order(StringComparer.Ordinal));

    public static IEnumerable<string> Settings(object options, string prefix)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite || EachOf(p.PropertyType) is not null).OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            var (type, value) = (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, property.GetValue(options));
            if (EachOf(type) is { } each)
                foreach (var line in Settings(Activator.CreateInstance(each)!, prefix + property.Name + ":n:")) yield return line;
            else if (type.Namespace == "TrustCenter" && !type.IsEnum)
                foreach (var line in Settings(value ?? Activator.CreateInstance(type)!, prefix + property.Name + ":")) yield return line;
            else
                yield return $"{prefix}{property.Name}: {Name(property.PropertyType)}{(value is null or ICollection ? "" : " = " + Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture))}";
        }
    }

    // A list of settings of ours: each entry has these.
    private static Type? EachOf(Type type) => type.IsGenericType && type.GenericTypeArguments is [{ Namespace: "TrustCenter" } each] ? each : null;

    public static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        return type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GenericTypeArguments.Select(Name))}>" : type.Name;
    }
}
