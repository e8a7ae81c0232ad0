using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Settings;

/// <summary>The vendor's own host names and the proofs that they are his.</summary>
internal static class HostSettings
{
    private const int TokenBytes = 16;

    public static Task<IResult> Show([AsParameters] Desk desk, IOptions<TrustCenterOptions> options) => Page(desk, options, TypedForm.Empty, StatusCodes.Status200OK);

    public static async Task<IResult> Ask([AsParameters] Desk desk, HostProof proof, IOptions<TrustCenterOptions> options)
    {
        var form = await TypedForm.Read(desk.Context);
        var command = new AskHostName { Id = form.Command, Name = form.Text("name"), Token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes)), Platform = options.Value.BaseDomain };
        return await Answer(desk, options, form, await proof.Decide(desk.User.Scope, command, desk.User.Actor, desk.Stop));
    }

    public static async Task<IResult> Check([AsParameters] Desk desk, Guid host, HostProof proof, IOptions<TrustCenterOptions> options)
        => await Answer(desk, options, await TypedForm.Read(desk.Context), await proof.Check(desk.User.Scope, host, desk.User.Actor, desk.Stop));

    public static async Task<IResult> Remove([AsParameters] Desk desk, Guid host, HostProof proof, IOptions<TrustCenterOptions> options)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Answer(desk, options, form, await proof.Decide(desk.User.Scope, new RemoveHostName { Id = form.Command, Host = host }, desk.User.Actor, desk.Stop));
    }

    public static async Task<IResult> Choose([AsParameters] Desk desk, HostProof proof, IOptions<TrustCenterOptions> options)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Answer(desk, options, form, await proof.Decide(desk.User.Scope, new ChoosePrimaryHost { Id = form.Command, Host = form.Id("host") ?? Guid.Empty }, desk.User.Actor, desk.Stop));
    }

    private static async Task<IResult> Answer(Desk desk, IOptions<TrustCenterOptions> options, TypedForm form, Outcome outcome)
    {
        if (outcome is Outcome.Done) return Answers.SeeOther(desk.Context, desk.User.Paths.Hosts);
        if (outcome is not Outcome.Refused refused) return Answers.Nothing();
        form.Add(refused.Problems);
        return await Page(desk, options, form, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Page(Desk desk, IOptions<TrustCenterOptions> options, TypedForm form, int status) => desk.Context.ConsolePage<HostsPage>(new()
    {
        ["Form"] = form, ["Hosts"] = await desk.Read<HostNames>(HostNames.Only) ?? new HostNames(), ["Standing"] = $"{desk.User.Vendor.Host}.{options.Value.BaseDomain}",
    }, status);
}
