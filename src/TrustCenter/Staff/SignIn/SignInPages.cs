using Microsoft.Extensions.Options;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Web;

namespace TrustCenter.Staff.SignIn;

/// <summary>The page of the step at which an attempt stands.</summary>
public sealed class SignInPages(HostKeys keys, PersonalRecords people, IOptions<TrustCenterOptions> options, Paths paths)
{
    public string StampOf(SignInState state) => keys.FormStamp(state.Id.Key, state.Attempt.Secret);

    /// <summary>The secret that this attempt offers to the app: derived, so that a page that is loaded again shows the same; stored only when the app has shown that it holds it.</summary>
    public byte[] SecretOf(SignInState state) => keys.CodeHash(state.Place!.Staff, $"authenticator|{state.Id.Key:N}")[..Totp.SecretLength];

    public async Task<IResult> Of(HttpContext context, SignInState state, TypedForm form, int status)
    {
        var style = state.Place is { } place ? Style.WithAccent(Style.Console, place.Vendor.Accent) : Style.Console;
        var given = new Dictionary<string, object?> { ["State"] = state, ["Form"] = form, ["Stamp"] = StampOf(state), ["Paths"] = paths, ["Style"] = style };
        switch (state.Stage)
        {
            case SignInStage.Code:
                given["HasServer"] = options.Value.Smtp is not null;
                return Answers.Page<MailedCodePage>(context, style, status, given);
            case SignInStage.Vendor:
                return Answers.Page<VendorChoicePage>(context, style, status, given);
            case SignInStage.Enrol:
                given["Secret"] = SecretOf(state);
                given["Account"] = state.Place!.Member.Person is { } person ? await people.Read(state.Place.Scope, person, context.RequestAborted) ?? state.Place.Member.Name : state.Place.Member.Name;
                return Answers.Page<EnrolmentPage>(context, style, status, given);
            case SignInStage.Authenticator:
                return Answers.Page<AuthenticatorPage>(context, style, status, given);
            default:
                return Answers.Page<SignInOverPage>(context, style, status, given);
        }
    }
}

/// <summary>The first page: an address, and in the demo the personas.</summary>
public sealed class SignInEntry(IStore store, HostKeys keys, Setup.SetupNeed setup, IOptions<TrustCenterOptions> options, Paths paths)
{
    public async Task<IResult> Page(HttpContext context, DemoStaff demo, TypedForm form, int status)
    {
        var isDemo = demo.IsAllowed(context);
        var vendors = isDemo
            ? await store.Query(sql => sql.Query("select tenant, name from vendor_rows order by name", r => (Tenant: r.Id(0), Name: r.Text(1))), context.RequestAborted)
            : [];
        return Answers.Page<SignInPage>(context, Style.Console, status, new()
        {
            ["Vendors"] = vendors,
            ["Stamp"] = keys.FormStamp(SignInDesk.Place, "sign-in"),
            ["Return"] = form.IsSent ? form["return"] : context.Request.Query["return"].ToString(),
            ["Paths"] = paths,
            ["IsDemo"] = isDemo,
            ["Providers"] = options.Value.SignIn.Select(p => p.Name).ToList(),
            ["NeedsSetup"] = await setup.IsOpen(context.RequestAborted),
            ["Form"] = form,
        });
    }
}
