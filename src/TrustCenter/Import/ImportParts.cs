using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Import;

/// <summary>What a check found: the first rows as they would become, the first problems, and the words that it did not know.</summary>
public sealed record ImportPreview
{
    public IReadOnlyList<PreviewRow> Rows { get; init; } = []; // at most ImportLimits.Preview
    public IReadOnlyList<ImportProblem> Errors { get; init; } = []; // at most ImportLimits.Problems
    public int ErrorCount { get; init; }
    public IReadOnlyList<ImportProblem> Warnings { get; init; } = []; // at most ImportLimits.Problems
    public int WarningCount { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<string>> UnknownWords { get; init; } = new Dictionary<string, IReadOnlyList<string>>(); // our column -> their words
}

/// <summary>A row of the table as it would become. <paramref name="Cells"/> are by our column names.</summary>
public sealed record PreviewRow(int Line, string Key, DealFate Fate, IReadOnlyDictionary<string, string> Cells);

/// <summary>What becomes of a row.</summary>
public enum DealFate { New, Changed, Same, Wrong }

/// <summary>The parts of an import's record that are too long for its state.</summary>
internal static class ImportParts
{
    private const string Preview = "preview", Report = "report";

    public static ViewRow OfCheck(Guid import, ImportPreview preview) => Part(import, Preview, 0, JsonSerializer.Serialize(preview, ImportJson.Default.ImportPreview));

    /// <param name="from">The rows that were done before: the same batch writes the same part.</param>
    public static ViewRow OfBatch(Guid import, int from, string lines) => Part(import, Report, from, lines);

    public static ImportPreview ReadPreview(Sql sql, Scope scope, Guid import)
        => sql.First("select body from import_parts where tenant = @tenant and import = @import and kind = @kind", r => r.Text(0), ("@tenant", scope.Tenant), ("@import", import), ("@kind", Preview)) is { } body
            ? JsonSerializer.Deserialize(body, ImportJson.Default.ImportPreview)! : new ImportPreview();

    /// <summary>The lines of the batch after <paramref name="from"/> rows; null after the last.</summary>
    public static string? ReadReport(Sql sql, Scope scope, Guid import, int from)
        => sql.First("select body from import_parts where tenant = @tenant and import = @import and kind = @kind and n = @n", r => r.Text(0), ("@tenant", scope.Tenant), ("@import", import), ("@kind", Report), ("@n", from));

    private static ViewRow Part(Guid import, string kind, int n, string body)
        => new("import_parts", new Guid(SHA256.HashData(Encoding.ASCII.GetBytes($"{import:N}/{kind}/{n}")).AsSpan(0, 16), bigEndian: true), ("import", import), ("kind", kind), ("n", n), ("body", body));
}
