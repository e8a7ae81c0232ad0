using TrustCenter.Documents;

namespace TrustCenter.Tests.Documents;

public sealed class ActiveContentTests
{
    public static TheoryData<string, string, string, string> Active => new()
    {
        { "JavaScript", "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>", "", "" },
        { "JavaScript", "/OpenAction << /S /J#61vaScript /JS (app.alert\\(1\\)) >>", "", "" },
        { "JavaScript", "/OpenAction << /S 6 0 R /J#53 (app.alert\\(1\\)) >>", "", "/Java#53cript" },
        { "JavaScript", "/Names << /JavaScript << /Names [(a) 6 0 R] >> >>", "", "<< /S /JavaScript /JS (1) >>" },
        { "JavaScript", "", "/Annots [<< /Type /Annot /Subtype /Screen /Rect [0 0 9 9] /A << /S /Rendition /JS (1) >> >>]", "" },
        { "JavaScript", "", "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://a.example) /Next [<< /S /JavaScript /JS (1) >>] >> >>]", "" },
        { "JavaScript", "", "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (java\\tScript:alert\\(1\\)) >> >>]", "" },
        { "starts a program", "/OpenAction 6 0 R", "", "<< /S /Launch /F (calc.exe) >>" },
        { "sends data", "", "/AA << /O << /S /SubmitForm /F (https://a.example) >> >>", "" },
        { "imports data", "", "/AA << /C << /S /ImportData /F (a.fdf) >> >>", "" },
        { "opens another file", "/OpenAction << /S /GoToR /F (\\\\\\\\host\\\\share) /D [0 /Fit] >>", "", "" },
        { "opens an embedded file", "/OpenAction << /S /GoToE /T << /R /C >> >>", "", "" },
        { "embedded file", "/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a) /EF << /F 6 0 R >> >>] >> >>", "", "<< /Length 1 /Type /EmbeddedFile >>\nstream\nx\nendstream" },
        { "attached file", "", "/Annots [<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS << /F (a) >> >>]", "" },
        { "rich media", "", "/Annots [<< /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] >>]", "" },
        { "XFA", "/AcroForm << /Fields [] /XFA [(template) 6 0 R] >>", "", "<< /Length 1 >>\nstream\nx\nendstream" },
        { "opens by itself", "/OpenAction << /S /URI /URI (https://a.example) >>", "", "" },
        { "opens by itself", "", "/AA << /O 6 0 R >>", "<< /S /URI /URI (https://a.example) >>" },
        { "opens by itself", "/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [6 0 R] >>", "", "<< /S /URI /URI (https://a.example) >>" },
    };

    [Theory, Trait("Case", "T-047"), MemberData(nameof(Active))]
    public async Task A_document_that_acts_by_itself_is_refused_by_name(string what, string catalog, string page, string more)
    {
        using var folder = new Folder();
        var pdf = folder.Write("plain.pdf", Samples.OnePage(catalog, page, more.Length > 0 ? [more] : []));
        Expect(await folder.Prepare(pdf), what);

        Samples.Run("qpdf", "--object-streams=generate", "--preserve-unreferenced", pdf, folder["packed.pdf"]);
        Expect(await folder.Prepare(folder["packed.pdf"]), what);

        Samples.Run("qpdf", pdf, "--encrypt", "", "owner", "256", "--", folder["locked.pdf"]);
        Expect(await folder.Prepare(folder["locked.pdf"], confirmed: true), what);
    }

    [Theory, Trait("Case", "T-047")]
    [InlineData("/OpenAction [3 0 R /Fit]", "", "")]
    [InlineData("/OpenAction << /S /GoTo /D [3 0 R /Fit] >>", "", "")]
    [InlineData("/Names << /EmbeddedFiles << /Names [] >> >>", "", "")]
    [InlineData("/AcroForm << /Fields [6 0 R] >>", "", "<< /FT /Tx /T (name) /V (JavaScript /Launch) >>")]
    [InlineData("", "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://a.example/JavaScript) >> >>]", "")]
    public async Task Links_that_a_person_clicks_and_plain_forms_are_fine(string catalog, string page, string more)
    {
        using var folder = new Folder();
        (await folder.Prepare(Samples.OnePage(catalog, page, more.Length > 0 ? [more] : []))).ShouldBeOfType<MarkResult.Prepared>();
    }

    [Fact, Trait("Case", "T-047")]
    public async Task A_loop_of_actions_is_refused()
    {
        using var folder = new Folder();
        var pdf = Samples.OnePage("/OpenAction 6 0 R", "", "<< /S /GoTo /D [3 0 R /Fit] /Next [6 0 R 6 0 R] >>");
        (await folder.Prepare(pdf)).ShouldBeOfType<MarkResult.Refused>().Kind.ShouldBe(RefusalKind.ActiveContent);
    }

    private static void Expect(MarkResult result, string what)
    {
        var refused = result.ShouldBeOfType<MarkResult.Refused>();
        refused.Kind.ShouldBe(RefusalKind.ActiveContent);
        refused.Why.ShouldContain(what);
    }
}
