using TrustCenter.Staff;

namespace TrustCenter.Tests.Isolation;

/// <summary>How to call one route so that everything is right: what the matrices then put wrong, one thing at a time.</summary>
/// <param name="Route">The route's name.</param>
/// <param name="Own">A call of the first vendor's own people with its own ids. A call that uses something up brings its own each time.</param>
internal sealed record Row(string Route, Func<Stage, Task<Call>> Own)
{
    public override string ToString() => Route;
}

/// <param name="Values">By the name of the route's parameter.</param>
internal sealed record Call(Browser By, Dictionary<string, string> Values)
{
    public List<(string Name, string Value)> Form { get; init; } = [];
    public string Query { get; init; } = "";

    /// <summary>What a program sends instead of a form.</summary>
    public string? Json { get; init; }
    public byte[]? Raw { get; init; }

    /// <summary>Headers of this call alone, such as the one that makes a repetition known.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>A field that brings a file; then the form goes as multipart.</summary>
    public (string Field, byte[] Bytes, string Name)? File { get; init; }

    public Call With(string field, string value) => this with { Form = [.. Form.Where(f => f.Name != field), (field, value)] };

    public Task<Answer> Send(Route route) => Send(route, By, Values);

    public Task<Answer> Send(Route route, Browser by, IReadOnlyDictionary<string, string> values, params (string Name, string Value)[] headers)
        => by.Send(route.Changes ? HttpMethod.Post : HttpMethod.Get, route.PathOf(values) + Query, route.Changes ? Body() : null, [.. Headers, .. headers]);

    public HttpContent Body()
    {
        if (Json is not null) return new StringContent(Json, System.Text.Encoding.UTF8, "application/json");
        if (Raw is not null) return new ByteArrayContent(Raw);
        if (File is not { } file) return new FormUrlEncodedContent(Form.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        var body = new MultipartFormDataContent();
        foreach (var (name, value) in Form.OrderBy(f => f.Name != "stamp")) body.Add(new StringContent(value), name); // the stamp comes first
        body.Add(new ByteArrayContent(file.Bytes), file.Field, file.Name);
        return body;
    }
}

/// <summary>The table: a row for each route. A new route without a row fails <see cref="TenantMatrixTests"/>.</summary>
internal static class Rows
{
    public static readonly IReadOnlyList<Row> All = [.. PublicRows.All, .. ProspectRows.All, .. SharingRows.All, .. DealRows.All, .. DeskRows.All, .. ClaimRows.All, .. EvidenceRows.All, .. ApiRows.All, .. SignInRows.All, .. StaffRows.All, .. ImportRows.All, .. ClaimActRows.All, .. OperatorRows.All, .. SettingsRows.All, .. SubprocessorRows.All, .. RequestRows.All];

    public static Row Of(string route) => All.Single(r => r.Route == route);

    /// <summary>A staff call: signed in, with the stamp of that session.</summary>
    public static Row Staff(string route, Role role, Func<Stage, Task<Dictionary<string, string>>>? values = null, Func<Stage, Task<List<(string, string)>>>? form = null, string query = "") => new(route, async stage =>
    {
        var browser = await stage.Staff(role);
        List<(string, string)> fields = form is null ? [] : await form(stage);
        return new Call(browser, values is null ? [] : await values(stage)) { Form = [.. fields, ("stamp", await Stage.StampOf(browser))], Query = query };
    });
}
