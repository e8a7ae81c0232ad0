using TrustCenter.Engine;
using TrustCenter.Pages;
using TrustCenter.Prospects;
using TrustCenter.Store;

namespace TrustCenter.Rooms;

/// <summary>
/// The short way of a room that is held: the same host, the same gate, asked in the same order, without filters and services made for the request.
/// Whatever does not end in the room as it stands, a refusal above all, takes the way through the doors and is decided there.
/// </summary>
public sealed class RoomWay(ShortWay way, Gate gate, HeldRooms rooms, VisitRecorder recorder)
{
    public async Task Answer(HttpContext context, RequestDelegate doors)
    {
        if (await Find(context) is not var (scope, answer, room)) { await doors(context); return; }
        if (HttpMethods.IsGet(context.Request.Method)) recorder.Seen(scope, answer, room);
        await room.ExecuteAsync(context);
    }

    private async ValueTask<(Scope, GateAnswer, HeldRoom)?> Find(HttpContext context)
    {
        if (way.TenantOf(context) is not { } tenant || !Guid.TryParse(context.Request.RouteValues["visit"] as string, out var visit)) return null;
        try
        {
            var scope = new Scope(tenant);
            var answer = await gate.Ask(scope, visit, VisitCookie.Read(context.Request, visit), CancellationToken.None);
            return answer.Step == GateStep.Room && await rooms.Find(scope, answer, CancellationToken.None) is { } room ? (scope, answer, room) : null;
        }
        catch (StoreException) { return null; } // the doors have words for it
    }
}
