namespace TrustCenter.Journal;

/// <summary>Goes through an export once, line by line, and answers with the first thing that is wrong.</summary>
internal sealed class ExportCheck(ExportReader reader, VerifyOptions options)
{
    private readonly Warnings _warnings = new();
    private HeaderLine? _header;
    private LogCheck[] _logs = [];
    private PersonalCheck _personal = new(withheld: false);
    private int _current;

    private LogCheck Current => _logs[_current];

    public VerifyReport Run()
    {
        var first = Header() ?? Body();
        return new VerifyReport
        {
            First = first,
            Vendor = _header?.Vendor,
            Tenant = _header?.Tenant ?? Guid.Empty,
            ExportedUtc = _header?.Utc ?? 0,
            KeyThumbprint = _header?.Key.Thumbprint,
            KeyPinned = options.KeyThumbprint is not null,
            PersonalWithheld = _header?.Withheld ?? false,
            Logs = [.. _logs.Select(log => log.Proof())],
            Warnings = _warnings.First,
            WarningCount = _warnings.Count,
        };
    }

    private Break? Header()
    {
        if (reader.Next() is not { } bytes || ExportLine.Parse(bytes) is not HeaderLine header)
            return File("The file does not begin with a readable header: it is not a journal export, or its first line was changed.");
        reader.Hash(bytes);
        _header = header;
        if (options.KeyThumbprint is { } known && known != header.Key.Thumbprint)
            return File($"The file is signed by another key ({header.Key.Thumbprint}) than the one you know.");
        var held = new List<Checkpoint>();
        foreach (var jws in options.Since)
        {
            if (!Checkpoint.TryVerify(jws, header.Key, out var checkpoint))
                return File("The checkpoint you hold is not signed by the key of this file: the checkpoint is damaged, or the log was signed anew with another key.");
            if (checkpoint.Tenant != header.Tenant) return File("The checkpoint you hold is another vendor's.");
            if (!header.Logs.Contains(checkpoint.Log)) return File($"The checkpoint you hold is of the log \"{checkpoint.Log}\", which is not in this file.");
            held.Add(checkpoint);
        }
        _personal = new PersonalCheck(header.Withheld);
        _logs = [.. header.Logs.Select(log => new LogCheck(log, header.Tenant, held, _warnings))];
        return Current.Begin();
    }

    private Break? Body()
    {
        while (reader.Next() is { } bytes)
        {
            var line = ExportLine.Parse(bytes);
            if (line is SealLine seal) return Seal(seal);
            var broken = line switch
            {
                EntryLine entry => Entry(entry),
                CheckpointLine checkpoint => Kept(checkpoint),
                HeaderLine => Unreadable("is a second header"),
                _ => Unreadable("is not in the exact form that was written"),
            };
            if (broken is not null) return broken;
            reader.Hash(bytes);
        }
        return reader.HasMore
            ? Unreadable("has no end or is too long")
            : Current.At(Current.Next, $"The file ends without its seal, where {Current.Entry(Current.Next)} or the seal is expected: it was cut off.");
    }

    private Break? Entry(EntryLine line) => Enter(line.Entry.Log) ?? Current.Add(line) ?? _personal.Add(line);

    private Break? Kept(CheckpointLine line) => Checkpoint.TryVerify(line.Jws, _header!.Key, out var checkpoint) && checkpoint.Tenant == _header.Tenant
        ? Enter(checkpoint.Log) ?? Current.Add(checkpoint, line.Jws)
        : Current.At(Current.Next, $"The checkpoint before {Current.Entry(Current.Next)} (line {reader.LineNumber}) was changed: its signature is not by this file's key for this vendor.");

    private Break? Enter(string log)
    {
        var next = Array.FindIndex(_logs, _current, one => one.Log == log);
        if (next < 0) return Current.At(Current.Next, $"Line {reader.LineNumber}, where {Current.Entry(Current.Next)} is expected, belongs to a log that has no place here.");
        Break? broken = null;
        while (broken is null && _current < next) broken = Current.End() ?? _logs[++_current].Begin();
        return broken;
    }

    private Break? Seal(SealLine line)
    {
        if (Enter(_logs[^1].Log) is { } broken) return broken;
        if (!SealStatement.TryVerify(line.Jws, _header!.Key, out var seal)) return File("The seal was changed: its signature is not by this file's key.");
        if (seal.Tenant != _header.Tenant || !seal.Logs.Select(log => log.Log).SequenceEqual(_header.Logs)) return File("The seal is that of another file.");
        var logs = _logs.Zip(seal.Logs).Select(pair => pair.First.Add(pair.Second)).FirstOrDefault(found => found is not null);
        if ((logs ?? Current.End()) is { } wrong) return wrong;
        if (!seal.Sha256.AsSpan().SequenceEqual(reader.Sha256()))
            return File("The file is not as it was sealed: no entry was changed, but the header, a revealed field or a checkpoint was.");
        return reader.HasMore ? File("Something follows the seal.") : _personal.End(_header.Logs);
    }

    private Break Unreadable(string why) => Current.At(Current.Next, $"Line {reader.LineNumber}, where {Current.Entry(Current.Next)} or a checkpoint is expected, {why}.");

    private static Break File(string what) => new(null, null, what);
}
