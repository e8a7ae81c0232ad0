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

    public static async Task<int> Run(string dataFolder, TextWriter say, TextWriter complain)
    {
        var (database, key) = (Path.Combine(dataFolder, "trustcenter.db"), Path.Combine(dataFolder, "keys"));
        if (!File.Exists(database) || !File.Exists(Path.Combine(key, "host.key")))
        {
            await complain.WriteLineAsync($"There is no data in {dataFolder}. Start the host once, or name its folder: TrustCenter__DataFolder=/path.");
            return 1;
        }
        var keys = HostKeys.FromFolder(key, mayCreate: false);
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync();
        using var sql = new Sql(connection);
        var mails = sql.Query("select sealed from mails order by utc desc limit @most", r => MailContent.Read(keys.Open(r.Bytes(0))), ("@most", Most));
        if (mails.Count == 0) await say.WriteLineAsync("No mail yet.");
        // The newest stands last, where the eye is.
        foreach (var mail in Enumerable.Reverse(mails)) await say.WriteLineAsync($"To: {mail.Recipient}\nSubject: {Journal.ConsoleText.Clean(mail.Subject)}\n\n{string.Join('\n', mail.Body.Split('\n').Select(Journal.ConsoleText.Clean))}\n");
        return 0;
    }
}
