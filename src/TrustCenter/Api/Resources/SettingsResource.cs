using TrustCenter.Audiences;
using TrustCenter.Engine;
using TrustCenter.Settings;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Api;

/// <summary>The settings for programs: the parts and rules of the console's pages.</summary>
internal static class SettingsResource
{
    public static void MapSettings(RouteGroupBuilder api)
    {
        api.MapMethods("/settings", ApiRoutes.Reading, Show).Says(Right.ManageSettings, SettingsExamples.Show);
        api.MapPost("/settings/hours", ([AsParameters] Desk desk)
            => Save<NewHoursShape, TenantSettings>(desk, TenantSettings.Only, body => body.Hours.ToForm(), (call, form) => HoursSettings.Read(form) with { Id = call.Command, BasedOn = call.Body.Version }, HoursShape.Name)).Says(Right.ManageSettings, SettingsExamples.Hours);
        api.MapPost("/settings/defaults", ([AsParameters] Desk desk)
            => Save<NewDefaultsShape, TenantSettings>(desk, TenantSettings.Only, body => body.Defaults.ToForm(), (call, form) => DefaultsSettings.Read(form) with { Id = call.Command, BasedOn = call.Body.Version }, DefaultsShape.Name)).Says(Right.ManageSettings, SettingsExamples.Defaults);
        api.MapPost("/settings/retention", ([AsParameters] Desk desk)
            => Save<NewRetentionShape, TenantSettings>(desk, TenantSettings.Only, body => body.Retention.ToForm(), (call, form) => RetentionSettings.Read(form) with { Id = call.Command, BasedOn = call.Body.Version }, RetentionShape.Name)).Says(Right.ManageSettings, SettingsExamples.Retention);
        api.MapPost("/settings/notice", ([AsParameters] Desk desk)
            => Save<NewNoticeShape, TenantSettings>(desk, TenantSettings.Only, body => FormOf.Fields([("body", [body.Body])]), (call, form) => NoticeSettings.Read(form) with { Id = call.Command, BasedOn = call.Body.Version }, field => field)).Says(Right.ManageSettings, SettingsExamples.Notice);
        api.MapPost("/settings/brand", ([AsParameters] Desk desk)
            => Save<NewBrandShape, Vendor>(desk, Vendor.Only, body => body.Brand.ToForm(), (call, form) => BrandSettings.Read(form, desk.User.Vendor) with { Id = call.Command, BasedOn = call.Body.Version }, BrandShape.NameOf)).Says(Right.ManageSettings, SettingsExamples.Brand);
        api.MapPost("/settings/scope", ([AsParameters] Desk desk)
            => Save<NewScopeShape, Vendor>(desk, Vendor.Only, body => body.Scope.ToForm(), (call, form) => ScopeSettings.Read(form) with { Id = call.Command, BasedOn = call.Body.Version }, ScopeShape.Name)).Says(Right.ManageSettings, SettingsExamples.Scope);
        api.MapPost("/settings/topics", SaveTopics).Says(Right.ManageSettings, SettingsExamples.Topics);
        api.MapPost("/settings/audiences", ([AsParameters] Desk desk)
            => Save<NewAudiencesShape, Vendor>(desk, Vendor.Only, _ => TypedForm.Empty, (call, _) => new SetAudiences { Id = call.Command, BasedOn = call.Body.Version, Audiences = [.. call.Body.Audiences.Select(a => new Audience(a.Key, a.Name, a.Why, a.Topics, a.More, a.Address))] }, field => Entry("audiences", field))).Says(Right.ManageSettings, SettingsExamples.Audiences);
    }

    private static async Task<IResult> Show([AsParameters] Desk desk) => ApiAnswer.Ok(SettingsShape.Of(await Saving.Settings(desk), await Saving.Vendor(desk)));

    private static async Task<IResult> SaveTopics([AsParameters] Desk desk)
    {
        var (call, refusal) = await ApiCall.Read<NewTopicsShape>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var form = FormOf.Fields([]);
        await TopicSettings.KeepUsed(desk, form, desk.User.Vendor.Topics.Select(t => t.Key).Except(call.Body.Topics.Select(t => t.Key)));
        return await Decide(desk, Vendor.Only, form, new SetTopics { Id = call.Command, BasedOn = call.Body.Version, Topics = [.. call.Body.Topics.Select(t => new Topic(t.Key, t.Name, t.Summary))] }, field => Entry("topics", field));
    }

    private static async Task<IResult> Save<TBody, TState>(Desk desk, Guid key, Func<TBody, TypedForm> toForm, Func<ApiCall<TBody>, TypedForm, Command<TState>> read, Func<string, string> name) where TBody : class where TState : class, IState<TState>
    {
        var (call, refusal) = await ApiCall.Read<TBody>(desk.Context, creates: false);
        if (call is null) return refusal!;
        var form = toForm(call.Body);
        return await Decide(desk, key, form, read(call, form), name);
    }

    private static async Task<IResult> Decide<TState>(Desk desk, Guid key, TypedForm form, Command<TState> command, Func<string, string> name) where TState : class, IState<TState>
        => form.Problems.Count > 0 ? ApiAnswer.Wrong(form.Problems, name) : ApiAnswer.Of(await Saving.Decide(desk, key, command), version => ApiAnswer.Ok(new VersionShape(version)), name);

    // A rule against name.2 stands against the third of them.
    private static string Entry(string list, string field) => field.Split('.') is [var member, var n] ? $"{list}[{n}].{member}" : field;
}
