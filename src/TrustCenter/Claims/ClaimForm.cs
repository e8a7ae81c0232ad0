using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Web;

namespace TrustCenter.Claims;

/// <summary>What was typed into a claim's form, as a wording. Only the fields named here have an effect (ABUSE T-086).</summary>
internal static class ClaimForm
{
    private const string WhyPrefix = "why.";

    /// <summary>Every problem stands in the form afterwards; what the form refers to is looked up in this tenant alone (ABUSE T-072).</summary>
    public static async Task<ClaimWording> Read(TypedForm form, Desk desk)
    {
        var vendor = desk.User.Vendor;
        if (form["topic"].Length > 0 && vendor.TopicOf(form["topic"]) is null) form.Add("topic", "This topic is not one of yours. Choose one from the list.");
        var status = form.Word<ClaimStatus>("status");
        if (status is null) form.Add("status", "Choose how far it is.");
        var visibility = form.Word<Visibility>("visibility");
        if (visibility is null) form.Add("visibility", "Choose who may read it.");
        var wording = new ClaimWording
        {
            Statement = form.Text("statement"),
            Topic = form["topic"],
            Status = status ?? ClaimStatus.Planned,
            Visibility = visibility ?? Visibility.Room,
            Owner = form.Text("owner"),
            Products = Known(form, "products", vendor.Products),
            Plans = Known(form, "plans", vendor.Plans),
            Regions = Known(form, "regions", vendor.Regions),
            Checked = form.Date("checked"),
            ReviewBy = form.Date("reviewBy"),
            Frameworks = form.List("frameworks"),
            Why = Why(form, [.. vendor.Audiences.Select(a => a.Key)]),
            Evidence = await Evidence(form, desk),
        };
        if (wording.ReviewBy < wording.Checked) form.Add("reviewBy", "The next check is before the last one. Choose a later day.");
        form.Add(wording.Problems());
        return wording;
    }

    private static IReadOnlyList<string> Known(TypedForm form, string field, IReadOnlyList<string> known)
    {
        var typed = form.All(field).Distinct().ToList();
        foreach (var stranger in typed.Except(known).Take(3)) form.Add(field, $"“{EditorWords.Cut(stranger, 40)}” is not one of yours. Choose from the list.");
        return typed;
    }

    public static Dictionary<string, string> Why(TypedForm form, IReadOnlyList<string> audiences)
    {
        foreach (var stranger in form.Fields.Where(f => f.StartsWith(WhyPrefix, StringComparison.Ordinal)).Select(f => f[WhyPrefix.Length..]).Except(audiences).Take(3))
            form.Add("", $"There is no audience “{EditorWords.Cut(stranger, 40)}”. Load the page again.");
        return audiences.Where(a => form.Text(WhyPrefix + a).Length > 0).ToDictionary(a => a, a => form.Text(WhyPrefix + a));
    }

    private static async Task<IReadOnlyList<Guid>> Evidence(TypedForm form, Desk desk)
    {
        var found = new List<Guid>();
        foreach (var typed in form.All("evidence").Distinct().Take(ClaimWording.MostReferences + 1))
        {
            if (Guid.TryParse(typed, out var id) && await desk.Read<EvidenceDocument>(id) is not null) found.Add(id);
            else form.Add("evidence", "One of the documents is not there. Choose from the list.");
        }
        return found;
    }
}
