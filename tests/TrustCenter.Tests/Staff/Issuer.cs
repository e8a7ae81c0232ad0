using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Base64Url = System.Buffers.Text.Base64Url;

namespace TrustCenter.Tests.Staff;

/// <summary>
/// An OpenID Connect provider of our own on a loopback port, speaking as Entra ID does: discovery, RS256 keys that rotate, codes that are good once and
/// only with the right verifier. Tokens are written by hand, so that every forgery can be.
/// </summary>
public sealed class Issuer : IAsyncDisposable
{
    public const string ClientId = "trust-center", ClientSecret = "a secret of the issuer's", Audience = "api://trust-center";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (string IdToken, string Challenge, string Redirect)> codes = new();

    private Issuer(WebApplication app) => this.app = app;

    public Guid Tenant { get; } = Guid.NewGuid();
    public Guid Partner { get; } = Guid.NewGuid();
    public string Address => app.Urls.Single();
    public string Authority => AuthorityOf(Tenant.ToString());
    public RSA Key { get; private set; } = RSA.Create(2048);
    public string KeyId { get; private set; } = "first";
    public bool IsDown { get; set; }
    public string? Says { get; set; } // another issuer than its own, in its discovery
    public Func<DateTimeOffset> Clock { get; set; } = () => DateTimeOffset.UtcNow;
    public string? Back { get; set; } // where browsers are really sent: the app's own port
    public Dictionary<string, object?>? AtTheDesk { get; set; } // who is signed in at the provider's page
    public int KeysAsked { get; private set; }
    public string? KeyIssuer { get; set; } // whose key it is, where the key says so
    public IReadOnlyDictionary<string, string> Redeemed { get; private set; } = new Dictionary<string, string>();

