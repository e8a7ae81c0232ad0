using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Settings;

/// <summary>Name, words, logo and colour of the public pages.</summary>
internal static class BrandSettings
{
    private const string Field = "logo";

    public static Task<IResult> Show([AsParameters] Desk desk) => Page(desk, TypedForm.Empty, StatusCodes.Status200OK);

    public static async Task<IResult> Preview([AsParameters] Desk desk)
    {
        var form = await Sent(desk);
        form.Add(VendorRules.Problems(Typed(form, await Saving.Vendor(desk))));
        return await Page(desk, form, StatusCodes.Status200OK, isPreview: true);
    }

    public static async Task<IResult> Save([AsParameters] Desk desk)
    {
        var form = await Sent(desk);
        return await Saving.Decide(desk, form, Vendor.Only, Read(form, await Saving.Vendor(desk)), desk.User.Paths.Brand, (f, status) => Page(desk, f, status));
    }

    public static SetBrand Read(TypedForm form, Vendor vendor)
    {
        var brand = Typed(form, vendor);
        return new SetBrand { Id = form.Command, BasedOn = form.Number("version"), Name = brand.Name, Tagline = brand.Tagline, Accent = brand.Accent, Logo = brand.Logo, Contact = brand.Contact, Website = brand.Website };
    }

    // A chosen file takes the place of the pasted text, and from there on is shown as text: a browser keeps no file in a form.
    private static async Task<TypedForm> Sent(Desk desk)
    {
        var sent = await desk.Context.Request.ReadFormAsync(desk.Stop);
        var values = sent.ToDictionary(f => f.Key, f => f.Value.Select(v => v ?? "").ToArray());
        if (sent.Files.GetFile("file") is not { Length: > 0 } file) return new TypedForm(values);
        var (text, refusal) = ("", "The logo may have 256 kB. Save it smaller.");
        if (file.Length <= LogoFile.LongestFile)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, desk.Stop);
            text = LogoFile.Text(bytes.ToArray());
        }
        // A drawing can be mended as text, so it stays in the form; a picture cannot.
        if (text.Length > 0 && (!LogoFile.IsPng(text) || LogoFile.Read(text, out refusal) is not null))
        {
            values[Field] = [text];
            return new TypedForm(values);
        }
        var form = new TypedForm(values);
        form.Add(Field, refusal);
        return form;
    }

    private static Vendor Typed(TypedForm form, Vendor vendor) => vendor with
    {
        Name = form.Text("name"),
        Tagline = form.Text("tagline"),
        Accent = form.Text("accent").ToLowerInvariant(),
        Logo = form["without"].Length == 0 && form.Text(Field) is { Length: > 0 } typed ? LogoFile.Read(typed) ?? typed : null, // what is no logo is refused by the decision
        Contact = form.Text("contact"),
        Website = form.Text("website"),
    };

    private static async Task<IResult> Page(Desk desk, TypedForm form, int status, bool isPreview = false)
    {
        var vendor = await Saving.Vendor(desk);
        var shown = form.IsSent ? Typed(form, vendor) : vendor;
        if (shown.Logo is { } logo && LogoFile.Read(logo) is null) shown = shown with { Logo = null };
        // The whole page is drawn in the colour that was typed: so it looks.
        var user = Accent.Parse(shown.Accent) is null ? desk.User : desk.User with { Vendor = desk.User.Vendor with { Accent = shown.Accent } };
        return Answers.Page<BrandPage>(desk.Context, ConsoleStyle.Of(user), status, new()
        {
            ["User"] = user, ["Form"] = form, ["Vendor"] = vendor, ["Shown"] = shown, ["IsPreview"] = isPreview, ["WasSaved"] = Saving.WasSaved(desk),
        });
    }
}
