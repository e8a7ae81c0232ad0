using Microsoft.Data.Sqlite;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Mail;

/// <summary>
/// Prints the newest outgoing mail from the data folder, for a host without a mail server: whoever may read that folder holds the host's key anyway.
/// It only reads, so the host may run meanwhile.
/// </summary>
public static class MailsCommand
{
    public const string Usage = "mails             print the newest outgoing mail, for trying out without a mail server";

    private const int Most = 3; // mails

    public static async Task<int> Run(TrustCenterOptions settings, TextWriter say, TextWriter complain)
    {
        var (database, key) = (Path.Combine(settings.DataFolder, "trustcenter.db"), Path.Combine(settings.DataFolder, "keys"));
        if ((settings.Postgres is null && !File.Exists(database)) || !File.Exists(Path.Combine(key, "host.key")))
        {
            await complain.WriteLineAsync($"There is no data in {settings.DataFolder}. Start the host once, or name its folder: TrustCenter__DataFolder=/path.");
            return 1;
        }
        var keys = HostKeys.FromFolder(key, mayCreate: false);
        var mails = settings.Postgres is { } shared ? await Shared(shared, keys) : await Embedded(database, keys);
        if (mails.Count == 0) await say.WriteLineAsync("No mail yet.");
        // The newest stands last, where the eye is.
        foreach (var mail in Enumerable.Reverse(mails)) await say.WriteLineAsync($"To: {mail.Recipient}\nSubject: {Journal.ConsoleText.Clean(mail.Subject)}\n\n{string.Join('\n', mail.Body.Split('\n').Select(Journal.ConsoleText.Clean))}\n");
        return 0;
    }

    private static async Task<List<MailContent>> Shared(string connectionString, HostKeys keys)
    {
        await using var store = new PostgresStore(connectionString, keys);
        return await store.Query(sql => Newest(sql, keys));
    }

    // Not as a store: the host has the file, and only reads are wanted.
    private static async Task<List<MailContent>> Embedded(string database, HostKeys keys)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync();
        using var sql = new Sql(connection);
        return Newest(sql, keys);
    }

    private static List<MailContent> Newest(Sql sql, HostKeys keys)
        => sql.Query("select sealed from mails order by utc desc limit @most", r => MailContent.Read(keys.Open(r.Bytes(0))), ("@most", Most));
}
