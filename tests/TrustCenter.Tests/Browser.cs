using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace TrustCenter.Tests;

/// <summary>
/// What a browser does, without one: cookies kept (Secure ones too, as browsers do on loopback), Origin sent with every post, forms sent with
/// their hidden fields. Redirects are not followed unless asked.
/// </summary>
public sealed class Browser(RealApp app, string host) : IDisposable
{
    private readonly HttpClient client = app.Client(host);

    public RealApp App { get; } = app;

    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>Sent with every request: what makes a program of a browser.</summary>
    public Dictionary<string, string> Headers { get; } = [];
    public string Origin { get; } = $"http://{host}:{app.Port}";

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (Cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
        if (method == HttpMethod.Post && headers.All(h => h.Name != "Origin")) request.Headers.Add("Origin", Origin);
        foreach (var (name, value) in Headers) if (headers.All(h => h.Name != name)) request.Headers.TryAddWithoutValidation(name, value);
        foreach (var (name, value) in headers) if (value.Length > 0) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out var set)) foreach (var cookie in set) Keep(cookie);
        return await Answer.Of(response);
    }

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    public Task<Answer> Post(string path, params (string Name, string Value)[] fields)
        => Send(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    /// <summary>Sends the form of this page whose action ends so, with its hidden and standing fields and these typed over them.</summary>
    public Task<Answer> Submit(Answer page, string actionEnd, params (string Name, string Value)[] typed)
    {
        var (action, fields) = FormOf(page, actionEnd, typed);
        return Post(action, [.. fields]);
    }

    public static (string Action, List<(string Name, string Value)> Fields) FormOf(Answer page, string actionEnd, params (string Name, string Value)[] typed)
    {
        var form = page.Dom.QuerySelectorAll("form").OfType<IHtmlFormElement>().FirstOrDefault(f => f.GetAttribute("action")!.EndsWith(actionEnd, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No form leads to …{actionEnd} on this page ({page.Status}): {page.Dom.Title}");
        var fields = new List<(string, string)>();
        foreach (var control in form.QuerySelectorAll("input,select,textarea"))
        {
            var name = control.GetAttribute("name");
            if (name is null || typed.Any(t => t.Name == name)) continue;
            if (control is IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "file" }) continue;
            fields.Add((name, control switch { IHtmlInputElement input => input.Value, IHtmlSelectElement select => select.Value ?? "", IHtmlTextAreaElement area => area.Value, _ => "" }));
        }
        fields.AddRange(typed);
        return (form.GetAttribute("action")!, fields);
    }

    public async Task<Answer> Follow(Answer answer)
    {
        while (answer.Status is >= 300 and < 400 && answer.Location is { } location && location.StartsWith('/')) answer = await Get(location);
        return answer;
    }

    private void Keep(string cookie)
    {
        var pair = cookie.Split(';')[0].Split('=', 2);
        if (pair[1].Length == 0 || cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase)) Cookies.Remove(pair[0]);
        else Cookies[pair[0]] = pair[1];
    }

    public void Dispose() => client.Dispose();
}

/// <summary>One answer, whole.</summary>
public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    private IHtmlDocument? dom;

    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);
    public IHtmlDocument Dom => dom ??= new HtmlParser().ParseDocument(Text);
    public string? Location => Headers.GetValueOrDefault("Location");

    /// <summary>Status, headers but Date, and body: what must be equal where two answers must not be told apart.</summary>
    public string Fingerprint => $"{Status}\n{string.Join("\n", Headers.Where(h => h.Key != "Date").OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {h.Value}"))}\n\n{Convert.ToHexString(Bytes)}";

    public static async Task<Answer> Of(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value)),
        await response.Content.ReadAsByteArrayAsync());
}
