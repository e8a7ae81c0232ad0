using System.Net;
using System.Text;
using TrustCenter.Documents;
using TrustCenter.Staff;
using TrustCenter.Tests.Documents;

namespace TrustCenter.Tests.Evidence;

/// <summary>What a file tells about its making is shown before it is published, and can be taken out.</summary>
[Trait("Case", "T-055")]
public sealed class EvidenceMetadataTests(ConsoleApp app) : IClassFixture<ConsoleApp>
{
    private static readonly string[] Secrets = ["Ida Geheim", "Bo Stille", "Draft Studio", "secret.docx", "draft v7"];

    [Fact]
    public async Task Author_and_programs_are_shown_from_both_places_and_removed_on_request()
    {
        var (editor, approver) = (await app.As(Role.Editor), await app.As(Role.Approver));
        var id = await editor.BringWell(Samples.WithMetadata(), "policy.pdf", ("class", "OnRequest"));
        var page = await editor.Read($"/console/evidence/{id}");
        foreach (var secret in Secrets) Page.Words(page).ShouldContain(secret);
        Page.Words(await approver.Read($"/console/evidence/{id}")).ShouldContain("Ida Geheim");
        var before = (await app.Document(id)).Waiting!;
        before.Metadata!.ShouldContain(new MetadataFact("creator", "Ida Geheim, Bo Stille"));

        (await editor.Post($"/console/evidence/{id}/metadata-removals", ("sha", before.File.Sha))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var waiting = (await app.Document(id)).Waiting!;
        waiting.File.Sha.ShouldNotBe(before.File.Sha);
        (waiting.Uploader, waiting.Title, waiting.Class).ShouldBe((before.Uploader, before.Title, before.Class));
        waiting.Metadata.ShouldNotBeNull().ShouldBeEmpty();
        waiting.Template.ShouldNotBeNull();
        var bytes = await (await editor.Get($"/console/evidence/{id}/files/{waiting.File.Sha}")).Content.ReadAsByteArrayAsync();
        foreach (var secret in Secrets) Plain(bytes).ShouldNotContain(secret);
        Plain(bytes).ShouldContain("Hello");

        // The old bytes are no version of anything, and the same click again does nothing.
        (await editor.Post($"/console/evidence/{id}/metadata-removals", ("sha", before.File.Sha))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await app.Document(id)).Waiting!.File.Sha.ShouldBe(waiting.File.Sha);
        (await approver.ApproveFile(id)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task A_file_that_nobody_can_look_into_says_so()
    {
        var editor = await app.As(Role.Editor);
        var id = await editor.BringWell([1, 2, 3], "network.vsdx");
        Page.Words(await editor.Read($"/console/evidence/{id}")).ShouldContain("Nobody has looked into this file’s properties");
    }

    [Fact]
    public async Task A_file_without_metadata_offers_nothing_to_remove()
    {
        var editor = await app.As(Role.Editor);
        var id = await editor.BringWell(Samples.OnePage(), "plain.pdf");
        (await editor.Read($"/console/evidence/{id}")).ShouldNotContain("metadata-removals");
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x:xmpmeta xmlns:x='adobe:ns:meta/'>&a;</x:xmpmeta>")]
    [InlineData("not XML at all")]
    [InlineData("")]
    public async Task Metadata_that_cannot_be_read_is_named_and_breaks_nothing(string xmp)
    {
        var editor = await app.As(Role.Editor);
        var pdf = Samples.OnePage(catalog: "/Metadata 6 0 R", more: [Samples.Stream(xmp, "/Type /Metadata /Subtype /XML")]);
        var id = await editor.BringWell(pdf, "odd.pdf");
        (await app.Document(id)).Waiting!.Metadata.ShouldNotBeNull().ShouldContain(new MetadataFact("XMP", "It is there and cannot be read."));
    }

    [Theory]
    [InlineData("/Author", "/Au#d3r")] // in the document information
    [InlineData("/Metadata /Subtype", "/Met#d3ta /Subtype")] // as the type of something
    public async Task A_name_that_is_no_UTF_8_breaks_nothing(string name, string other)
    {
        var editor = await app.As(Role.Editor);
        var pdf = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Samples.WithMetadata()).Replace(name, other, StringComparison.Ordinal));
        var id = await editor.BringWell(pdf, "odd.pdf");
        (await app.Document(id)).Waiting!.Metadata.ShouldNotBeNull().ShouldNotBeEmpty();
    }

    // Every stream unpacked.
    private static string Plain(byte[] pdf)
    {
        using var folder = new Folder();
        Samples.Run("qpdf", "--qdf", "--object-streams=disable", folder.Write("in.pdf", pdf), folder["out.pdf"]);
        return Encoding.Latin1.GetString(File.ReadAllBytes(folder["out.pdf"]));
    }
}
