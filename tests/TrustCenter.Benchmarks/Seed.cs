using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TrustCenter.Documents;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Host;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Pages;
using TrustCenter.Prospects;
using TrustCenter.Store;

namespace TrustCenter.Benchmarks;

/// <summary>Content to measure with: the sample vendor of 72 claims, and readers who are through its gate.</summary>
public static class Seed
{
    public const string Host = "northwind.localhost";
    private static readonly Actor Editor = Actor.Staff(Guid.CreateVersion7()), Approver = Actor.Staff(Guid.CreateVersion7());

    /// <summary>A data folder with the sample vendor, its pages compiled and packed tight.</summary>
    public static async Task<string> Northwind(Stage stage, string name = "data")
    {
        var data = stage.NewFolder(name);
        await Stage.Output("dotnet", Path.Combine(AppContext.BaseDirectory, "TrustCenter.Host.dll"), "import", Path.Combine(Stage.Root, "samples", "northwind"), "--publish-as", "Amir Haddad", "--", $"--TrustCenter:DataFolder={data}");
        await using var app = Open(data);
        await app.Services.GetRequiredService<PageCompiler>().CompileAll(CancellationToken.None);
        return data;
    }

    /// <summary>The product in this process, over a folder that no other process uses; not started.</summary>
    public static WebApplication Open(string data) => Serving.Build(["--urls", "http://127.0.0.1:0"], o => o.DataFolder = data, builder => builder.Logging.SetMinimumLevel(LogLevel.Error));

    public static async Task<Scope> Tenant(IServiceProvider services)
        => new(await services.GetRequiredService<IStore>().Query(sql => sql.First("select tenant from vendor_rows where host = 'northwind'", r => r.Id(0))));

    /// <summary>A gated document of so many pages, published.</summary>
    public static async Task<Guid> Document(IServiceProvider services, Scope scope, int pages)
    {
        using var pdf = new MemoryStream(await Pdf(pages));
        var described = new EvidenceDescription { Title = $"Report of {pages} pages", Kind = EvidenceKind.Policy, Class = EvidenceClass.OnRequest };
        if (await services.GetRequiredService<EvidenceIntake>().Take(scope, described, pdf, "report.pdf", false, default) is not IntakeResult.Taken taken) throw new InvalidOperationException("The report was refused.");
        var (engine, id) = (services.GetRequiredService<IEngine>(), scope.Id<EvidenceDocument>(Guid.CreateVersion7()));
        await Must(engine.Decide(id, new UploadEvidence { Id = Guid.CreateVersion7(), Version = taken.Version, Files = taken.Files }, Editor));
        await Must(engine.Decide(id, new ApproveEvidence { Id = Guid.CreateVersion7(), Sha = taken.Version.File.Sha }, Approver));
        return id.Key;
    }

    /// <summary>So many printed pages of text, in chapters of one page each.</summary>
    public static Task<byte[]> Pdf(int pages)
    {
        var paragraph = string.Join(' ', Enumerable.Repeat("What this report says about the service, its controls and who looks after them.", 9));
        var text = string.Join("\n\n", Enumerable.Range(1, pages).Select(n => $"# Part {n}\n\n" + string.Join("\n\n", Enumerable.Repeat(paragraph, 4))));
        return DocumentFromMarkdown.Write($"Report of {pages} pages", "Northwind Ledger", new DateOnly(2026, 11, 1), text);
    }

    /// <summary>A link for these documents, open for a month, and the token of its address.</summary>
    public static async Task<(Guid Id, string Token)> Link(IServiceProvider services, Scope scope, bool needsAgreement, params Guid[] documents)
    {
        var id = Guid.CreateVersion7();
        var token = services.GetRequiredService<HostKeys>().LinkToken(scope.Tenant, id, 1);
        var link = new ShareLink
        {
            Account = "Acme", Domains = ["acme.com"], Documents = documents, Expires = DateTimeOffset.UtcNow.AddDays(30), NeedsAgreement = needsAgreement,
            Owner = Guid.Empty, Created = DateTimeOffset.UtcNow, TokenHash = ShareLink.HashOf(token),
        };
        await Must(services.GetRequiredService<IEngine>().Decide(scope.Id<ShareLink>(id), new CreateLink { Id = Guid.CreateVersion7(), Link = link, People = [], Rules = new() }, Editor));
        return (id, token);
    }

    /// <summary>A reader behind this link whose address is proven.</summary>
    public static async Task<Reader> Reader(IServiceProvider services, Scope scope, Guid link)
    {
        var (keys, engine, visit) = (services.GetRequiredService<HostKeys>(), services.GetRequiredService<IEngine>(), Guid.CreateVersion7());
        var (id, secret) = (scope.Id<Visit>(visit), VisitCookie.NewSecret());
        var person = PersonalRecord.Of(keys, scope.Tenant, PersonalRecord.Email, "ana@acme.com");
        var asked = new Visit
        {
            Link = link, Person = person.Id, Lookup = Convert.ToHexStringLower(person.Lookup), Host = "acme.com", Asked = DateTimeOffset.UtcNow,
            Secret = Visit.HashOf(VisitCookie.NewSecret()), CodeHash = Convert.ToHexStringLower(keys.CodeHash(visit, "314159")),
        };
        await Must(engine.Decide(id, new AskCode { Id = Guid.CreateVersion7(), Target = id, Visit = asked, Person = person }, Actor.Prospect(visit)));
        await Must(engine.Decide(id, new TryCode { Id = Guid.CreateVersion7(), Target = id, CodeHash = asked.CodeHash, NextSecret = Visit.HashOf(secret) }, Actor.Prospect(visit)));
        return new Reader(visit, $"__Host-room-{visit:N}={secret}", $"/room/{visit:D}");
    }

    /// <summary>The address of a download that was begun.</summary>
    public static async Task<string> Download(IServiceProvider services, Scope scope, Reader reader, Guid document)
    {
        var (id, access) = (scope.Id<Visit>(reader.Visit), new Access(Guid.CreateVersion7(), document, 1, "ABCDEFGHJK", default));
        await Must(services.GetRequiredService<IEngine>().Decide(id, new StartDownload { Id = Guid.CreateVersion7(), Target = id, Access = access, Title = "Report" }, Actor.Prospect(reader.Visit)));
        return $"{reader.Room}/downloads/{access.Id:D}";
    }

    public static async Task Must(Task<Outcome> deciding)
    {
        if (await deciding is not Outcome.Done) throw new InvalidOperationException($"The seed was refused: {await deciding}");
    }
}

/// <summary>Somebody in a room.</summary>
/// <param name="Cookie">The whole header's value.</param>
public sealed record Reader(Guid Visit, string Cookie, string Room);
