using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Claims;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;

namespace TrustCenter.Tests;

/// <summary>One vendor of a running app: what its staff decide, and a visitor's client for its pages.</summary>
public sealed class TestVendor(RealApp app, Scope scope, HttpClient visitor)
{
    public static readonly Actor Editor = Actor.Staff(Guid.CreateVersion7()), Approver = Actor.Staff(Guid.CreateVersion7());

    public Scope Scope => scope;
    public HttpClient Visitor => visitor;

    public Task Define(Vendor words) => Must(app.Engine.Decide(scope.Id<Vendor>(Vendor.Only), new DefineVendor { Id = Guid.CreateVersion7(), Words = words }, Editor));

    public static ClaimWording Wording(string statement, string topic = "data") => new() { Statement = statement, Topic = topic, Status = ClaimStatus.InPlace, Owner = "Head of Platform" };

    /// <summary>A first draft, or one over what stands.</summary>
    public async Task<Guid> Draft(ClaimWording wording, Guid? claim = null)
    {
        var key = claim ?? Guid.CreateVersion7();
        var stands = await app.Engine.Read<Claim>(scope.Id<Claim>(key));
        await Must(app.Engine.Decide(scope.Id<Claim>(key), new SaveClaim { Id = Guid.CreateVersion7(), Wording = wording, BasedOnEdit = stands?.Edits ?? 0 }, Editor));
        return key;
    }

    public async Task<Guid> Publish(ClaimWording wording, Guid? claim = null)
    {
        var key = await Draft(wording, claim);
        await Must(app.Engine.Decide(scope.Id<Claim>(key), new AskClaimApproval { Id = Guid.CreateVersion7() }, Editor));
        await Approve(key);
        return key;
    }

    public async Task Withdraw(Guid claim, string reason)
    {
        await Must(app.Engine.Decide(scope.Id<Claim>(claim), new ProposeClaimWithdrawal { Id = Guid.CreateVersion7(), Reason = reason }, Editor));
        await Approve(claim);
    }

    public async Task<Guid> Document(string title, EvidenceClass kind, DateOnly? validUntil = null, string content = "A document.", Guid? document = null, string name = "document.pdf", EvidenceKind of = EvidenceKind.Policy)
    {
        var key = document ?? Guid.CreateVersion7();
        await Upload(key, title, kind, validUntil, Encoding.UTF8.GetBytes(content), name, of);
        var waiting = (await app.Engine.Read<EvidenceDocument>(scope.Id<EvidenceDocument>(key)))!.Waiting!;
        await Must(app.Engine.Decide(scope.Id<EvidenceDocument>(key), new ApproveEvidence { Id = Guid.CreateVersion7(), Sha = waiting.File.Sha, MayGoUnmarked = true }, Approver));
        return key;
    }

    public async Task Upload(Guid key, string title, EvidenceClass kind, DateOnly? validUntil, byte[] content, string name, EvidenceKind of)
    {
        var staged = (await app.Services.GetRequiredService<FileStore>().Stage(scope, new MemoryStream(content), EvidenceVersion.LargestFile, CancellationToken.None))!;
        var version = new EvidenceVersion { Title = title, Kind = of, Class = kind, ValidUntil = validUntil, File = new StoredFile(staged.Sha, staged.Length, name, "application/pdf") };
        await Must(app.Engine.Decide(scope.Id<EvidenceDocument>(key), new UploadEvidence { Id = Guid.CreateVersion7(), Version = version, Files = [staged] }, Editor));
    }

    public Task Subprocessors(params Subprocessor[] entries)
        => Must(app.Engine.Decide(scope.Id<SubprocessorList>(SubprocessorList.Only), new PublishSubprocessors { Id = Guid.CreateVersion7(), Entries = entries }, Editor));

    /// <summary>The page as it stands when everything published so far is on it.</summary>
    public async Task<string> Page(string path)
    {
        await app.Compiled(scope);
        return await visitor.GetStringAsync(path);
    }

    private async Task Approve(Guid claim)
    {
        var edit = (await app.Engine.Read<Claim>(scope.Id<Claim>(claim)))!.Proposal!.Edit;
        await Must(app.Engine.Decide(scope.Id<Claim>(claim), new ApproveClaim { Id = Guid.CreateVersion7(), Edit = edit }, Approver));
    }

    private static async Task Must(Task<Outcome> outcome) => (await outcome).ShouldBeOfType<Outcome.Done>();
}
