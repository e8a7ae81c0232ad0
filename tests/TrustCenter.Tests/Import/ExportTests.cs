using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Agreements;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Import;
using TrustCenter.Store;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;
using TrustCenter.Tests.Isolation;
using TrustCenter.Tests.Tenants;

namespace TrustCenter.Tests.Import;

/// <summary>A trust center as a folder under version control: out and in again is the same, byte for byte.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("export-");

    public void Dispose() => root.Delete(recursive: true);

    [Theory]
    [InlineData("northwind")]
    [InlineData("alder")]
    public async Task What_goes_out_comes_in_elsewhere_and_goes_out_the_same(string vendor)
    {
        var (first, second) = (Path.Combine(root.FullName, "first"), Path.Combine(root.FullName, "second"));
        await using (var app = await RealApp.Start())
        {
            (await Import(app, SourceTree.Folder("samples", vendor), "Amir Haddad")).Refusals.ShouldBeEmpty();
            await Export(app, vendor, first);
            var again = await Import(app, first, "Amir Haddad");
            again.Refusals.ShouldBeEmpty();
            again.Changes.ShouldBe(0, "the unchanged folder changes nothing");
            (await Written(app, vendor, first)).ShouldBe(0, "and is written no second time");
        }
        await using (var app = await RealApp.Start())
        {
            (await Import(app, first, "Amir Haddad")).Refusals.ShouldBeEmpty();
            await Export(app, vendor, second);
        }
        Bytes(second).ShouldBe(Bytes(first));
        Bytes(first).ShouldContainKey("claims.yaml");
    }

    [Fact]
    public async Task What_was_written_here_keeps_its_name_in_the_folder_and_finds_back()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        await house.Claim(house.PublicClaim, "Alpha Records: \"keeps\" it\n\n- here\n- and there # not a comment", Visibility.Public);
        await house.Decide(house.PublicClaim, new SaveClaimTranslation { Id = Guid.NewGuid(), Language = "de", Of = 2, BasedOnEdit = 0, Ask = true, Words = new TranslatedWords { Statement = "Alpha Records hält es.", Owner = "Leitung Sicherheit" } }, house.StaffId(TrustCenter.Staff.Role.Editor));
        await house.Decide(house.PublicClaim, new ApproveClaimTranslation { Id = Guid.NewGuid(), Language = "de", Edit = 1 }, house.StaffId(TrustCenter.Staff.Role.Approver));
        var vendor = (await app.Engine.Read<Vendor>(house.Scope.Id<Vendor>(Vendor.Only)))!;
        await house.Decide(Vendor.Only, new DefineVendor { Id = Guid.NewGuid(), Words = vendor with { Logo = LogoFile.Text(Png.Picture(64, 16)) } }, house.StaffId(TrustCenter.Staff.Role.Admin));
        var draft = Guid.CreateVersion7();
        await house.Decide(draft, new SaveClaim { Id = Guid.NewGuid(), Wording = TestVendor.Wording("Only a draft."), BasedOnEdit = 0 }, house.StaffId(TrustCenter.Staff.Role.Editor));
        var folder = Path.Combine(root.FullName, "alpha");
        await Export(app, "alpha", folder);

        var yaml = await File.ReadAllTextAsync(Path.Combine(folder, "claims.yaml"));
        yaml.ShouldContain($"- key: {house.PublicClaim:D}");
        yaml.ShouldNotContain("Only a draft.");
        (await File.ReadAllTextAsync(Path.Combine(folder, "translations.yaml"))).ShouldContain("Alpha Records hält es.");
        (await File.ReadAllBytesAsync(Path.Combine(folder, "logo.png"))).ShouldBe(Png.Picture(64, 16));
        var before = await Everything(app, house.Scope);
        var tally = await Import(app, folder, null);
        tally.Refusals.ShouldBeEmpty();
        tally.Changes.ShouldBe(0);
        (await Everything(app, house.Scope)).ShouldBe(before);

        var elsewhere = Path.Combine(root.FullName, "elsewhere");
        await using var other = await RealApp.Start();
        (await Import(other, folder, "Amir Haddad")).Refusals.ShouldBeEmpty();
        await Export(other, "alpha", elsewhere);
        Bytes(elsewhere).ShouldBe(Bytes(folder));
    }

    [Fact]
    public async Task A_change_in_the_folder_waits_for_approval_and_a_colleagues_draft_is_kept()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        var folder = Path.Combine(root.FullName, "alpha");
        await Export(app, "alpha", folder);
        var file = Path.Combine(folder, "claims.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("encrypts all records at rest", "encrypts all records everywhere", StringComparison.Ordinal));

        (await Import(app, folder, null)).Changes.ShouldBe(1);
        var claim = (await app.Engine.Read<Claim>(house.Scope.Id<Claim>(house.PublicClaim)))!;
        claim.Current!.Wording.Statement.ShouldContain("at rest");
        claim.Proposal!.Stage.ShouldBe(ProposalStage.Waiting);
        claim.Proposal.Wording.Statement.ShouldContain("everywhere");

        await house.Decide(house.PublicClaim, new SaveClaim { Id = Guid.NewGuid(), Wording = TestVendor.Wording("A colleague's own words."), BasedOnEdit = claim.Edits }, house.StaffId(TrustCenter.Staff.Role.Editor));
        (await Import(app, folder, null)).Refusals.ShouldHaveSingleItem().ShouldContain("A colleague's draft is in work");
        (await app.Engine.Read<Claim>(house.Scope.Id<Claim>(house.PublicClaim)))!.Proposal!.Wording.Statement.ShouldBe("A colleague's own words.");
    }

    [Fact]
    [Trait("Case", "T-060")]
    public async Task Whatever_was_typed_reads_back_as_it_was_written()
    {
        await using var app = await RealApp.Start(o => o.Demo = true);
        var house = await TestHouse.Build(app, "alpha", "Alpha Records");
        foreach (var text in NaughtyTexts.All) await house.Claim(Guid.CreateVersion7(), text, Visibility.Public);
        var folder = Path.Combine(root.FullName, "alpha");
        await Export(app, "alpha", folder);
        var reading = ImportFolder.Read(folder);
        reading.Errors.Select(e => $"{e.File} {e.Row} {e.Column}: {e.Reason}").ShouldBeEmpty();
        var read = reading.Content.Claims.Select(c => c.Statement).ToHashSet();
        foreach (var text in NaughtyTexts.All.Where(t => t == t.Trim() && t == t.ReplaceLineEndings("\n") && !t.Any(c => char.IsControl(c) && c != '\n'))) read.ShouldContain(text);
        (await Import(app, folder, null)).Changes.ShouldBe(0);
    }

    [Fact]
    [Trait("Case", "T-063")]
    public async Task An_import_changes_no_published_version()
    {
        await using var app = await RealApp.Start();
        (await Import(app, SourceTree.Folder("samples", "alder"), "Amir Haddad")).Refusals.ShouldBeEmpty();
        var scope = new Scope((await app.Services.GetRequiredService<TenantDirectory>().FindLabel("alder", default))!.Value);
        var before = await Versions(app, scope);
        var folder = Path.Combine(root.FullName, "alder");
        await Export(app, "alder", folder);
        var file = Path.Combine(folder, "claims.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("owner: ", "owner: New ", StringComparison.Ordinal));
        (await Import(app, folder, "Amir Haddad")).Changes.ShouldBeGreaterThan(0);
        var after = await Versions(app, scope);
        foreach (var (id, versions) in before) after[id].Take(versions.Count).ShouldBe(versions);
        after.Values.Sum(v => v.Count).ShouldBeGreaterThan(before.Values.Sum(v => v.Count));
    }

    [Fact]
    public async Task A_host_that_is_not_there_and_a_misspelled_call_are_said_so()
    {
        await using var app = await RealApp.Start();
        var command = app.Services.GetRequiredService<ExportCommand>();
        using var said = new StringWriter();
        (await command.Run([Path.Combine(root.FullName, "x"), "--vendor", "nobody"], TextWriter.Null, said, default)).ShouldBe(1);
        said.ToString().ShouldContain("no vendor with the host \"nobody\"");
        foreach (var args in new string[][] { [], ["x"], ["x", "--vendor"], ["--vendor", "x"], ["x", "--vendor", "y", "z"] }) (await command.Run(args, TextWriter.Null, TextWriter.Null, default)).ShouldBe(2);
        Directory.Exists(Path.Combine(root.FullName, "x")).ShouldBeFalse();

        (await Import(app, SourceTree.Folder("samples", "alder"), "Amir Haddad")).Refusals.ShouldBeEmpty();
        var others = Directory.CreateDirectory(Path.Combine(root.FullName, "others")).FullName;
        await File.WriteAllTextAsync(Path.Combine(others, "vendor.yaml"), "name: Somebody\nhost: somebody\n");
        (await command.Run([others, "--vendor", "alder"], TextWriter.Null, said, default)).ShouldBe(1);
        said.ToString().ShouldContain("holds another vendor");
        Directory.EnumerateFiles(others).Count().ShouldBe(1);
    }

    private static Task<ImportTally> Import(RealApp app, string folder, string? approver)
    {
        var reading = ImportFolder.Read(folder);
        reading.Errors.Select(e => $"{e.File} {e.Row} {e.Column}: {e.Reason}").ShouldBeEmpty();
        return app.Services.GetRequiredService<ImportRun>().Apply(reading.Content, approver, default);
    }

    private static async Task Export(RealApp app, string host, string folder)
        => (await app.Services.GetRequiredService<ExportCommand>().Run([folder, "--vendor", host], TextWriter.Null, TextWriter.Null, default)).ShouldBe(0);

    private static async Task<int> Written(RealApp app, string host, string folder)
        => await app.Services.GetRequiredService<ExportCommand>().Write((await app.Services.GetRequiredService<StandingContent>().Read(host, default))!, folder, default);

    private static SortedDictionary<string, string> Bytes(string folder) => new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(folder, f), f => Path.GetExtension(f) == ".pdf" ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))) : File.ReadAllText(f)));

    private static Task<string> Everything(RealApp app, Scope scope)
        => app.Services.GetRequiredService<IStore>().Query(sql => string.Join(' ', sql.Query("select kind, key, etag from states where tenant = @tenant order by kind, key", r => $"{r.Text(0)} {r.Id(1)} {r.Number(2)}", ("@tenant", scope.Tenant))));

    private static async Task<Dictionary<Guid, List<string>>> Versions(RealApp app, Scope scope)
    {
        var all = new Dictionary<Guid, List<string>>();
        foreach (var id in await app.Services.GetRequiredService<IStore>().Query(sql => sql.Query("select id from claim_rows where tenant = @tenant", r => r.Id(0), ("@tenant", scope.Tenant))))
            all[id] = [.. (await app.Engine.Read<Claim>(scope.Id<Claim>(id)))!.Published.Select(v => System.Text.Json.JsonSerializer.Serialize(v, ClaimJson.Default.ClaimVersion))];
        return all;
    }
}
