using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Pages;
using TrustCenter.Staff;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter.Claims;

/// <summary>What the editor of one claim shows: what stands, and over it what was typed.</summary>
public sealed record ClaimView
{
    public Guid? Id { get; init; } // null: not saved yet
    public Claim? Claim { get; init; }
    public TypedForm Form { get; init; } = TypedForm.Empty;
    public required ClaimWording Wording { get; init; } // as typed, else as it stands
    public bool IsPreview { get; init; } // typed, shown, not saved
    public bool IsConflict { get; init; } // typed over something that was changed meanwhile
    public string Reason { get; init; } = ""; // typed for a withdrawal
    public string Said { get; init; } = ""; // typed as a comment
    public IReadOnlyList<Problem> Problems { get; init; } = [];
    public required IReadOnlyList<EvidenceTitle> Evidence { get; init; }
    public required IReadOnlyList<PublicEvidence> Documents { get; init; } // what readers are shown of them
    public required DateOnly Today { get; init; } // UTC
    public required StaffNames Names { get; init; }
    public WorkingHours Hours { get; init; } = new(); // the vendor's zone, in which hours are typed

    public int Edit => Claim?.Edits ?? 0;

    /// <summary>What the next save builds on: what the form showed, so that nobody overwrites what he did not see. After a conflict was shown, what stands.</summary>
    public string BasedOnEdit => IsConflict ? Number(Edit) : Form.Or("edit", Number(Edit));


    public string Title => Wording.Statement.Length == 0 ? "Write a claim" : EditorWords.Cut(StatementMarkdown.ToText(Wording.Statement), 90);

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal static async Task<ClaimView> Of(Desk desk, Guid? id, Claim? claim, TypedForm? form = null, ClaimWording? typed = null) => new()
    {
        Id = id,
        Claim = claim,
        Form = form ?? TypedForm.Empty,
        Wording = typed ?? claim?.Working ?? Blank,
        Problems = form?.Problems ?? [],
        Evidence = await EvidenceTitle.Read(desk),
        Documents = await desk.Store.Query(sql => PageReader.Documents(sql, desk.User.Scope.Tenant), desk.Stop),
        Today = desk.Today,
        Names = await desk.Names(),
        Hours = (await desk.Engine.Settings(desk.User.Scope, desk.Stop)).Hours,
    };

    private static readonly ClaimWording Blank = new() { Statement = "", Topic = "", Status = ClaimStatus.InPlace, Owner = "" };
}

/// <summary>A document that a claim can point to.</summary>
public sealed record EvidenceTitle(Guid Id, string Title)
{
    internal static async Task<IReadOnlyList<EvidenceTitle>> Read(Desk desk)
        => await desk.Store.Query(sql => sql.Query("select id, title, case when published is not null and version = 0 then 1 else 0 end from evidence_rows where tenant = @tenant order by title", r => new EvidenceTitle(r.Id(0), r.Int(2) == 0 ? r.Text(1) : r.Text(1) + " (withdrawn)"), ("@tenant", desk.User.Scope.Tenant)), desk.Stop);
}
