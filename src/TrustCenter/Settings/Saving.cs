using TrustCenter.Engine;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Settings;

/// <summary>How every settings page answers: saved, or with everything that was typed and what stands against it.</summary>
internal static class Saving
{
    public static bool WasSaved(Desk desk) => desk.Context.Request.Query.ContainsKey("saved");

    public static async Task<Vendor> Vendor(Desk desk) => (await desk.Read<Vendor>(Tenants.Vendor.Only))!;

    public static ValueTask<TenantSettings> Settings(Desk desk) => desk.Engine.Settings(desk.User.Scope, desk.Stop);

    /// <summary>What is said in public is compiled before the answer leaves.</summary>
    public static async Task<Outcome> Decide<TState>(Desk desk, Guid key, Command<TState> command) where TState : class, IState<TState>
    {
        var outcome = await desk.Decide(key, command);
        if (outcome is Outcome.Done && typeof(TState) == typeof(Vendor)) await desk.PublicPageFollows();
        return outcome;
    }

    /// <summary>Decides what the form says, unless it could not be read.</summary>
    public static async Task<IResult> Decide<TState>(Desk desk, TypedForm form, Guid key, Command<TState> command, string path, Func<TypedForm, int, Task<IResult>> page, Func<Problem, Problem>? beside = null) where TState : class, IState<TState>
    {
        if (form.Problems.Count > 0) return await page(form, StatusCodes.Status422UnprocessableEntity);
        switch (await Decide(desk, key, command))
        {
            case Outcome.Done:
                return Answers.SeeOther(desk.Context, path + "?saved=yes");
            case Outcome.Refused refused:
                form.Add(beside is null ? refused.Problems : refused.Problems.Select(beside));
                return await page(form, StatusCodes.Status422UnprocessableEntity);
            case Outcome.Stale:
                form.Add("", "Somebody else changed the settings while you were writing. Save again to put yours in their place, or load the page again to see theirs.");
                return await page(form, StatusCodes.Status409Conflict);
            default:
                return Answers.Nothing();
        }
    }
}
