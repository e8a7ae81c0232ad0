namespace TrustCenter.Faults;

/// <summary>
/// What a disk holds after the power was cut: of each file what was synced, and of the rest as little as the worst disk keeps. A name is there for good when
/// its file or its folder was synced after it was made, as ext4, XFS and Btrfs do; it is gone for good when its folder was synced after.
/// </summary>
public sealed class Disk
{
    private const int Sector = 512; // bytes; what a disk writes whole or not at all

    private sealed class Content
    {
        public byte[] Synced = [];
        public readonly List<SystemCall> Waiting = [];
    }

    private readonly Dictionary<string, Content> names = [], synced = [];
    private readonly List<(SystemCall SystemCall, Content? Content)> waiting = []; // names that came or went

    public Disk(IEnumerable<SystemCall> calls, int cut)
    {
        // A sync works when it ends, everything else may work from when it begins.
        foreach (var call in calls.Where(c => Moment(c) <= cut).OrderBy(Moment)) Do(call);
    }

    /// <summary>Whether something is missing that was written.</summary>
    /// <param name="keep">Of what was not synced: 0 keeps nothing, 1 a part, in torn pieces, 2 everything.</param>
    public bool WriteTo(string from, string folder, int keep, Random random)
    {
        var kept = new Dictionary<string, Content>(synced);
        foreach (var (call, content) in waiting.TakeWhile(_ => keep == 2 || keep == 1 && random.Next(3) > 0)) Name(kept, call, content);
        var isLess = names.Keys.Any(n => !kept.ContainsKey(n));
        foreach (var (name, content) in kept)
        {
            var path = Path.Combine(folder, Path.GetRelativePath(from, name));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var bytes = content.Synced;
            foreach (var call in content.Waiting) bytes = keep switch { 0 => bytes, 1 => Torn(bytes, call, random), _ => With(bytes, call) };
            File.WriteAllBytes(path, bytes);
            isLess |= !bytes.AsSpan().SequenceEqual(content.Waiting.Aggregate(content.Synced, With));
        }
        return isLess;
    }

    private static int Moment(SystemCall call) => call.Deed == Deed.Sync ? call.Ended : call.Begun;

    private void Do(SystemCall call)
    {
        switch (call.Deed)
        {
            case Deed.Create when !names.ContainsKey(call.Path): Wait(call, new Content()); break;
            case Deed.Unlink: Wait(call, null); break;
            case Deed.Rename or Deed.Link: Wait(call, names[call.Path]); break;
            case Deed.Write or Deed.Truncate when names.TryGetValue(call.Path, out var file): file.Waiting.Add(call); break;
            case Deed.Sync: Sync(call); break;
            default: break;
        }
    }

    private void Wait(SystemCall call, Content? content)
    {
        waiting.Add((call, content));
        Name(names, call, content);
    }

    private static void Name(Dictionary<string, Content> names, SystemCall call, Content? content)
    {
        if (call.Deed is Deed.Unlink or Deed.Rename) names.Remove(call.Path);
        if (content is not null) names[call.Deed is Deed.Rename or Deed.Link ? call.To : call.Path] = content;
    }

    private void Sync(SystemCall sync)
    {
        names.TryGetValue(sync.Path, out var file);
        foreach (var one in waiting.Where(w => w.SystemCall.Ended < sync.Begun && (file is null ? Path.GetDirectoryName(w.SystemCall.Path) == sync.Path : w.Content == file)).ToList())
        {
            Name(synced, one.SystemCall, one.Content);
            waiting.Remove(one);
        }
        if (file is null) return;
        foreach (var call in file.Waiting.Where(c => c.Ended < sync.Begun)) file.Synced = With(file.Synced, call);
        file.Waiting.RemoveAll(c => c.Ended < sync.Begun);
    }

    private static byte[] With(byte[] bytes, SystemCall call)
    {
        var length = call.Deed == Deed.Truncate ? call.Number : Math.Max(bytes.Length, call.Number + call.Bytes.Length);
        if (length != bytes.Length) Array.Resize(ref bytes, (int)length);
        call.Bytes.CopyTo(bytes, call.Number);
        return bytes;
    }

    // Each sector of it arrived or did not.
    private static byte[] Torn(byte[] bytes, SystemCall call, Random random)
    {
        if (random.Next(3) == 0) return bytes;
        if (call.Deed == Deed.Truncate || random.Next(2) == 0) return With(bytes, call);
        for (var at = 0; at < call.Bytes.Length;)
        {
            var size = (int)Math.Min(call.Bytes.Length - at, Sector - (call.Number + at) % Sector);
            if (random.Next(2) == 0) bytes = With(bytes, call with { Number = call.Number + at, Bytes = call.Bytes[at..(at + size)] });
            at += size;
        }
        return bytes;
    }
}
