using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;

namespace TrustCenter.Store;

/// <summary>
/// Writes one commit into an open transaction: the tenant's head first, then the state, then what follows from it
/// (lock order of DESIGN, section 4). The caller keeps a savepoint around it.
/// </summary>
public sealed class CommitWriter(Sql sql, HostKeys keys)
{
    private readonly Dictionary<string, string> upserts = [];
    private readonly string advance = $"""
        update heads set journal = @journal, publications = @publications, content = content + @content,
        changed = case when @content = 1 then {sql.Dialect.Clock} else changed end where tenant = @tenant
        """;

    public CommitResult Write(Commit commit)
    {
        var head = Head(commit.Tenant);
        if (commit.State is { } state && !WriteState(state)) return new CommitResult.Conflict();
        foreach (var entry in commit.Entries) head = WriteEntry(commit.Tenant, head, entry);
        foreach (var row in commit.Rows) WriteRow(commit.Tenant, row);
        foreach (var record in commit.Personal) WritePersonal(commit.Tenant, record);
        foreach (var forgotten in commit.Forget) sql.Execute("delete from personal where tenant = @tenant and id = @id", ("@tenant", commit.Tenant), ("@id", forgotten));
        foreach (var hidden in commit.Hide) sql.Execute("update personal set hidden = @utc where tenant = @tenant and id = @id and hidden is null", ("@tenant", commit.Tenant), ("@id", hidden), ("@utc", DateTimeOffset.UtcNow));
        foreach (var file in commit.Files) WriteFile(commit.Tenant, file);
        foreach (var mail in commit.Mails) WriteMail(commit.Tenant, mail);
        foreach (var snapshot in commit.Snapshots) WriteSnapshot(commit.Tenant, snapshot);
        if (commit.Compile) LeaveWork(commit.Tenant, "compile", head);
        if (commit.Pack) LeaveWork(commit.Tenant, "pack", head);
        sql.Execute(advance, ("@tenant", commit.Tenant), ("@journal", head.Journal), ("@publications", head.Publications),
            ("@content", commit.IsForOthers), ("@now", DateTimeOffset.UtcNow));
        return new CommitResult.Committed(head.Journal, head.Publications);
    }

    private HeadRow Head(Guid tenant)
    {
        if (Standing(tenant) is { } head) return head;
        // Only a tenant without a head is asked for, so this costs nothing after the first commit: the id of a deleted tenant is never used again (ABUSE T-077).
        if (sql.Number("select count(*) from tenancy_rows where id = @tenant and status in ('Erasing', 'Deleted')", ("@tenant", tenant)) > 0) throw new InvalidOperationException("This tenant was deleted.");
        var isFirst = sql.Execute("insert into heads (tenant, journal, publications) values (@tenant, 0, 0) on conflict (tenant) do nothing", ("@tenant", tenant)) == 1;
        return isFirst ? new HeadRow(0, 0) : Standing(tenant)!; // another process was first, and its commit was waited for
    }

    private HeadRow? Standing(Guid tenant)
        => sql.First($"select journal, publications from heads where tenant = @tenant{sql.Dialect.ForUpdate}", r => new HeadRow(r.Number(0), r.Number(1)), ("@tenant", tenant));

    private bool WriteState(StateWrite write)
    {
        var (id, stored) = (write.Id, write.Stored);
        const string insert = """
            insert into states (tenant, kind, key, etag, format, body, done, mac)
            values (@tenant, @kind, @key, @etag, @format, @body, @done, @mac) on conflict (tenant, kind, key) do nothing
            """;
        const string update = """
            update states set etag = @etag, format = @format, body = @body, done = @done, mac = @mac
            where tenant = @tenant and kind = @kind and key = @key and etag = @expected
            """;
        return sql.Execute(write.Expected == 0 ? insert : update,
            ("@tenant", id.Tenant), ("@kind", id.Kind), ("@key", id.Key), ("@etag", stored.Etag), ("@format", stored.Format), ("@body", stored.Body),
            ("@done", stored.Done), ("@mac", stored.Mac), ("@expected", write.Expected)) == 1;
    }

