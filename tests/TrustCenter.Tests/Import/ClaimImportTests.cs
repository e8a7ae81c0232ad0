using TrustCenter.Import;

namespace TrustCenter.Tests.Import;

public sealed class ClaimImportTests
{
    private const string Evidence = "key,title,kind,class,file\npolicy,Policy,policy,public,a.pdf\n";

    [Fact]
    public void A_claim_says_the_same_in_every_format()
    {
        const string yaml = """
            - key: backups
              statement: |
                Backups are made every night.
                They are restored every month.
              topic: Data protection
              status: in place
              products: [Ledger, Vault]
              plans: Team
              owner: Head of Security
              checked: 2026-01-05
              reviewBy: 2026-07-05
              frameworks: ["SOC2:A1.2", "ISO27001-2022:A.8.13"]
              visibility: room
              why: {buyers: Your data comes back.}
              evidence: [policy]
            """;
        const string json = """{"key":"backups","statement":"Backups are made every night.\nThey are restored every month.","topic":"data","status":"in place","products":["Ledger","Vault"],"plans":"Team","regions":null,"owner":"Head of Security","checked":"2026-01-05","reviewBy":"2026-07-05","frameworks":["SOC2:A1.2","ISO27001-2022:A.8.13"],"visibility":"room","why":{"buyers":"Your data comes back."},"evidence":["policy"]}""";
        const string csv = "Key,statement,topic,status,products,plans,owner,checked,reviewBy,frameworks,visibility,why.buyers,evidence\n"
            + "backups,\"Backups are made every night.\nThey are restored every month.\",data,In Place,Ledger; Vault,Team,Head of Security,2026-01-05,2026-07-05,SOC2:A1.2;ISO27001-2022:A.8.13,room,Your data comes back.,policy\n";

        var claims = new[] { ("claims.yaml", yaml), ("claims.jsonl", json), ("claims.csv", csv) }.Select(file => Read(file.Item1, file.Item2)).ToList();

        claims.ShouldAllBe(c => c == claims[0]);
        claims[0].ShouldStartWith("""{"Key":"backups","Statement":"Backups are made every night.\nThey are""");
        claims[0].ShouldContain("\"Topic\":\"data\",\"Status\":0,\"Products\":[\"Ledger\",\"Vault\"],\"Plans\":[\"Team\"]");
        claims[0].ShouldContain("\"Why\":{\"buyers\":\"Your data comes back.\"},\"Evidence\":[\"policy\"]");

        static string Read(string name, string text)
        {
            using var folder = new ImportTestFolder().Write("files/a.pdf", "%PDF").Write("evidence.csv", Evidence).Write(name, text);
            var reading = folder.Read();
            reading.Errors.ShouldBeEmpty();
            reading.Warnings.ShouldBeEmpty();
            return System.Text.Json.JsonSerializer.Serialize(reading.Content.Claims.ShouldHaveSingleItem());
        }
    }

    [Theory]
    [InlineData("key: a\n  statement: s\n  topic: nowhere\n  status: planned", 3, "topic", "unknown topic")]
    [InlineData("key: a\n  statement: s\n  topic: data\n  status: soon", 4, "status", "unknown word")]
    [InlineData("key: a\n  topic: data\n  status: planned", 1, "statement", "missing value")]
    [InlineData("key: A b\n  statement: s\n  topic: data\n  status: planned", 1, "key", "not a key")]
    [InlineData("key: a\n  statement: s\n  topic: data\n  status: planned\n  evidence: [x]", 5, "evidence", "unknown document")]
    [InlineData("key: a\n  statement: s\n  topic: data\n  status: planned\n  why: {y: z}", 5, "why", "unknown audience")]
    [InlineData("key: a\n  statement: s\n  topic: data\n  status: planned\n  why: z", 5, "why", "wrong shape")]
    [InlineData("key: a\n  statement: [s]\n  topic: data\n  status: planned", 2, "statement", "wrong shape")]
    [InlineData("key: a\n  statement: s\n  topic: data\n  status: planned\n  frameworks: [SOC2]", 5, "frameworks", "not a framework")]
    [InlineData("key: a\n  statement: s\n  topic: data\n  status: planned\n  checked: 2026-02-30", 5, "checked", "not a date")]
    [InlineData("key: a\n  statement: s\n  topic: data\n  status: planned\n  checked: 2026-02-03\n  reviewBy: 2026-02-02", 6, "reviewBy", "wrong order")]
    public void A_wrong_claim_is_named_by_line_and_column(string claim, int row, string column, string kind)
    {
        using var folder = new ImportTestFolder().Write("claims.yaml", "- " + claim);
        var error = folder.OnlyError();
        (error.File, error.Row, error.Column, error.Kind).ShouldBe(("claims.yaml", row, column, kind));
    }

    [Fact]
    public void A_statement_has_a_longest_length()
    {
        using var folder = new ImportTestFolder().Write("claims.csv",
            $"key,statement,topic,status\na,{new string('x', 2_000)},data,planned\nb,{new string('x', 2_001)},data,planned\n");
        folder.OnlyError().Reason.ShouldContain("2,001 characters; at most 2,000");
    }

    [Theory]
    [InlineData("{\"key\":\"a\"", "not readable JSON")]
    [InlineData("[1]", "not readable JSON")]
    [InlineData("{\"key\":\"a\",\"key\":\"b\"}", "not readable JSON")]
    [InlineData("{\"key\":\"a\",\"KEY\":\"b\"}", "not readable JSON")]
    [InlineData("{\"key\":\"\\ud800\"}", "not readable JSON")]
    [InlineData("{\"\\ud800\":\"a\"}", "not readable JSON")]
    [InlineData("{\"key\":[[[[[[1]]]]]]}", "not readable JSON")]
    public void A_broken_line_of_json_is_named(string line, string kind)
    {
        using var folder = new ImportTestFolder().Write("claims.jsonl", "\n" + line + "\n");
        var error = folder.Read().Errors[0];
        (error.Row, error.Kind).ShouldBe((2, kind));
    }

    [Fact]
    public void Two_files_of_claims_are_an_error()
    {
        using var folder = new ImportTestFolder().Write("claims.csv", "key,statement,topic,status\n").Write("claims.yaml", "- {key: a, statement: s, topic: data, status: planned}");
        folder.OnlyError().Kind.ShouldBe("two files");
    }

    [Fact]
    public void A_deal_may_name_a_claim_that_was_imported_before()
    {
        using var folder = new ImportTestFolder().Write("deals.csv", "key,account,outcome,claim\nd1,A,lost,backups\n");
        ImportFolder.Read(folder.Root, new ImportKnown { Claims = new HashSet<string> { "backups" } }).MayApply.ShouldBeTrue();
        folder.OnlyError().Kind.ShouldBe("unknown claim");
    }
}
