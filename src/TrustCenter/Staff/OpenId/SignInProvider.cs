using System.Text.Json;

namespace TrustCenter.Staff.OpenId;

/// <summary>
/// A provider of the settings and what is known of it. Its keys are asked for again when a token names one that is not there, at most once a minute,
/// so that forged tokens make no flood; while it does not answer, what it said last holds for a day (ABUSE T-088).
/// </summary>
public sealed class SignInProvider(SignInProviderOptions options, HttpClient http, TimeProvider clock, ILogger log) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(12), Oldest = TimeSpan.FromHours(24);
    private static readonly TimeSpan BetweenAsks = TimeSpan.FromMinutes(1), BetweenTries = TimeSpan.FromSeconds(5); // with and without an answer that still holds

    private readonly SemaphoreSlim asking = new(1);
    private ProviderFace? face;
    private DateTimeOffset asked = DateTimeOffset.MinValue;

    public SignInProviderOptions Options => options;

    /// <summary>Null while it does not answer and nothing that it said still holds.</summary>
    /// <param name="key">The key that a token names.</param>
    public async ValueTask<ProviderFace?> Face(string? key, CancellationToken stop)
    {
        if (Holds(key) is { } known) return known;
        await asking.WaitAsync(stop);
        try
        {
            var now = clock.GetUtcNow();
            if (Holds(key) is null && now - asked >= (face is null ? BetweenTries : BetweenAsks))
            {
                asked = now;
                face = await Ask(now, stop) ?? face;
            }
            return face is not null && now - face.At < Oldest ? face : null;
        }
        finally { asking.Release(); }
    }

    private ProviderFace? Holds(string? key) => face is { } known && clock.GetUtcNow() - known.At < Fresh && known.Named(key).Any() ? known : null;

    private async Task<ProviderFace?> Ask(DateTimeOffset now, CancellationToken stop)
    {
        try
        {
            if (await ProviderFace.Read(http, options, now, stop) is { } read) return read;
            log.LogError("What {Provider} publishes at {Authority} is not its own, or leads to an address without TLS. Check TrustCenter:SignIn.", options.Name, options.Authority);
        }
        catch (Exception failed) when (IsSilence(failed, stop)) { log.LogWarning("{Provider} does not answer: {Why}", options.Name, failed.Message); }
        return null;
    }

    /// <summary>The tokens for a code (RFC 6749, section 4.1.3); null when there are none.</summary>
    public async Task<(string? IdToken, bool IsSilent)> Redeem(ProviderFace known, string code, string verifier, string callback, CancellationToken stop)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = callback, ["client_id"] = options.ClientId, ["client_secret"] = options.ClientSecret, ["code_verifier"] = verifier,
        });
        try
        {
            using var answer = await http.PostAsync(known.Token, form, stop);
            if (!answer.IsSuccessStatusCode) return (null, (int)answer.StatusCode >= 500);
            using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop));
            return (document.RootElement.TryGetProperty("id_token", out var token) && token.ValueKind == JsonValueKind.String ? token.GetString() : null, false);
        }
        catch (Exception failed) when (IsSilence(failed, stop))
        {
            log.LogWarning("{Provider} does not answer: {Why}", options.Name, failed.Message);
            return (null, true);
        }
    }

    // A time-out of ours is a TaskCanceledException too; a person who left is not the provider's silence.
    private static bool IsSilence(Exception failed, CancellationToken stop) => failed is HttpRequestException or JsonException or ArgumentException or InvalidOperationException || (failed is TaskCanceledException && !stop.IsCancellationRequested);

    public void Dispose() => asking.Dispose();
}
