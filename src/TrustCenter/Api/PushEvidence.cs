using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrustCenter.Journal;

namespace TrustCenter.Api;

/// <summary>
/// The command <c>push-evidence</c>: a build brings the newest version of a document. The key comes from the environment, because arguments stand in the
/// process list (ABUSE T-114). The same file again is one upload. Exit code 0: it is there; 1: it is not, and why; 2: misused.
/// </summary>
public sealed class PushEvidence(HttpClient client, TextWriter output, TextWriter error)
{
    public const string KeyVariable = "TRUSTCENTER_KEY";

    public const string Usage = """
        push-evidence --to <console> --evidence <id or title> --file <file> [--valid-until <day>] [--period-from <day>] [--period-to <day>]
          --to           the address of the console, such as https://console.trust.example
          --evidence     the document that gets a new version, by its id or its exact title
          --file         PDF, at most 75 MiB; it waits there for somebody's approval
          --valid-until  the last day on which it counts: 2027-04-30
          --period-from, --period-to  the first and last day that it speaks about
          The key, with the scopes to read and to write, comes in the variable TRUSTCENTER_KEY.
        """;

    public async Task<int> Run(string[] args, string? key, CancellationToken stop)
    {
        if (PushWish.Parse(args) is not { } wish) return await Misused(Usage);
        if (string.IsNullOrEmpty(key)) return await Misused($"Set the variable {KeyVariable} to an API key. An admin makes one in the console under API keys.");
        if (!ApiToken.IsOne(key)) return await Misused($"The variable {KeyVariable} holds no API key: one begins with {ApiToken.Prefix}.");
        if (!File.Exists(wish.File)) return await Misused($"The file {wish.File} is not there.");
        try { return await Push(wish, key, stop); }
        catch (HttpRequestException unreachable) { return await Failed($"{wish.To} could not be reached: {unreachable.Message}"); }
        catch (IOException broken) { return await Failed($"The file or the connection broke off: {broken.Message}"); }
        catch (JsonException) { return await Failed($"{wish.To} answers, but not as a trust center does. Check the address."); }
    }

    private async Task<int> Push(PushWish wish, string key, CancellationToken stop)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var (id, why) = Guid.TryParse(wish.Evidence, out var given) ? (given, null) : await Find(wish, stop);
        if (id == Guid.Empty) return await Failed(why!);
        var sha = await HashOf(wish.File, stop);
        using var shown = await client.GetAsync(wish.Address($"/evidence/{id:D}"), stop);
        if (!shown.IsSuccessStatusCode) return await Failed(await Words(shown, stop));
        var document = (await Read<EvidenceShape>(shown, stop))!;
        if ((document.Waiting ?? document.Versions.LastOrDefault()) is { } newest && newest.Sha256 == sha && Same(newest, wish))
        {
            if (document.Returned is { } comment) return await Failed($"This file was returned: “{comment}” Send a better one.");
            await output.WriteLineAsync("It is there already; nothing was sent.");
            return 0;
        }
        return await Send(wish, id, sha, stop);
    }

    private async Task<int> Send(PushWish wish, Guid id, string sha, CancellationToken stop)
    {
        await using var file = File.OpenRead(wish.File);
        using var request = new HttpRequestMessage(HttpMethod.Post, wish.Address($"/evidence/{id:D}/versions{wish.Query}")) { Content = new StreamContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.ExpectContinue = true; // a refusal comes before 75 MiB have left
        request.Headers.Add(ApiCall.KeyHeader, KeyOf(id, sha, wish.Query).ToString("D"));
        using var answer = await client.SendAsync(request, stop);
        if (!answer.IsSuccessStatusCode) return await Failed(await Words(answer, stop));
        var made = (await Read<UploadedShape>(answer, stop))!;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Uploaded. It waits for approval as version {made.Version}."));
        return 0;
    }

    private async Task<(Guid Id, string? Why)> Find(PushWish wish, CancellationToken stop)
    {
        var found = new List<Guid>();
        for (var next = ""; ;)
        {
            using var answer = await client.GetAsync(wish.Address($"/evidence?limit=200{next}"), stop);
            if (!answer.IsSuccessStatusCode) return (Guid.Empty, await Words(answer, stop));
            var page = (await Read<ListShape<EvidenceLineShape>>(answer, stop))!;
            found.AddRange(page.Items.Where(i => i.Title == wish.Evidence).Select(i => i.Id));
            if (!page.More) break;
            next = "&cursor=" + Uri.EscapeDataString(page.Next!);
        }
        return found.Count switch
        {
            1 => (found[0], null),
            0 => (Guid.Empty, $"There is no document with the title “{wish.Evidence}”. Make it in the console first, or name it by its id."),
            _ => (Guid.Empty, $"{found.Count} documents have the title “{wish.Evidence}”. Name the one by its id, which stands in its address in the console."),
        };
    }

    // The same file for the same document with the same dates is the same request, from whichever build machine.
    private static Guid KeyOf(Guid id, string sha, string query)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"push-evidence/{id:N}/{sha}{query}"))[..16];
        bytes[6] = (byte)(bytes[6] & 0x0f | 0x80); // version 8: made by a rule of our own (RFC 9562, section 5.8)
        bytes[8] = (byte)(bytes[8] & 0x3f | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static bool Same(EvidenceVersionShape version, PushWish wish) => (version.From, version.To, version.ValidUntil) == (wish.From, wish.Until, wish.ValidUntil);

    // A newer trust center may say more than this program knows.
    private static readonly JsonSerializerOptions Reading = new(ApiJson.Options) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip };

    private static async Task<string> HashOf(string path, CancellationToken stop)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop));
    }

    private static async Task<T?> Read<T>(HttpResponseMessage answer, CancellationToken stop)
        => await JsonSerializer.DeserializeAsync(await answer.Content.ReadAsStreamAsync(stop), (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T>)Reading.GetTypeInfo(typeof(T)), stop);

    private static async Task<string> Words(HttpResponseMessage answer, CancellationToken stop)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json") return $"The answer was {(int)answer.StatusCode}. Check the address after --to: it is the console's.";
        var problem = (await Read<ProblemShape>(answer, stop))!;
        return string.Join(' ', new[] { problem.Title, problem.Detail }.Concat((problem.Errors ?? []).Select(e => e.Field.Length == 0 ? e.Rule : $"{e.Field}: {e.Rule}")).OfType<string>());
    }

    private async Task<int> Failed(string why)
    {
        await error.WriteLineAsync(ConsoleText.Clean(why)); // titles and comments in it are other people's
        return 1;
    }

    private async Task<int> Misused(string why)
    {
        await error.WriteLineAsync(why);
        return 2;
    }
}
