using System.Globalization;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Settings;

/// <summary>Time zone, working days and hours, fiscal year.</summary>
internal static class HoursSettings
{
    public static Task<IResult> Show([AsParameters] Desk desk) => Page(desk, TypedForm.Empty, StatusCodes.Status200OK);

    public static async Task<IResult> Save([AsParameters] Desk desk)
    {
        var form = await TypedForm.Read(desk.Context);
        return await Saving.Decide(desk, form, TenantSettings.Only, Read(form), desk.User.Paths.Hours, (f, status) => Page(desk, f, status));
    }

    public static SetHours Read(TypedForm form)
    {
        var days = form.All("days").Select(text => Enum.TryParse<DayOfWeek>(text, out var day) && Enum.IsDefined(day) ? day : (DayOfWeek?)null).OfType<DayOfWeek>().ToList();
        var hours = new WorkingHours { Zone = form.Text("zone"), Days = days, From = Time(form, "from"), To = Time(form, "to") };
        return new SetHours { Id = form.Command, BasedOn = form.Number("version"), Hours = hours, FiscalYearStart = form.Number("fiscal") };
    }

    private static TimeOnly Time(TypedForm form, string field)
    {
        if (TimeOnly.TryParseExact(form.Text(field), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        form.Add(field, $"“{form[field]}” is no time. Write hours and minutes, such as 09:00.");
        return default;
    }

    private static async Task<IResult> Page(Desk desk, TypedForm form, int status)
        => desk.Context.ConsolePage<HoursPage>(new() { ["Form"] = form, ["Settings"] = await Saving.Settings(desk), ["WasSaved"] = Saving.WasSaved(desk) }, status);
}
