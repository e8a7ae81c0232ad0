namespace TrustCenter.Tests.Isolation;

/// <summary>What anybody may call on a vendor's host, and machines.</summary>
internal static class PublicRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        Of("public home"), Of("public documents"), Of("public subprocessors"), Of("public updates"), Of("public feed"), Of("public trust.json"), Of("public manifest"), Of("public trust schema"),
        new("OpenApi", stage => Task.FromResult(new Call(stage.Platform, []))),
        Of("public logo"), Of("public logo as PNG"), Of("public check"), new("public search", stage => Task.FromResult(Visit(stage) with { Query = "?q=records" })), Of("public publications"),
        Of("public audience", ("audience", Stage.OwnAudience)),
        Claim("public claim"), Claim("public claim history"), German("public home in a language"), German("public audience in a language"), German("public claim in a language"), Claim("public choose difference", "?from=1&to=2"), Claim("public difference"),
        new("public document", stage => Task.FromResult(Visit(stage, ("evidence", stage.A.Policy.ToString()), ("version", "1")))),
        Of("security.txt"), Of("/health/live"), Of("/health/ready"), Of("/{*path}", ("path", "no/such/page")),
    ];

    private static Row Of(string route, params (string, string)[] values) => new(route, stage => Task.FromResult(Visit(stage, values)));

    private static Row Claim(string route, string query = "") => new(route, stage => Task.FromResult(Visit(stage, ("claim", stage.A.PublicClaim.ToString()), ("from", "1"), ("to", "2")) with { Query = query }));

    // A page in German is there once a claim was translated.
    private static Row German(string route) => new(route, async stage =>
    {
        var claim = (await stage.App.Engine.Read<TrustCenter.Claims.Claim>(stage.A.Scope.Id<TrustCenter.Claims.Claim>(stage.A.PublicClaim)))!;
        if (claim.LatestIn("de") is null) await stage.A.Translate(stage.A.PublicClaim, "de", "Alpha Records verschlüsselt alles.");
        await stage.App.Compiled(stage.A.Scope);
        return Visit(stage, ("language", "de"), ("audience", Stage.OwnAudience), ("claim", stage.A.PublicClaim.ToString()));
    });

    private static Call Visit(Stage stage, params (string Name, string Value)[] values) => new(stage.Anybody, values.ToDictionary(v => v.Name, v => v.Value));
}
