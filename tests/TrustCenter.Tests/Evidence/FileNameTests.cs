using System.Net;
using System.Text;
using Microsoft.Net.Http.Headers;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Tests.Documents;

namespace TrustCenter.Tests.Evidence;

/// <summary>Names of uploads: whatever they say, they are one name for a reader's disk, never a path and never a header of their own.</summary>
[Trait("Case", "T-051")]
public sealed class FileNameTests(ConsoleApp app) : IClassFixture<ConsoleApp>
{
    private static readonly string[] Ups = ["../", "..\\", "....//", "..;/", "..%2f", "..%5c", "%2e%2e/", "%2e%2e%5c", "..%252f", "..%c0%af", "..%u2215", "\u2025/", "..\u2215", "..\u29f8", "./../", ".\u200b./", "\\\\?\\", "//", "C:\\", "file:///", "\\\\server\\share\\"];
    private static readonly string[] Targets = ["etc/passwd", "etc\\passwd", "windows/win.ini", "proc/self/environ", "a\0.pdf", "CON", "con.txt", ".htaccess", "~root", "$HOME", "`id`", "a\r\nX-Evil: 1", "a\"; filename=\"b.html", "a\u2028b", "\u202Efdp.exe"];

    public static IEnumerable<string> Hostile => Ups.SelectMany(up => Enumerable.Range(1, 8).Select(n => string.Concat(Enumerable.Repeat(up, n)))).SelectMany(up => Targets.Select(target => up + target));

    [Fact]
    public void No_name_of_the_traversal_set_keeps_a_way_out()
    {
        Hostile.Count().ShouldBeGreaterThan(2_000);
        foreach (var typed in Hostile)
        {
            var name = FileName.Clean(typed);
            name.ShouldNotBeEmpty(typed);
            name.Length.ShouldBeLessThanOrEqualTo(120);
            name.IndexOfAny(['/', '\\', ':', '"', '\r', '\n', '\0', '%', ';']).ShouldBe(-1, typed);
            (name is "." or ".." || name.StartsWith('.')).ShouldBeFalse(typed);
            Path.GetFullPath(Path.Combine("/safe", name)).ShouldBe("/safe/" + name, typed);
            name.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202E' or '\u200b').ShouldBeFalse(typed);
            FileName.Clean(name).ShouldBe(name);
        }
    }

    [Theory]
    [InlineData("報告書 2026.pdf")]
    [InlineData("Prüfbericht “Ä”.pdf")]
    [InlineData("тест — отчёт.pdf")]
    [InlineData("تقرير.pdf")]
    [InlineData("🔒 policy.pdf")]
    [InlineData("it's 100 sure, (v2) & more.pdf")]
    [InlineData("a=b+c@d!.pdf")]
    public async Task A_name_in_any_script_survives_the_way_in_and_out(string name)
    {
        var editor = await app.As(Role.Editor);
        var id = await editor.BringWell(Samples.OnePage(), name);
        var file = (await app.Document(id)).Waiting!.File;
        file.Name.ShouldBe(name);
        var answer = await editor.Get($"/console/evidence/{id}/files/{file.Sha}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var header = answer.Content.Headers.NonValidated["Content-Disposition"].ToString();
        header.ShouldAllBe(c => c >= ' ' && c <= '~');
        var read = ContentDispositionHeaderValue.Parse(header);
        read.DispositionType.Value.ShouldBe("attachment");
        read.FileNameStar.Value.ShouldBe(name); // RFC 6266, section 4.3: what browsers take
    }

    [Fact]
    public async Task A_hostile_name_writes_no_header_and_no_file()
    {
        var editor = await app.As(Role.Editor);
        foreach (var typed in new[] { "../../a\"\r\nSet-Cookie: x=1.pdf", "..\\..\\a.pdf", "a\";x=\".pdf", "\u202Efdp.exe" })
        {
            using var form = new MultipartFormDataContent();
            foreach (var (name, value) in new[] { ("stamp", editor.Stamp) }.Concat(EvidenceDesk.Fields())) form.Add(new StringContent(value), name);
            var file = new ByteArrayContent(Samples.OnePage());
            // RFC 8187 form, which carries every byte.
            file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"a\"; filename*=UTF-8''{Uri.EscapeDataString(typed)}");
            form.Add(file);
            var made = await editor.Post("/console/evidence", form);
            made.StatusCode.ShouldBe(HttpStatusCode.SeeOther, typed);
            var kept = (await app.Document(Page.Id(made))).Waiting!.File;
            FileName.Clean(kept.Name).ShouldBe(kept.Name);
            var answer = await editor.Get($"/console/evidence/{Page.Id(made)}/files/{kept.Sha}");
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
            answer.Content.Headers.NonValidated["Content-Disposition"].ToString().ShouldNotContain("\n");
        }
    }
}
