using TrustCenter.Deals;

namespace TrustCenter.Import;

/// <summary>
/// What a folder says, checked and with every reference inside it resolved. Nothing here was stored yet.
/// Lists keep the order of their file; keys are unique in their list.
/// </summary>
public sealed record ImportContent
{
    public ImportVendor? Vendor { get; init; } // null only beside an error
    public IReadOnlyList<ImportTopic> Topics { get; init; } = [];
    public IReadOnlyList<ImportAudience> Audiences { get; init; } = [];
    public IReadOnlyList<ImportClaim> Claims { get; init; } = [];
    public IReadOnlyList<ImportTranslation> Translations { get; init; } = [];
    public IReadOnlyList<ImportDocument> Documents { get; init; } = [];
    public IReadOnlyList<ImportSubprocessor> Subprocessors { get; init; } = [];
    public ImportAgreement? Agreement { get; init; }
    public IReadOnlyList<ImportOwner> Owners { get; init; } = [];
    public IReadOnlyList<ImportDeal> Deals { get; init; } = []; // empty where they were handed on one by one
    public int DealCount { get; init; }
    public DealColumns DealsSay { get; init; } = DealColumns.None; // the columns that their table has
}

/// <summary>The vendor himself: <c>vendor.yaml</c> without its topics and audiences.</summary>
public sealed record ImportVendor
{
    public required string Name { get; init; }
    public required string Host { get; init; } // one DNS label, lower case
    public string? Tagline { get; init; }
    public string? Accent { get; init; } // #rrggbb, lower case
    public ImportFile? Logo { get; init; }
    public string? Contact { get; init; } // e-mail
    public string? Website { get; init; } // absolute, http or https
    public IReadOnlyList<string> Products { get; init; } = [];
    public IReadOnlyList<string> Plans { get; init; } = [];
    public IReadOnlyList<string> Regions { get; init; } = [];
    public required string Currency { get; init; } // ISO 4217, upper case
    public IReadOnlyList<string> Languages { get; init; } = []; // BCP 47, that of the originals first; none: not said
}

/// <summary>A file inside the folder: no link, not empty, not too long. <see cref="Path"/> can be opened.</summary>
public sealed record ImportFile
{
    public required string Name { get; init; } // as written in the row, "/" between folders
    public required string Path { get; init; }
    public required long Length { get; init; } // bytes
}

public sealed record ImportTopic
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public string? Summary { get; init; }
}

public sealed record ImportAudience
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public string? Why { get; init; } // one sentence: why this page matters to them
    public IReadOnlyList<string> Topics { get; init; } = []; // topic keys in the order of the page
    public ImportMore? More { get; init; }
}

/// <summary>Where an audience reads on. <see cref="Address"/> is http, https, mailto or a path that begins with one "/".</summary>
public sealed record ImportMore(string Label, string Address);

public sealed record ImportSubprocessor
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public string? Purpose { get; init; }
    public string? Location { get; init; }
    public string? Website { get; init; }
    public IReadOnlyList<string> Products { get; init; } = [];
    public DateOnly? Since { get; init; }
}

/// <summary>The confidentiality agreement. <see cref="Body"/> is Markdown.</summary>
public sealed record ImportAgreement
{
    public required string Title { get; init; }
    public required string Version { get; init; }
    public required string Body { get; init; }
}
