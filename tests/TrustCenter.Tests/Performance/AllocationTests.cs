using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Evidence;
using TrustCenter.Staff;
using TrustCenter.Tests.Abuse;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Performance;

/// <summary>Bytes allocated for an answer: exact enough to hold on any machine, because no clock is in them.</summary>
[Collection(Alone.Name)]
public sealed class AllocationTests(AbuseHouse house, ITestOutputHelper output)
{
    private const int Rounds = 2_000;

    [Fact]
    public void A_page_from_memory_costs_next_to_nothing()
    {
        using var client = new WireClient(house.App.Port);
        var request = WireClient.Get("north.localhost", "/", "Accept-Encoding: br\r\n");
        // The server's own answer without any page costs about 700 bytes: context, headers, a timer's share.
        Allocated(client, request, Rounds).ShouldBeLessThan(2_500);
    }

    [Fact]
    public async Task A_download_allocates_the_same_at_any_size()
    {
        var (small, large) = (Guid.NewGuid(), Guid.NewGuid());
        await Publish(small, 100 * 1024);
        await Publish(large, 8 * 1024 * 1024);
        var (link, _) = await house.Share(("documents", small.ToString()), ("documents", large.ToString()), ("agreement", ""));
        var guest = await house.Enter(link);
        using var client = new WireClient(house.App.Port);
        foreach (var document in new[] { small, large })
        {
            var file = await TestHouse.Download(guest.Browser, guest.Room, document.ToString());
            Allocated(client, WireClient.Get("north.localhost", file, $"Cookie: {guest.Cookie}\r\n"), 10).ShouldBeLessThan(256 * 1024, document.ToString());
        }
    }

    // Background work allocates beside us: the least of three is nearest to what the answer costs.
    private double Allocated(WireClient client, byte[] request, int rounds)
    {
        var length = client.Measure(request);
        for (var i = 0; i < rounds; i++) client.Ask(request, length).ShouldBe(length);
        var least = Enumerable.Range(0, 3).Min(_ =>
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < rounds; i++) client.Ask(request, length);
            return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)rounds;
        });
        output.WriteLine($"{least:f0} bytes for an answer of {length}");
        return least;
    }

    private async Task Publish(Guid document, int bytes)
    {
        using var pdf = new MemoryStream(LargePdf.Of(bytes));
        var described = new EvidenceDescription { Title = $"Report of {bytes} bytes", Kind = EvidenceKind.Policy, Class = EvidenceClass.OnRequest };
        var taken = (await house.App.Services.GetRequiredService<EvidenceIntake>().Take(house.North.Scope, described, pdf, "report.pdf", false, default)).ShouldBeOfType<IntakeResult.Taken>();
        await house.North.Decide(document, new UploadEvidence { Id = Guid.NewGuid(), Version = taken.Version, Files = taken.Files }, house.North.StaffId(Role.Editor));
        await house.North.Decide(document, new ApproveEvidence { Id = Guid.NewGuid(), Sha = taken.Version.File.Sha }, house.North.StaffId(Role.Approver));
    }
}

/// <summary>Nothing else runs in the process while its allocations are counted.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone : ICollectionFixture<AbuseHouse>
{
    public const string Name = "alone";
}
