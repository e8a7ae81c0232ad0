using System.Globalization;
using TrustCenter.Engine;
using TrustCenter.Import;
using TrustCenter.Web;

namespace TrustCenter.Settings;

/// <summary>A short list edited in one form: a group of fields for each entry, <c>name.0</c>, <c>name.1</c> and so on, and empty groups for new ones.</summary>
internal sealed class ListForm
{
    private const int MostGroups = 300;

    private readonly TypedForm form;
    private readonly List<int> groups; // in the order that was asked for, without the empty and the removed

    public ListForm(TypedForm form)
    {
        this.form = form;
        var all = Enumerable.Range(0, Math.Min(form.Number("groups"), MostGroups)).Where(n => form.Text($"name.{n}").Length + form.Text($"key.{n}").Length > 0);
        Removed = [.. all.Where(n => form[$"remove.{n}"] == "yes").Select(n => form.Text($"key.{n}"))];
        groups = [.. all.Where(n => form[$"remove.{n}"] != "yes").OrderBy(n => Place(form.Text($"place.{n}"))).ThenBy(n => n)];
    }

    /// <summary>The keys of what is to go.</summary>
    public IReadOnlyList<string> Removed { get; }

    /// <param name="read">Given a field, what was typed into it in this group.</param>
    public IReadOnlyList<T> Read<T>(Func<Func<string, string>, T> read) => [.. groups.Select(n => read(field => form.Text($"{field}.{n}")))];

    /// <summary>A key drawn from the name, where none was typed.</summary>
    public static string KeyOf(Func<string, string> field) => field("key") is { Length: > 0 } key ? key : Slug.Of(field("name"));

    /// <summary>A rule about the n-th entry stands beside the group in which that was typed.</summary>
    public Problem Beside(Problem problem)
        => problem.Field.Split('.') is [var field, var n] && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var entry) && entry < groups.Count ? problem with { Field = $"{field}.{groups[entry]}" } : problem;

    // Without a number an entry comes last.
    private static double Place(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var place) ? place : double.MaxValue;
}