    private HeadRow WriteEntry(Guid tenant, HeadRow head, PendingEntry pending)
    {
        var isPublic = pending.Log == JournalEntry.Publications;
        head = isPublic ? head with { Publications = head.Publications + 1 } : head with { Journal = head.Journal + 1 };
        var n = isPublic ? head.Publications : head.Journal;
        var entry = new JournalEntry
        {
            Tenant = tenant,
            Log = pending.Log,
            N = n,
            Utc = Micros.From(pending.At),
            Actor = pending.By.ToString(),
            What = pending.What,
            Subject = pending.Subject,
            Facts = pending.Facts,
            Personal = [.. pending.Personal.Select(p => p.Commit(tenant, pending.Log, n))],
            StateHash = pending.StateHash,
        };
        var body = EntryEncoding.Encode(entry);
        sql.Execute("insert into entries (tenant, log, n, utc, what, subject, actor, body, leaf) values (@tenant, @log, @n, @utc, @what, @subject, @actor, @body, @leaf)",
            ("@tenant", tenant), ("@log", entry.Log), ("@n", entry.N), ("@utc", entry.Utc), ("@what", entry.What), ("@subject", entry.Subject), ("@actor", entry.Actor),
            ("@body", body), ("@leaf", MerkleTree.HashLeaf(body)));
        return head;
    }

    private void WriteRow(Guid tenant, ViewRow row)
    {
        if (row.Gone)
        {
            sql.Execute($"delete from {row.Table} where tenant = @tenant and id = @id", ("@tenant", tenant), ("@id", row.Id));
            return;
        }
        var values = new (string, object?)[row.Columns.Length + 2];
        (values[0], values[1]) = (("@tenant", tenant), ("@id", row.Id));
        for (var i = 0; i < row.Columns.Length; i++) values[i + 2] = ("@" + row.Columns[i].Column, row.Columns[i].Value);
        sql.Execute(Upsert(row), values);
    }

    private string Upsert(ViewRow row)
    {
        if (upserts.TryGetValue(row.Table, out var text)) return text;
        var columns = row.Columns.Select(c => c.Column).ToList();
        text = $"insert into {row.Table} (tenant, id, {string.Join(", ", columns)}) values (@tenant, @id, {string.Join(", ", columns.Select(c => "@" + c))}) "
            + $"on conflict (tenant, id) do update set {string.Join(", ", columns.Select(c => $"{c} = excluded.{c}"))}";
        upserts.Add(row.Table, text);
        return text;
    }

    private void WritePersonal(Guid tenant, PersonalRecord record)
        => sql.Execute("insert into personal (tenant, id, field, lookup, sealed_key, sealed_value, utc) values (@tenant, @id, @field, @lookup, @key, @value, @utc)",
            ("@tenant", tenant), ("@id", record.Id), ("@field", record.Field), ("@lookup", record.Lookup), ("@key", keys.Seal(record.Key)), ("@value", record.SealedValue()), ("@utc", DateTimeOffset.UtcNow));

    private void WriteFile(Guid tenant, StagedFile file)
        => sql.Execute("insert into blobs (tenant, sha, upload, size, utc) values (@tenant, @sha, @upload, @size, @utc) on conflict (tenant, sha) do nothing",
            ("@tenant", tenant), ("@sha", Convert.FromHexString(file.Sha)), ("@upload", file.Upload), ("@size", file.Length), ("@utc", DateTimeOffset.UtcNow));

    private void WriteMail(Guid tenant, Mail.OutgoingMail mail)
        => sql.Execute("insert into mails (tenant, id, utc, lookup, sealed, state, attempts, due, problem) values (@tenant, @id, @utc, @lookup, @sealed, 'waiting', 0, @utc, null) on conflict (tenant, id) do nothing",
            ("@tenant", tenant), ("@id", mail.Id), ("@utc", DateTimeOffset.UtcNow), ("@lookup", keys.Lookup(tenant, mail.Recipient)), ("@sealed", keys.Seal(Mail.MailContent.Write(mail))));

    private void WriteSnapshot(Guid tenant, StoredSnapshot snapshot)
    {
        if (snapshot.Gone)
        {
            sql.Execute("delete from snapshots where tenant = @tenant and page = @page", ("@tenant", tenant), ("@page", snapshot.Page));
            return;
        }
        sql.Execute("""
            insert into snapshots (tenant, page, content_type, body, brotli, etag, utc) values (@tenant, @page, @type, @body, @brotli, @etag, @utc)
            on conflict (tenant, page) do update set content_type = excluded.content_type, body = excluded.body, brotli = excluded.brotli, etag = excluded.etag, utc = excluded.utc
            """,
            ("@tenant", tenant), ("@page", snapshot.Page), ("@type", snapshot.ContentType), ("@body", snapshot.Body), ("@brotli", snapshot.Brotli), ("@etag", snapshot.ETag), ("@utc", snapshot.At));
    }

    private void LeaveWork(Guid tenant, string kind, HeadRow head)
        => sql.Execute("insert into outbox (tenant, kind, n, utc) values (@tenant, @kind, @n, @utc) on conflict (tenant, kind) do update set n = excluded.n",
            ("@tenant", tenant), ("@kind", kind), ("@n", head.Publications), ("@utc", DateTimeOffset.UtcNow));

    private sealed record HeadRow(long Journal, long Publications);
}
