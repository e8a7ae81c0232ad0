using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Subprocessors;

/// <summary>What was typed about a subprocessor. Only the fields named here have an effect (ABUSE T-086).</summary>
internal static class SubprocessorForm
{
    /// <summary>What cannot be read stands in the form afterwards; the rest is for the decision.</summary>
    public static Subprocessor Read(TypedForm form, Guid id, Vendor vendor)
    {
        var products = form.All("products").Distinct().ToList();
        if (products.Except(vendor.Products).Any()) form.Add("products", "One of the products is not one of yours. Choose from the list.");
        return new Subprocessor(id, form.Text("name"), form.Text("purpose"), form.Text("location"), form.Text("website"), products, form.Date("since")) { Until = form.Date("until") };
    }
}
