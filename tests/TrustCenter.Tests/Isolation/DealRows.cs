using TrustCenter.Deals;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Isolation;

/// <summary>The deals room.</summary>
internal static class DealRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        Rows.Staff("Deals", Role.Rep),
        Rows.Staff("NewDeal", Role.Rep),
        Rows.Staff("RecordDeal", Role.Rep, form: stage => Task.FromResult(Form(stage, Guid.CreateVersion7(), 0))),
        Rows.Staff("ExportDeals", Role.DecisionMaker, form: _ => Task.FromResult<List<(string, string)>>([("text", "")])),
        Rows.Staff("Deal", Role.Rep, stage => Task.FromResult(Values(stage))),
        Rows.Staff("ChangeDeal", Role.Rep, stage => Task.FromResult(Values(stage)), async stage => Form(stage, Guid.CreateVersion7(), (await stage.App.Engine.Read<Deal>(stage.A.Scope.Id<Deal>(stage.OwnDeal)))!.Version)),
    ];

    private static Dictionary<string, string> Values(Stage stage) => new() { ["deal"] = stage.OwnDeal.ToString() };

    private static List<(string, string)> Form(Stage stage, Guid command, int version) =>
    [
        ("command", command.ToString()), ("version", version.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("account", $"Acme {command:N}"), ("domain", "acme.com"), ("product", "Ledger"), ("amount", "1200"),
        ("currency", "EUR"), ("stage", "Review"), ("opened", "2026-10-01"), ("closed", ""), ("owner", "Rosa Lindqvist"), ("outcome", "Open"), ("factor", "Blocked"),
        ("reason", "data location"), ("saidBy", "BuyersWords"), ("claim", stage.A.PublicClaim.ToString()), ("requirement", ""),
    ];
}
