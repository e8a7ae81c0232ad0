using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Api;
using TrustCenter.Store;
using TrustCenter.Web;

namespace TrustCenter.Tests.Faults;

/// <summary>No room for a temporary file: told in words, as a full database is.</summary>
public sealed class FullDiskTests(WireStage stage) : IClassFixture<WireStage>
{
    [Theory]
    [InlineData(typeof(FailureDoor))]
    [InlineData(typeof(ProblemDoor))]
    public async Task A_full_disk_is_told_in_words(Type door)
    {
        var services = stage.App.Services;
        var context = new DefaultHttpContext { RequestServices = services, Response = { Body = new MemoryStream() } };
        var filter = (IEndpointFilter)ActivatorUtilities.CreateInstance(services, door);

        var answer = (IResult)(await filter.InvokeAsync(EndpointFilterInvocationContext.Create(context), _ => throw Full()))!;

        await answer.ExecuteAsync(context);
        context.Response.StatusCode.ShouldBe(503);
        Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()).ShouldContain("Nothing was changed");
    }

    [Theory]
    [InlineData(typeof(FailureDoor))]
    [InlineData(typeof(ProblemDoor))]
    public async Task What_fails_while_the_answer_is_made_is_told_too_and_not_as_a_file(Type door)
    {
        var context = new DefaultHttpContext { RequestServices = stage.App.Services, Response = { Body = new MemoryStream() } };
        var filter = (IEndpointFilter)ActivatorUtilities.CreateInstance(stage.App.Services, door);

        var answer = (IResult)(await filter.InvokeAsync(EndpointFilterInvocationContext.Create(context), _ => ValueTask.FromResult<object?>(Results.Stream(_ => throw new StoreException("Away."), "text/plain", "export.jsonl"))))!;

        await answer.ExecuteAsync(context);
        context.Response.StatusCode.ShouldBe(503);
        context.Response.Headers.ContentDisposition.ShouldBeEmpty();
        Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()).ShouldContain("Nothing was changed");
    }

    // What the system says, not what we think that it says (full(4)).
    private static Exception Full()
    {
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        return Should.Throw<IOException>(() => full.Write([1]));
    }
}
