using System.Security.Cryptography;
using System.Text.Json;
using TrustCenter.Keys;
using TrustCenter.Store;
using TrustCenter.Telemetry;

namespace TrustCenter.Mail;

/// <summary>One mail as the queue holds it. State: waiting, sent, kept (no server: the console shows it), failed.</summary>
public sealed record QueuedMail(Guid Tenant, Guid Id, DateTimeOffset At, string State, int Attempts, string? Problem, MailContent Content);

/// <summary>Outgoing mail, sealed at rest. It was written with the decision that caused it.</summary>
public sealed class MailQueue(IStore store, HostKeys keys)
{
    public const int MostAttempts = 8; // over about four hours

    public Task<List<QueuedMail>> Due(DateTimeOffset now, int most, CancellationToken stop)
        => store.Query(sql => sql.Query("select tenant, id, utc, state, attempts, problem, sealed from mails where state = 'waiting' and due <= @now and not exists (select 1 from tenancy_rows t where t.id = mails.tenant and t.status <> 'Active') order by due limit @most", Read, ("@now", now), ("@most", most)), stop);

    public Task<List<QueuedMail>> Newest(Guid? tenant, int most, CancellationToken stop)
        => store.Query(sql => sql.Query("select tenant, id, utc, state, attempts, problem, sealed from mails where tenant = coalesce(@tenant, tenant) order by utc desc limit @most", Read, ("@tenant", tenant), ("@most", most)), stop);

    public Task Sent(QueuedMail mail, string state, CancellationToken stop)
    {
        Signals.Mail(state);
        return store.Write(sql => sql.Execute("update mails set state = @state, attempts = attempts + 1, problem = null where tenant = @tenant and id = @id", ("@state", state), ("@tenant", mail.Tenant), ("@id", mail.Id)), stop);
    }

    /// <summary>Tries again after 1, 2, 4 ... minutes; after the last attempt it is failed and stays to be read.</summary>
    public Task Failed(QueuedMail mail, string problem, DateTimeOffset now, CancellationToken stop)
    {
        var state = mail.Attempts + 1 >= MostAttempts ? "failed" : "waiting";
        Signals.Mail(state == "failed" ? "failed" : "tried");
        var due = now + TimeSpan.FromMinutes(Math.Pow(2, mail.Attempts));
        return store.Write(sql => sql.Execute("update mails set state = @state, attempts = attempts + 1, due = @due, problem = @problem where tenant = @tenant and id = @id",
            ("@state", state), ("@due", due), ("@problem", problem), ("@tenant", mail.Tenant), ("@id", mail.Id)), stop);
    }

    private QueuedMail Read(Row r) => new(r.Id(0), r.Id(1), r.Time(2), r.Text(3), r.Int(4), r.TextOrNull(5), Opened(r.Bytes(6)));

    // One that cannot be opened is for nobody: sending it fails, and no other mail waits for it.
    private MailContent Opened(byte[] sealedContent)
    {
        try { return MailContent.Read(keys.Open(sealedContent)); }
        catch (Exception damaged) when (damaged is CryptographicException or JsonException) { return new MailContent("", "", ""); }
    }
}
