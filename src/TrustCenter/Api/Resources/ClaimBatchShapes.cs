using System.ComponentModel;
using TrustCenter.Claims;

namespace TrustCenter.Api;

public sealed record NewPublicationsShape([property: Description("At most 100.")] IReadOnlyList<SeenEditShape> Claims);

public sealed record SeenEditShape(Guid Claim, [property: Description("The edit that you read and approve.")] int Edit);

public sealed record NewChecksShape([property: Description("At most 100.")] IReadOnlyList<SeenVersionShape> Claims,
    [property: Description("The day on which they were looked at.")] DateOnly Checked,
    [property: Description("The day by which they are looked at again.")] DateOnly ReviewBy,
    [property: Description("Becomes a comment on each of them.")] string? Note = null);

public sealed record SeenVersionShape(Guid Claim, [property: Description("The published version that was looked at.")] int Version);

public sealed record ClaimBatchShape(Guid Id, BatchAct Act, Guid By, DateTimeOffset At, int Claims,
    [property: Description("Claim by claim; absent while it is under way.")] IReadOnlyList<BatchResultShape>? Results = null)
{
    internal static ClaimBatchShape Of(Guid id, ClaimBatch b) => new(id, b.Act, b.By, b.At, b.Items.Count, b.Results?.Select(r => new BatchResultShape(r.Claim, r.IsDone ? r.Number : null, r.Says)).ToList());
}

public sealed record BatchResultShape(Guid Claim,
    [property: Description("The version that was published, or the edit that waits for approval.")] int? Number = null,
    [property: Description("Why it was not done.")] string? Says = null);
