using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using TrustCenter.Engine;
using TrustCenter.Prospects;
using TrustCenter.Web;

namespace TrustCenter.Rooms;

/// <summary>
/// Rooms as they were rendered, each for its visit alone. One is shown again while everything that it was made from still stands: the very states
/// that the gate has just read, the vendor's content and the day. Forgetting a person changes the visit first: the gate is closed before the address
/// is gone. Rendering costs thirty times as much.
/// </summary>
public sealed class HeldRooms(IEngine engine, IServiceProvider services, ILoggerFactory logs, TimeProvider clock) : ITenantMemory
{
    private const long Most = 32L * 1024 * 1024; // bytes; beyond it the longest unused half is dropped

    private readonly ConcurrentDictionary<(Guid Tenant, Guid Visit), HeldRoom> rooms = new();
    private readonly Lock change = new();
    private long size; // bytes

    /// <summary>Rooms rendered so far: a test's proof that one which stands is not rendered again.</summary>
    public long Renders => Interlocked.Read(ref renders);
    private long renders;

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>The room as it stands, or null when it must be made.</summary>
    public async ValueTask<HeldRoom?> Find(Scope scope, GateAnswer answer, CancellationToken stop)
    {
        if (!rooms.TryGetValue((scope.Tenant, answer.VisitId), out var held) || !held.IsOf(answer, await engine.ContentOf(scope.Tenant, stop), Today)) return null;
        held.UsedAt = Environment.TickCount64;
        return held;
    }

    /// <param name="content">The number of the vendor's content, read before anything that the parameters hold.</param>
    public async Task<HeldRoom> Make<TPage>(Scope scope, GateAnswer answer, long content, string policy, string stamp, Dictionary<string, object?> parameters) where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        Interlocked.Increment(ref renders);
        var made = new HeldRoom(answer, content, Today, Encoding.UTF8.GetBytes(html), stamp, policy, (string)parameters["Email"]!) { UsedAt = Environment.TickCount64 };
        Keep((scope.Tenant, answer.VisitId), made);
        return made;
    }

    public void Forget(Guid tenant)
    {
        lock (change)
            foreach (var key in rooms.Keys.Where(k => k.Tenant == tenant).ToList()) Drop(key);
    }

    private void Keep((Guid, Guid) key, HeldRoom made)
    {
        lock (change)
        {
            Drop(key);
            rooms[key] = made;
            size += made.Size;
            if (size > Most)
                foreach (var (old, _) in rooms.OrderBy(r => r.Value.UsedAt).Take(rooms.Count / 2).ToList()) Drop(old);
        }
    }

    private void Drop((Guid, Guid) key)
    {
        if (rooms.TryRemove(key, out var old)) size -= old.Size;
    }
}

/// <summary>One room's bytes. Every form in it gets a command id of its own each time it is sent.</summary>
public sealed class HeldRoom : IResult
{
    private const int Beside = 64; // bytes; the command's field follows the stamp's
    private const int Overhead = 512; // bytes; the object and its place in the table

    private readonly GateAnswer from;
    private readonly long content;
    private readonly DateOnly day;
    private readonly byte[] body;
    private readonly string policy, stamp, email;
    private readonly List<int> ids = []; // where command ids begin in the body

    /// <param name="stamp">Known to this visit's pages alone, so that nothing that a vendor wrote is taken for a form's field.</param>
    public HeldRoom(GateAnswer from, long content, DateOnly day, byte[] body, string stamp, string policy, string email)
    {
        (this.from, this.content, this.day, this.body, this.policy, this.stamp, this.email) = (from, content, day, body, policy, stamp, email);
        var mark = Encoding.UTF8.GetBytes($"value=\"{stamp}\"");
        var field = "name=\"command\" value=\""u8;
        for (int at = 0, found; (found = body.AsSpan(at).IndexOf(mark)) >= 0;)
        {
            at += found + mark.Length;
            var id = body.AsSpan(at, Math.Min(Beside, body.Length - at)).IndexOf(field);
            if (id >= 0) ids.Add(at + id + field.Length);
        }
    }

    public long UsedAt { get; set; }

    /// <summary>The hash under which it is kept; null until it is. A room is seen often and kept once.</summary>
    public string? KeptAs { get; set; }

    /// <summary>As it is kept, with zeros for the stamp and the commands, and its SHA-256, hex.</summary>
    public (byte[] Page, string Sha) ToKeep()
    {
        var page = body.AsSpan().ToArray();
        foreach (var at in ids) Utf8Formatter.TryFormat(Guid.Empty, page.AsSpan(at), out _);
        return RoomTemplate.ToKeep(Encoding.UTF8.GetString(page).Replace(stamp, new string('0', stamp.Length), StringComparison.Ordinal), email, from.VisitId);
    }

    public long Size => body.Length + Overhead;

    // States are immutable: the same object is the same state.
    public bool IsOf(GateAnswer answer, long content, DateOnly today) => content == this.content && today == day
        && ReferenceEquals(answer.Visit, from.Visit) && ReferenceEquals(answer.Link, from.Link) && ReferenceEquals(answer.Agreement, from.Agreement);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        Answers.Private(response, policy);
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : Send(response);
    }

    private async Task Send(HttpResponse response)
    {
        await response.StartAsync();
        Copy(response.BodyWriter);
        await response.BodyWriter.FlushAsync();
    }

    private void Copy(PipeWriter writer)
    {
        var page = writer.GetSpan(body.Length);
        body.CopyTo(page);
        // Ids that differ are all that is asked of them: one is drawn, and the forms count on from it.
        Span<byte> id = stackalloc byte[16];
        Guid.CreateVersion7().TryWriteBytes(id);
        foreach (var at in ids)
        {
            BinaryPrimitives.WriteUInt32BigEndian(id[12..], BinaryPrimitives.ReadUInt32BigEndian(id[12..]) + 1);
            Utf8Formatter.TryFormat(new Guid(id), page[at..], out _);
        }
        writer.Advance(body.Length);
    }
}
