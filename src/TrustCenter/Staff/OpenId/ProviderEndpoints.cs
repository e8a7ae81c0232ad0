using Microsoft.Extensions.Options;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Staff.SignIn;
using TrustCenter.Web;

namespace TrustCenter.Staff.OpenId;

/// <summary>Out to a provider, back with its answer, and the address by which it ends sessions.</summary>
internal static class ProviderEndpoints
{
    private const int LongestName = 500; // characters of an issuer or a session's name

    public static void MapProviders(this RouteGroupBuilder platform)
    {
        platform.MapPost("/console/sign-in/providers", Begin).For(Reader.Anybody).WithName("BeginProviderSignIn");
        platform.MapGet("/console/sign-out", End).For(Reader.Anybody).WithName("ProviderSignOut");
        platform.MapGet(SignInProviderOptions.DefaultCallbackPath, Take).For(Reader.Anybody).WithName("ProviderAnswer");
        var others = ((IEndpointRouteBuilder)platform).ServiceProvider.GetRequiredService<IOptions<TrustCenterOptions>>().Value.SignIn.Select(p => p.CallbackPath).Distinct().Where(p => p != SignInProviderOptions.DefaultCallbackPath);
        foreach (var path in others) platform.MapGet(path, Take).For(Reader.Anybody).WithName("ProviderAnswer " + path);
    }

    /// <summary>
    /// Answers with a page that goes on by itself, not with a redirect: Chromium holds every redirect of a form's answer against form-action, and a
    /// company's provider may send people on to hosts that nobody here knows.
    /// </summary>
    private static async Task<IResult> Begin(HttpContext context, ProviderDesk desk, SignInProviders providers, SignInDesk signIns, SignInEntry entry, DemoStaff demo, AskFlood flood, HostKeys keys, TimeProvider clock, Paths paths)
    {
        if (await SafePost.Form(context, keys.FormStamp(SignInDesk.Place, "sign-in")) is not { } form) return SafePost.Refuse(context);
        if (providers.Find(form["provider"]) is not { } provider) return Answers.Nothing();
        if (!await flood.AdmitsSignIn(signIns.Network(context)))
        {
            form.Add("", "Too many sign-ins were begun from your network in the last minutes. Wait a quarter of an hour, then try again.");
            return await entry.Page(context, demo, form, StatusCodes.Status429TooManyRequests);
        }
        var cookie = ProviderCookie.New(provider.Options.Name, LocalPath.OrDefault(form["return"], ""), clock.GetUtcNow());
        if (await desk.WayOut(provider, cookie, context.RequestAborted) is not { } address) return Refused(context, new(ProviderRefusal.Down, provider.Options.Name, ""), provider, paths);
        cookie.Write(context.Response, keys);
        return Go(context, $"On to {provider.Options.Name}", address);
    }

    /// <summary>A GET that signs in: the provider sends people back so. The post that began it came from our page, in this browser, and its answer counts once.</summary>
    private static async Task<IResult> Take(HttpContext context, ProviderDesk desk, SignInProviders providers, Paths paths)
    {
        var outcome = await desk.Take(context);
        return outcome.Refusal is null ? Answers.SeeOther(context, LocalPath.OrDefault(outcome.Return, paths.Today)) : Refused(context, outcome, providers.Find(outcome.Provider), paths);
    }

    /// <summary>
    /// Loaded by the provider in a frame of the person's browser, without a cookie of ours: issuer and session name say which sessions are over. It ends
    /// sessions and does nothing else, and says the same whether there was one.
    /// </summary>
    private static async Task<IResult> End(HttpContext context, ProviderDesk desk)
    {
        if (context.Request.Query["iss"] is [{ Length: > 0 and <= LongestName } issuer] && context.Request.Query["sid"] is [{ Length: > 0 and <= LongestName } sid]) await desk.End(issuer, sid, context.RequestAborted);
        Answers.Private(context.Response, Answers.Policy(Style.Page));
        return Results.Text("Signed out.");
    }

    public static IResult Go(HttpContext context, string title, string address) => Answers.Page<ProviderGoPage>(context, Style.Console, StatusCodes.Status200OK, new() { ["Title"] = title, ["Address"] = address });

    private static IResult Refused(HttpContext context, ProviderOutcome outcome, SignInProvider? provider, Paths paths)
    {
        if (outcome is { Refusal: ProviderRefusal.Removed, Vendor: { } vendor }) return Answers.Page<RemovedPage>(context, Style.Console, StatusCodes.Status403Forbidden, new() { ["Vendors"] = new[] { vendor.Name }, ["Paths"] = paths });
        var status = outcome.Refusal switch
        {
            ProviderRefusal.Over => StatusCodes.Status400BadRequest,
            ProviderRefusal.Down => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status403Forbidden,
        };
        return Answers.Page<ProviderRefusedPage>(context, Style.Console, status, new() { ["Refusal"] = outcome.Refusal, ["Provider"] = outcome.Provider, ["Vendor"] = outcome.Vendor?.Name, ["Contact"] = provider?.Options.Contact ?? "", ["Paths"] = paths });
    }
}
