using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Settings;

/// <summary>The topics that claims belong to, in the order of the page.</summary>
internal static class TopicSettings
{
    public static Task<IResult> Show([AsParameters] Desk desk) => Page(desk, TypedForm.Empty, StatusCodes.Status200OK);

    public static async Task<IResult> Save([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        var list = new ListForm(form);
        await KeepUsed(desk, form, list.Removed);
        var topics = list.Read(field => new Topic(ListForm.KeyOf(field), field("name"), field("summary")));
        var command = new SetTopics { Id = form.Command, BasedOn = form.Number("version"), Topics = topics };
        return await Saving.Decide(desk, form, Vendor.Only, command, desk.User.Paths.Topics, (f, status) => Page(desk, f, status), list.Beside);
    }

    /// <summary>A topic that claims belong to stays.</summary>
    public static async Task KeepUsed(Desk desk, TypedForm form, IEnumerable<string> removed)
    {
        foreach (var topic in removed)
            if (await desk.Store.Query(sql => sql.Number("select count(*) from claim_rows where tenant = @tenant and topic = @topic", ("@tenant", desk.User.Scope.Tenant), ("@topic", topic)), desk.Stop) is > 0 and var claims)
                form.Add("", $"{Pages.Words.Count(claims, "claim belongs", "claims belong")} to “{topic}”. Give them another topic first.");
    }

    private static async Task<IResult> Page(Desk desk, TypedForm form, int status)
        => desk.Context.ConsolePage<TopicsPage>(new() { ["Form"] = form, ["Vendor"] = await Saving.Vendor(desk), ["WasSaved"] = Saving.WasSaved(desk) }, status);
}
