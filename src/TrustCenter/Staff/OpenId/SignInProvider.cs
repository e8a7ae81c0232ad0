using System.Text.Json;

namespace TrustCenter.Staff.OpenId;

/// <summary>
/// A provider of the settings and what is known of it. Its keys are asked for again when a token names one that is not there, at most once a minute,
/// so that forged tokens make no flood; while it does not answer, what it said last holds for a day (ABUSE T-088). Whoever needs what is being asked for
/// waits for the one ask, and ends it for nobody by leaving.
/// </summary>
public sealed class SignInProvider(SignInProviderOptions options, HttpClient http, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(12), Oldest = TimeSpan.FromHours(24);
    private static readonly TimeSpan BetweenAsks = TimeSpan.FromMinutes(1), BetweenTries = TimeSpan.FromSeconds(5); // with and without an answer that still holds
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10); // for all that one ask fetches

    private readonly Lock beginning = new();
    private Task asking = Task.CompletedTask;
    private ProviderFace? face;
    private DateTimeOffset asked = DateTimeOffset.MinValue;

    public SignInProviderOptions Options => options;

    /// <summary>Null while it does not answer and nothing that it said still holds.</summary>
    /// <param name="key">The key that a token names.</param>
    public async ValueTask<ProviderFace?> Face(string? key, CancellationToken stop)
    {
        if (Holds(key) is { } known) return known;
        await Asking(key).WaitAsync(stop);
        return face is { } said && clock.GetUtcNow() - said.At < Oldest ? said : null;
    }

    private Task Asking(string? key)
    {
        lock (beginning)
        {
            if (!asking.IsCompleted) return asking;
            var now = clock.GetUtcNow();
            if (Holds(key) is not null || now - asked < (face is null ? BetweenTries : BetweenAsks)) return Task.CompletedTask;
            asked = now;
            return asking = Task.Run(() => Ask(now), CancellationToken.None);
        }
    }

    private ProviderFace? Holds(string? key) => face is { } known && clock.GetUtcNow() - known.At < Fresh && known.Named(key).Any() ? known : null;

    private async Task Ask(DateTimeOffset now)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            if (await ProviderFace.Read(http, options, now, limit.Token) is { } read) face = read;
            else log.LogError("What {Provider} publishes at {Authority} is not its own, or leads to an address without TLS. Check TrustCenter:SignIn.", options.Name, options.Authority);
        }
        catch (Exception failed) when (IsSilence(failed, CancellationToken.None)) { log.LogWarning("{Provider} does not answer: {Why}", options.Name, failed.Message); }
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

    // A time-out of ours cancels too; a person who left is not the provider's silence.
    private static bool IsSilence(Exception failed, CancellationToken stop) => failed is HttpRequestException or JsonException or ArgumentException or InvalidOperationException || (failed is OperationCanceledException && !stop.IsCancellationRequested);
}
