using TrustCenter.Api;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Api;

/// <summary>What programs do with the files of evidence.</summary>
public sealed partial class ApiResourceTests
{
    [Fact, Trait("Case", "T-045")]
    public async Task A_program_takes_a_file_as_a_colleague_does_and_stands_in_the_journal_with_it()
    {
        var program = await house.Program(Right.ReadConsole);
        var (report, other) = (await Read<EvidenceDocument>(house.House.Report), await Read<EvidenceDocument>(house.House.Policy));
        var path = $"/evidence/{house.House.Report}/files/";
        (await program.Http.Send(HttpMethod.Head, $"/api/v1{path}{report.Current!.File.Sha}")).Status.ShouldBe(200);
        (await ActorsOf($"evidence:{house.House.Report:D}", "evidence.read_by_staff")).ShouldNotContain(a => a.Contains($"{program.Key:D}", StringComparison.Ordinal));

        var answer = await program.Get(path + report.Current.File.Sha);
        (answer.Status, answer.Headers["Content-Type"], answer.Headers["Cache-Control"]).ShouldBe((200, "application/pdf", "no-store"));
        answer.Headers["Content-Disposition"].ShouldStartWith("attachment");
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(answer.Bytes)).ShouldBe(report.Current.File.Sha);
        (await ActorsOf($"evidence:{house.House.Report:D}", "evidence.read_by_staff")).ShouldContain($"key:{program.Key:D} of staff:{program.Maker:D}");

        var nothing = (await program.Get($"/evidence/{Guid.NewGuid()}/files/{new string('0', 64)}")).Fingerprint;
        foreach (var sha in new[] { other.Current!.File.Sha, report.Current.Template!.Sha, "x", report.Current.File.Sha.ToUpperInvariant() }) (await program.Get(path + sha)).Fingerprint.ShouldBe(nothing, sha);
    }

    [Fact, Trait("Case", "T-112")]
    public async Task A_key_that_is_revoked_during_a_download_gets_no_further_byte()
    {
        var (author, reader) = (await house.Program(), await house.Program(Right.ReadConsole));
        var (document, file) = (Guid.CreateVersion7(), new byte[24 * 1024 * 1024]);
        new Random(1).NextBytes(file);
        (await author.Upload("/evidence?title=Large&kind=other&class=public&fileName=large.bin", file, document)).Status.ShouldBe(201);
        using var client = house.App.Client("console.localhost");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/evidence/{document}/files/{(await Read<EvidenceDocument>(document)).Waiting!.File.Sha}");
        request.Headers.Authorization = new("Bearer", reader.Token);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[1]);
        (await house.App.Engine.Decide(house.House.Scope.Id<ApiKey>(reader.Key), new RevokeApiKey { Id = Guid.NewGuid() }, Actor.System)).ShouldBeOfType<Outcome.Done>();

        using var taken = new MemoryStream();
        (await Should.ThrowAsync<Exception>(() => body.CopyToAsync(taken))).ShouldBeAssignableTo<IOException>();
        taken.Length.ShouldBeLessThan(file.Length - 1);
    }

    [Fact]
    public async Task What_a_waiting_file_tells_about_its_making_is_taken_out_once()
    {
        var program = await house.Program();
        var (document, told) = (Guid.CreateVersion7(), Documents.Samples.WithMetadata());
        (await program.Upload("/evidence?title=Policy&kind=policy&class=public&fileName=policy.pdf", told, document)).Status.ShouldBe(201);
        var before = (await Read<EvidenceDocument>(document)).Waiting!.File.Sha;
        (await program.Get($"/evidence/{document}")).Text.ShouldContain("Ida Geheim");
        var (path, body, key) = ($"/evidence/{document}/metadata-removals", $$"""{"sha256":"{{before}}"}""", Guid.CreateVersion7());

        var first = await program.Post(path, body, key);
        first.Status.ShouldBe(200, first.Text);
        var after = (await Read<EvidenceDocument>(document)).Waiting!.File.Sha;
        after.ShouldNotBe(before);
        (await program.Get($"/evidence/{document}")).Text.ShouldNotContain("Ida Geheim");

        (await program.Post(path, body, key)).Fingerprint.ShouldBe(first.Fingerprint);
        (await program.Post(path, body)).Status.ShouldBe(409, "that file waits no more");
        (await program.Post(path, $$"""{"sha256":"{{after}}"}""")).Status.ShouldBe(422, "nothing is left to remove");
        (await Read<EvidenceDocument>(document)).Waiting!.File.Sha.ShouldBe(after);
    }
}
