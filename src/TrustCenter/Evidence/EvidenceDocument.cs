using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Store;

namespace TrustCenter.Evidence;

/// <summary>
/// A document that proves claims. Each upload is a version of its own that stays what it was; it is shown only after somebody else
/// than its uploader approved it.
/// </summary>
public sealed partial record EvidenceDocument : IState<EvidenceDocument>
{
    public IReadOnlyList<EvidenceVersion> Versions { get; init; } = []; // published, oldest first
    public EvidenceVersion? Waiting { get; init; } // uploaded, waits for approval
    public string? Returned { get; init; } // why the last upload was not approved
    public string? Key { get; init; } // the name that a folder gave it; null for one that was brought here

    public EvidenceWithdrawal? Withdrawal { get; init; } // asked for; waits, or was declined
    public IReadOnlyList<EvidenceWithdrawal>? Withdrawals { get; init; } // approved, oldest first; null: none

    static string IState<EvidenceDocument>.Kind => "evidence";
    static JsonTypeInfo<EvidenceDocument> IState<EvidenceDocument>.Json => EvidenceJson.Default.EvidenceDocument;

    /// <summary>The newest published version, whether it stands or was withdrawn; null before the first.</summary>
    [JsonIgnore] public EvidenceVersion? Latest => Versions.Count == 0 ? null : Versions[^1];

    /// <summary>The version that is shown and handed out; null before the first and after a withdrawal.</summary>
    [JsonIgnore] public EvidenceVersion? Current => Latest is { } latest && Stands(latest) ? latest : null;

    [JsonIgnore] public EvidenceVersion Newest => Waiting ?? Latest!;

    [JsonIgnore] public IEnumerable<EvidenceVersion> AllVersions => Waiting is { } waiting ? [waiting, .. Versions] : Versions;

    /// <summary>A published version that was not withdrawn, nor any after it.</summary>
    public EvidenceVersion? Version(int number) => Versions.FirstOrDefault(v => v.Number == number && Stands(v));

    public Decision<EvidenceDocument> Upload(UploadEvidence command, Actor by, DateTimeOffset now)
    {
        if (command.Version.Problems() is { Count: > 0 } problems) return Decision<EvidenceDocument>.Refuse(problems);
        var version = command.Version with { Number = (Latest?.Number ?? 0) + 1, Uploader = by.Id, At = now, Approver = null };
        return Change(this with { Waiting = version, Returned = null, Key = Key ?? command.Key }, "evidence.uploaded", version, isPublic: false) with { Files = command.Files };
    }

    public Decision<EvidenceDocument> Approve(ApproveEvidence command, Actor by, DateTimeOffset now)
    {
        if (Waiting is not { } waiting || Returned is not null) return Decision<EvidenceDocument>.Refuse("", "No upload waits for approval here.");
        if (command.Sha != waiting.File.Sha || (command.UploadedAt ?? Micros.From(waiting.At)) != Micros.From(waiting.At)) return new Outcome.Stale(waiting.Number);
        if (by.Id == waiting.Uploader) return Decision<EvidenceDocument>.Refuse("", "The approver must be someone other than the uploader. Ask a colleague to look at it.");
        if (waiting is { IsGated: true, Template: null } && !command.MayGoUnmarked)
            return Decision<EvidenceDocument>.Refuse("unmarked", "This file cannot bear a mark. Confirm that it may be handed out without one, or return it.");
        var version = waiting with { Approver = by.Id, At = now, MayGoUnmarked = waiting.Template is null && command.MayGoUnmarked };
        return Change(this with { Versions = [.. Versions, version], Waiting = null }, "evidence.published", version, isPublic: true);
    }

    /// <summary>The uploader's file without its metadata; he stays its uploader, so whoever removed them may not approve for that alone.</summary>
    public Decision<EvidenceDocument> Clean(CleanEvidence command, DateTimeOffset now)
    {
        if (Waiting is not { } waiting) return Decision<EvidenceDocument>.Refuse("", "No upload waits here any more.");
        if (command.Sha != waiting.File.Sha) return new Outcome.Stale(waiting.Number);
        var version = waiting with { File = command.Version.File, Template = command.Version.Template, Pages = command.Version.Pages, Metadata = command.Version.Metadata, At = now };
        return Change(this with { Waiting = version }, "evidence.cleaned", version, isPublic: false) with { Files = command.Files };
    }

