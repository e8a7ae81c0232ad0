namespace TrustCenter.Store;

/// <summary>The words in which the databases differ; everything else in a statement is the same.</summary>
/// <param name="Row">A row's place in its table, to name a slice of rows.</param>
/// <param name="ForUpdate">Behind a select: the rows stay locked to the end of the transaction.</param>
/// <param name="Clock">Microseconds since 1970 by a clock that all processes share. With one process that is its own clock, given as @now.</param>
/// <param name="KeepsCommands">A command is worth keeping for its next use. Npgsql prepares by the text alone, and sends a kept command's first values again once it is prepared (seen with 10.0.0).</param>
/// <param name="Unhurried">Within a transaction that reads or writes everything: no time limit holds. Empty where there is none.</param>
public sealed record Dialect(string Row, string ForUpdate, string Clock, bool KeepsCommands, string Unhurried)
{
    public static readonly Dialect Sqlite = new("rowid", "", "@now", true, "");

    public static readonly Dialect Postgres = new("ctid", " for update", "(extract(epoch from clock_timestamp()) * 1000000)::bigint", false, "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0");
}
