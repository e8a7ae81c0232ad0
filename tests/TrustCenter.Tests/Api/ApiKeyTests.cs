using TrustCenter.Api;
using TrustCenter.Engine;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Api;

/// <summary>The decisions on a key.</summary>
public sealed class ApiKeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Ada = Actor.Staff(Guid.CreateVersion7());

    private static ApiKey Key(params Right[] scopes) => new() { Name = "release build", Scopes = scopes, Expires = Now.AddDays(90), TokenHash = new string('0', 64) };

    private static Decision<ApiKey> Make(ApiKey key, params Right[] held) => new MakeApiKey { Id = Guid.CreateVersion7(), Key = key, Held = held }.Decide(null, Ada, Now);

    [Fact]
    public void A_key_belongs_to_who_made_it()
    {
        var made = Make(Key(Right.Write, Right.ReadConsole, Right.Write) with { Creator = Guid.NewGuid(), Revoked = Now }, Right.ReadConsole, Right.Write).State.ShouldNotBeNull();

        (made.Creator, made.Created, made.Revoked).ShouldBe((Ada.Id, Now, null));
        made.Scopes.ShouldBe([Right.ReadConsole, Right.Write]);
    }

    [Fact, Trait("Case", "T-083")]
    public void A_key_can_do_nothing_that_its_maker_may_not()
    {
        foreach (var right in ApiScopes.All)
            foreach (var role in Enum.GetValues<Role>())
            {
                var decision = Make(Key(right), [.. Rights.Of(role)]);
                if (Rights.Of(role).Contains(right)) decision.State.ShouldNotBeNull();
                else decision.ShouldBeRefused("nothing that you may not do yourself");
            }
        Make(Key(Right.ReadConsole, Right.Approve), Right.ReadConsole).Fields().ShouldBe(["scopes"]);
    }

    [Theory, Trait("Case", "T-083")]
    [InlineData(Right.ManageKeys)]
    [InlineData(Right.ManageStaff)]
    [InlineData(Right.ReadMail)]
    public void No_key_makes_keys_or_staff_or_reads_codes(Right right) => Make(Key(right), Enum.GetValues<Right>()).ShouldBeRefused("nothing that a key can do");

    [Fact]
    public void A_key_has_a_name_a_scope_and_an_end()
    {
        Make(Key(Right.Write) with { Name = " " }, Right.Write).Fields().ShouldBe(["name"]);
        Make(Key(Right.Write) with { Name = new string('x', 61) }, Right.Write).Fields().ShouldBe(["name"]);
        Make(Key(), Right.Write).Fields().ShouldBe(["scopes"]);
        Make(Key(Right.Write) with { Expires = Now }, Right.Write).Fields().ShouldBe(["expires"]);
        Make(Key(Right.Write) with { Expires = Now.AddDays(367) }, Right.Write).Fields().ShouldBe(["expires"]);
    }

    [Fact, Trait("Case", "T-112")]
    public void A_revoked_key_stays_revoked()
    {
        var made = Make(Key(Right.Write), Right.Write).State!;
        made.IsOpen(Now).ShouldBeTrue();
        made.IsOpen(made.Expires).ShouldBeFalse();
        var revoked = new RevokeApiKey { Id = Guid.NewGuid() }.Decide(made, Ada, Now).State.ShouldNotBeNull();
        revoked.IsOpen(Now).ShouldBeFalse();
        new RevokeApiKey { Id = Guid.NewGuid() }.Decide(revoked, Ada, Now.AddDays(1)).State.ShouldBeNull();
        new MakeApiKey { Id = Guid.NewGuid(), Key = Key(Right.Write), Held = [Right.Write] }.Decide(revoked, Ada, Now).ShouldBeRefused("made already");
    }

    [Fact]
    public void A_token_has_256_random_bits_behind_a_known_prefix()
    {
        var tokens = Enumerable.Range(0, 1_000).Select(_ => ApiToken.New()).ToList();

        tokens.ShouldBeUnique();
        foreach (var token in tokens) System.Buffers.Text.Base64Url.DecodeFromChars(token.AsSpan(3)).Length.ShouldBe(32);
        tokens.ShouldAllBe(t => t.StartsWith("tc_", StringComparison.Ordinal) && ApiToken.IsOne(t));
        foreach (var no in new[] { "", "tc_", tokens[0] + "a", tokens[0][..^1], "tx_" + tokens[0][3..], tokens[0][..^1] + "=", tokens[0][..^1] + " ", tokens[0][..^1] + "ü" }) ApiToken.IsOne(no).ShouldBeFalse(no);
    }

    [Fact, Trait("Case", "T-095")]
    public void A_program_is_named_with_its_key_and_its_maker()
    {
        var (key, maker) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var actor = Actor.Program(key, maker);

        actor.ToString().ShouldBe($"key:{key:D} of staff:{maker:D}");
        actor.Id.ShouldBe(maker, "what the program wrote, its maker does not approve");
        actor.ShouldNotBe(Actor.Staff(maker));
    }
}