    public static async Task<Issuer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new Issuer(builder.Build());
        issuer.Map();
        await issuer.app.StartAsync();
        return issuer;
    }

    /// <summary>What the app's host is started with: the names of Microsoft.Identity.Web, and who is what here.</summary>
    public string[] Settings(string vendor) =>
    [
        "--urls", "http://127.0.0.1:0", $"--AzureAd:Instance={Address}/", $"--AzureAd:TenantId={Tenant.ToString().ToUpperInvariant()}", $"--AzureAd:ClientId={ClientId}", $"--AzureAd:ClientSecret={ClientSecret}", "--AzureAd:CallbackPath=/signin-oidc",
        "--TrustCenter:SignIn:0:Name=Entra ID", $"--TrustCenter:SignIn:0:Vendor={vendor}", $"--TrustCenter:SignIn:0:Audience={Audience}", "--TrustCenter:SignIn:0:ApiClients:0=a-program",
        "--TrustCenter:SignIn:0:Roles:0:Value=TrustCenter.Admin", "--TrustCenter:SignIn:0:Roles:0:Role=Admin", "--TrustCenter:SignIn:0:Roles:1:Value=TrustCenter.Editor", "--TrustCenter:SignIn:0:Roles:1:Role=Editor",
        "--TrustCenter:SignIn:0:Roles:2:Claim=groups", "--TrustCenter:SignIn:0:Roles:2:Value=5f0c", "--TrustCenter:SignIn:0:Roles:2:Role=Approver",
        // Entra ID for many tenants, of which one is known here; and a provider that is not Entra ID.
        $"--AzureMany:Instance={Address}", "--AzureMany:TenantId=organizations", $"--AzureMany:ClientId={ClientId}", $"--AzureMany:ClientSecret={ClientSecret}", "--AzureMany:CallbackPath=/signin-many",
        "--TrustCenter:SignIn:1:Name=Partners", "--TrustCenter:SignIn:1:Section=AzureMany", $"--TrustCenter:SignIn:1:Tenants:{Partner}={vendor}", "--TrustCenter:SignIn:1:Roles:0:Value=TrustCenter.Editor", "--TrustCenter:SignIn:1:Roles:0:Role=Editor",
        "--TrustCenter:SignIn:2:Name=Plain", $"--TrustCenter:SignIn:2:Authority={AuthorityOf("plain")}", $"--TrustCenter:SignIn:2:Vendor={vendor}", $"--TrustCenter:SignIn:2:ClientId={ClientId}", $"--TrustCenter:SignIn:2:ClientSecret={ClientSecret}",
        "--TrustCenter:SignIn:2:Roles:0:Claim=hd", "--TrustCenter:SignIn:2:Roles:0:Value=northwind.example", "--TrustCenter:SignIn:2:Roles:0:Role=Rep",
    ];

    /// <summary>Who asks for the keys from now on waits for <c>Answer</c>; <c>Asked</c> is done when somebody does.</summary>
    public (Task Asked, Action Answer) HoldKeys()
    {
        var (asked, answer) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        held = (asked, answer.Task);
        return (asked.Task, () => { held = null; answer.SetResult(); });
    }

    private (TaskCompletionSource Asked, Task Answer)? held;

    public void Rotate(string keyId) => (Key, KeyId) = (RSA.Create(2048), keyId);

    private void Map()
    {
        app.Use((context, next) =>
        {
            if (!IsDown) return next(context);
            context.Abort();
            return Task.CompletedTask;
        });
        app.MapGet("/{tenant}/v2.0/.well-known/openid-configuration", (string tenant) => Results.Json(new Dictionary<string, string>
        {
            ["issuer"] = Says ?? AuthorityOf(tenant == "organizations" ? "{tenantid}" : tenant), ["authorization_endpoint"] = $"{Authority}/authorize", ["token_endpoint"] = $"{Authority}/token", ["jwks_uri"] = $"{Address}/keys", ["end_session_endpoint"] = $"{Authority}/logout",
        }));
        // Entra ID may send people over the hosts of their own company first.
        app.MapGet("/{tenant}/v2.0/authorize", (HttpRequest request) => Results.Redirect($"{Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/federation{request.QueryString}"));
        app.MapGet("/federation", (HttpRequest request) =>
        {
            var address = request.Scheme + "://" + request.Host + request.Path + request.QueryString;
            return Results.Redirect(Back + Answer(address, Sign(new(AtTheDesk!) { ["nonce"] = Asked(address)["nonce"] })));
        });
        app.MapGet("/{tenant}/v2.0/logout", (HttpRequest request) => Results.Redirect(Back + new Uri(request.Query["post_logout_redirect_uri"].ToString()).AbsolutePath));
        app.MapGet("/keys", async () =>
        {
            KeysAsked++;
            if (held is { } hold)
            {
                hold.Asked.TrySetResult();
                await hold.Answer;
            }
            var key = Key.ExportParameters(false);
            var said = new Dictionary<string, string> { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = KeyId, ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent) };
            if (KeyIssuer is not null) said["issuer"] = KeyIssuer;
            return Results.Json(new { keys = new[] { said } });
        });
        app.MapPost("/{tenant}/v2.0/token", async (HttpRequest request) =>
        {
            var form = (await request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString());
            Redeemed = form;
            var isRight = codes.TryRemove(form["code"], out var held) && form["client_id"] == ClientId && form["client_secret"] == ClientSecret && form["redirect_uri"] == held.Redirect
                && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]))) == held.Challenge;
            return isRight ? Results.Json(new { token_type = "Bearer", id_token = held.IdToken }) : Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        });
    }

    /// <summary>What the provider knows of a person, and what each token says besides.</summary>
    public Dictionary<string, object?> Claims(string oid, string role, string audience = ClientId) => new()
    {
        ["iss"] = Authority, ["aud"] = audience, ["tid"] = Tenant.ToString(), ["oid"] = oid, ["sub"] = "pairwise-" + oid, ["name"] = "Ana Ito", ["email"] = "ana@northwind.example",
        ["roles"] = role.Length == 0 ? null : new[] { role }, ["sid"] = "session-of-" + oid, ["nbf"] = Now(-5), ["iat"] = Now(-5), ["exp"] = Now(3_600),
    };

    public string AuthorityOf(string tenant) => $"{Address}/{tenant}/v2.0";

    public long Now(int seconds) => Clock().AddSeconds(seconds).ToUnixTimeSeconds();

    public string Sign(Dictionary<string, object?> claims, string algorithm = "RS256", string? keyId = null, RSA? key = null)
    {
        var head = Part(new() { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = keyId ?? KeyId });
        var text = Encoding.ASCII.GetBytes($"{head}.{Part(claims)}");
        var signature = algorithm switch
        {
            "none" => [],
            "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(Key.ExportSubjectPublicKeyInfoPem()), text), // the public key as if it were a secret
            _ => (key ?? Key).SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{Encoding.ASCII.GetString(text)}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(Dictionary<string, object?> claims) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims.Where(c => c.Value is not null).ToDictionary(c => c.Key, c => c.Value)));

    /// <summary>The person signed in at the provider's page: the address that the browser is sent back to.</summary>
    public string Answer(string address, string idToken)
    {
        var asked = Asked(address);
        var code = Guid.NewGuid().ToString("N");
        codes[code] = (idToken, asked["code_challenge"], asked["redirect_uri"]);
        return $"{new Uri(asked["redirect_uri"]).AbsolutePath}?code={code}&state={Uri.EscapeDataString(asked["state"])}";
    }

    public static Dictionary<string, string> Asked(string address) => QueryHelpers.ParseQuery(new Uri(address).Query).ToDictionary(q => q.Key, q => q.Value.ToString());

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Key.Dispose();
    }
}

/// <summary>The way of staff through the provider, over HTTP.</summary>
internal static class ProviderWalk
{
    /// <summary>Presses the button; the provider's address, as the page that goes on has it.</summary>
    public static async Task<string> Leave(Browser browser, string query = "", string provider = "Entra ID")
    {
        var page = await browser.Submit(await browser.Get("/console/sign-in" + query), "/sign-in/providers", ("provider", provider));
        page.Status.ShouldBe(200, page.Text);
        var address = page.Dom.QuerySelector("main a")!.GetAttribute("href")!;
        page.Dom.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content").ShouldBe($"0;url={address}");
        return address;
    }

    /// <summary>The whole way: out, signed in there, and back with this token.</summary>
    public static async Task<Answer> Come(Issuer issuer, Browser browser, Dictionary<string, object?> claims, Func<Dictionary<string, object?>, string>? sign = null, string query = "", string provider = "Entra ID")
    {
        var address = await Leave(browser, query, provider);
        var full = new Dictionary<string, object?>(claims);
        full.TryAdd("nonce", Issuer.Asked(address)["nonce"]);
        return await browser.Get(issuer.Answer(address, (sign ?? (c => issuer.Sign(c)))(full)));
    }

    public static async Task<Browser> SignIn(RealApp app, Issuer issuer, string oid, string role)
    {
        var browser = StaffWalk.Platform(app);
        var done = await Come(issuer, browser, issuer.Claims(oid, role));
        done.Status.ShouldBe(303, done.Text);
        return browser;
    }
}