    public Decision<EvidenceDocument> Return(ReturnEvidence command)
    {
        if (Waiting is not { } waiting || Returned is not null) return Decision<EvidenceDocument>.Refuse("", "No upload waits for approval here.");
        if ((command.Sha ?? waiting.File.Sha) != waiting.File.Sha) return new Outcome.Stale(waiting.Number);
        if (string.IsNullOrWhiteSpace(command.Comment) || command.Comment.Length > 2_000) return Decision<EvidenceDocument>.Refuse("comment", "Say what should change, so that the uploader can go on.");
        return Change(this with { Returned = command.Comment.Trim() }, "evidence.returned", waiting, isPublic: false);
    }

    /// <summary>A colleague opens one of its files: the entry is durable before the first byte flows (DESIGN, invariant 5).</summary>
    public Decision<EvidenceDocument> Read(ReadEvidence command)
        => AllVersions.FirstOrDefault(v => v.File.Sha == command.Sha) is { } version ? Change(this, "evidence.read_by_staff", version, isPublic: false) : Decision<EvidenceDocument>.Missing;

    public IEnumerable<ViewRow> Rows(AggregateId id)
    {
        var newest = Newest;
        yield return new ViewRow("evidence_rows", id.Key,
            ("title", newest.Title), ("kind", newest.Kind), ("class", newest.Class), ("version", Current?.Number ?? 0), ("valid_until", (Current ?? newest).ValidUntil),
            ("stage", Stage), ("author", !IsUploadWaiting && Asked is { } asked ? asked.Asker : newest.Uploader), ("changed", newest.At), ("published", PublicJson(id)));
    }

    private string? PublicJson(AggregateId id) => Latest is not { } latest ? null
        : JsonSerializer.Serialize(new PublicEvidence(id.Key, latest.Number, latest.Title, latest.Kind, latest.Class, latest.From, latest.To, latest.ValidUntil, latest.At, latest.Pages, latest.File.Length, latest.File.Sha, Withdrawn?.At, Withdrawn?.Reason), EvidenceJson.Default.PublicEvidence);

    private static Decision<EvidenceDocument> Change(EvidenceDocument next, string what, EvidenceVersion version, bool isPublic)
    {
        Fact[] facts = [new("version", version.Number.ToString(CultureInfo.InvariantCulture)), new("sha256", version.File.Sha), new("class", version.Class.ToString()), new("unmarked", version.MayGoUnmarked ? "yes" : "no")];
        return new(new Outcome.Done(version.Number)) { State = next, Happenings = [new Happening(what, facts) { IsPublic = isPublic, PublicFacts = facts[..2] }] };
    }
}

public sealed record UploadEvidence : Command<EvidenceDocument>
{
    public required EvidenceVersion Version { get; init; } // number, uploader and time are given by the decision
    public required IReadOnlyList<StagedFile> Files { get; init; } // the file and, where it can be marked, its template
    public string? Key { get; init; } // the folder's name for it

    public override Decision<EvidenceDocument> Decide(EvidenceDocument? document, Actor by, DateTimeOffset now) => (document ?? new EvidenceDocument()).Upload(this, by, now);
}

public sealed record ApproveEvidence : Command<EvidenceDocument>
{
    public required string Sha { get; init; } // of the file that the approver saw
    public long? UploadedAt { get; init; } // microseconds; the same file may wait again under another title or class
    public bool MayGoUnmarked { get; init; }

    public override Decision<EvidenceDocument> Decide(EvidenceDocument? document, Actor by, DateTimeOffset now) => document?.Approve(this, by, now) ?? Decision<EvidenceDocument>.Missing;
}

public sealed record CleanEvidence : Command<EvidenceDocument>
{
    public required string Sha { get; init; } // of the file that was cleaned
    public required EvidenceVersion Version { get; init; } // its file, template and pages count
    public required IReadOnlyList<StagedFile> Files { get; init; }

    public override Decision<EvidenceDocument> Decide(EvidenceDocument? document, Actor by, DateTimeOffset now) => document?.Clean(this, now) ?? Decision<EvidenceDocument>.Missing;
}

public sealed record ReturnEvidence : Command<EvidenceDocument>
{
    public required string Comment { get; init; }
    public string? Sha { get; init; } // of the file that the approver saw; null: not asked

    public override Decision<EvidenceDocument> Decide(EvidenceDocument? document, Actor by, DateTimeOffset now) => document?.Return(this) ?? Decision<EvidenceDocument>.Missing;
}

public sealed record ReadEvidence : Command<EvidenceDocument>
{
    public required string Sha { get; init; }

    public override Decision<EvidenceDocument> Decide(EvidenceDocument? document, Actor by, DateTimeOffset now) => document?.Read(this) ?? Decision<EvidenceDocument>.Missing;
}

[JsonSerializable(typeof(EvidenceDocument))]
[JsonSerializable(typeof(PublicEvidence))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class EvidenceJson : JsonSerializerContext;
