namespace TrustCenter.Import;

/// <summary>
/// The folder on disk. Names that come from its files are checked here and nowhere else: none may lead out of it, by
/// "..", by an absolute path or by a link.
/// </summary>
internal sealed class Folder(string path)
{
    public const string FilesFolder = "files";
    private const string NoLink = "is a link, and links are not followed. Put the file itself there.";
    private readonly string root = Path.GetFullPath(path);

    public bool Exists => Directory.Exists(root);

    public bool Has(string name) => File.Exists(Path.Combine(root, name));

    /// <summary>The tables beside vendor.yaml and import.yaml, in the order of their names.</summary>
    public IEnumerable<string> TableNames() => Directory.EnumerateFiles(root)
        .Select(file => Path.GetFileName(file))
        .Where(name => Path.GetExtension(name) is ".csv" or ".jsonl" or ".yaml" or ".yml")
        .Where(name => name is not ("vendor.yaml" or "import.yaml") && !name.StartsWith('.'))
        .Order(StringComparer.Ordinal);

    /// <summary>The path of a file that lies directly in the folder, or null beside an error.</summary>
    public string? Open(string name, FileProblems problems)
    {
        var wrong = name.Contains('/') ? "lies in another folder. Put it beside vendor.yaml." : WrongName(name) ?? WrongFile(root, [name]);
        if (wrong is null) return Path.Combine(root, name);
        problems.Error(null, null, "file", $"{FieldText.Cite(name)} {wrong}");
        return null;
    }

    /// <summary>
    /// A file in the folder <c>files/</c>, written with or without it, or why it is refused: a sentence that continues its name.
    /// </summary>
    public (ImportFile? File, string? Wrong) Find(string name, long longest = ImportLimits.File) =>
        Find(FilesFolder, name.StartsWith(FilesFolder + "/", StringComparison.Ordinal) ? name[(FilesFolder.Length + 1)..] : name, longest);

    /// <summary>A file in <c>files/</c> or beside vendor.yaml.</summary>
    public (ImportFile? File, string? Wrong) FindAnywhere(string name, long longest) =>
        WrongName(name) is null && !File.Exists(Path.Combine(root, FilesFolder, name)) ? Find("", name, longest) : Find(name, longest);

    private (ImportFile? File, string? Wrong) Find(string below, string name, long longest)
    {
        if (WrongName(name) is { } wrongName) return (null, wrongName);
        string[] steps = below.Length == 0 ? name.Split('/') : [below, .. name.Split('/')];
        if (WrongFile(root, steps) is { } wrongFile) return (null, wrongFile);

        var file = new FileInfo(Path.Combine([root, .. steps]));
        if (file.Length == 0) return (null, "is empty (0 bytes). Put the whole file there.");
        if (file.Length > longest) return (null, $"has {file.Length:N0} bytes; at most {longest:N0} are taken.");
        if (!CanBeRead(file)) return (null, "cannot be opened. Check that it may be read.");
        return (new ImportFile { Name = name, Path = file.FullName, Length = file.Length }, null);
    }

    private static string? WrongName(string name)
    {
        if (name.Length > ImportLimits.FileName) return $"is longer than {ImportLimits.FileName} characters. Shorten the name.";
        if (name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || Path.IsPathRooted(name))
            return "is not a name inside the folder. Use \"/\" between folders, no drive and no leading \"/\".";
        if (FieldText.HoldsControl(name, linesAllowed: false) || FieldText.TurnsDirection(name))
            return "holds an invisible character. Rename the file.";
        if (name.Split('/').Any(step => step.Trim() is "" or "." or ".." || step.Length > 200))
            return "leads through \".\", \"..\" or an empty name. Name the file inside the folder.";
        return null;
    }

    private static string? WrongFile(string root, string[] steps)
    {
        var path = root;
        foreach (var step in steps)
        {
            path = Path.Combine(path, step);
            if (new FileInfo(path).LinkTarget is not null) return NoLink;
        }

        return File.Exists(path) ? null : "is not there. Put it in the folder, or correct the name.";
    }

    private static bool CanBeRead(FileInfo file)
    {
        try
        {
            using var stream = file.OpenRead();
            return stream.ReadByte() >= 0;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
