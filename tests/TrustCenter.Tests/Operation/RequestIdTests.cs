using System.Text.Json;
using TrustCenter.Tests.Faults;
using TrustCenter.Tests.Store;

namespace TrustCenter.Tests.Operation;

/// <summary>Whoever was refused can name the request, and the operator finds it in the log.</summary>
public sealed class RequestIdTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trust-center-").FullName;
    private readonly PostgresServer server = new();

    public void Dispose()
    {
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_refusal_of_the_store_and_its_line_in_the_log_bear_the_same_id()
    {
        using var host = HostProcess.StartOver(server.Create(), folder, HostProcess.FreePort());
        using var client = host.Client();
        await host.Ready(client);
        server.Kill();

        using var refused = await client.GetAsync("/console/sign-in");
        var said = await refused.Content.ReadAsStringAsync();
        ((int)refused.StatusCode).ShouldBe(503, said);
        var id = said.Split("Request ")[1].TrimEnd('.');
        id.ShouldNotBeEmpty();

        host.Kill();
        var line = (await host.End()).Said.Split('\n').Where(l => l.Contains("The store refused.", StringComparison.Ordinal)).ShouldHaveSingleItem();
        using var json = JsonDocument.Parse(line);
        json.RootElement.GetProperty("Scopes").EnumerateArray().Select(s => s.TryGetProperty("RequestId", out var found) ? found.GetString() : null).ShouldContain(id);
    }
}
