using System.Globalization;
using TrustCenter.Prospects;

namespace TrustCenter.Tests.Abuse;

/// <summary>The code from the mail: one use, five tries, one browser.</summary>
[Collection(AbuseCases.Name)]
public sealed class CodeTests(AbuseHouse house)
{
    [Fact, Trait("Case", "T-011")]
    public async Task A_code_works_once_for_one_address_in_one_browser_on_one_link()
    {
        var (link, _) = await house.Share();
        var (other, _) = await house.Share();
        var (ana, bo) = (house.NewEmail(), house.NewEmail());
        using var first = house.North.Visitor();
        using var second = house.North.Visitor();
        using var stranger = house.North.Visitor();
        var room = await TestHouse.Ask(first, link, ana);
        var code = (await house.North.Code(ana))!;
        var page = await first.Get(room);
        (await stranger.Post(room + "/code-tries", ("code", code))).Status.ShouldBe(404); // another browser

        foreach (var (elsewhere, email) in new[] { (link, bo), (other, ana) }) // another address, another link; its own code may be the same once in a million
        {
            var place = await TestHouse.Ask(second, elsewhere, email);
            if (await house.North.Code(email) == code) continue;
            (await second.Submit(await second.Get(place), "/code-tries", ("code", code))).Status.ShouldBe(422);
        }

        var before = first.Cookies.Single();
        (await first.Submit(page, "/code-tries", ("code", code))).Status.ShouldBe(303);
        using var replay = house.North.Visitor();
        replay.Cookies[before.Key] = before.Value;
        (await replay.Submit(page, "/code-tries", ("code", code))).Status.ShouldBe(404); // the same browser's cookie of before
    }

    [Fact, Trait("Case", "T-011")]
    public async Task Five_wrong_codes_burn_it()
    {
        var (link, _) = await house.Share();
        var email = house.NewEmail();
        using var browser = house.North.Visitor();
        var room = await TestHouse.Ask(browser, link, email);
        var (page, code) = (await browser.Get(room), (await house.North.Code(email))!);
        for (var n = 0; n < MailedCode.MostTries; n++) (await browser.Submit(page, "/code-tries", ("code", Wrong(code, n)), ("command", Guid.NewGuid().ToString()))).Status.ShouldBe(422);
        (await browser.Submit(page, "/code-tries", ("code", code), ("command", Guid.NewGuid().ToString()))).Status.ShouldBe(422);
        (await browser.Get(room)).Dom.QuerySelector("form").ShouldBeNull();
    }

    [Fact, Trait("Case", "T-011")]
    public async Task Of_two_thousand_guesses_at_once_five_are_looked_at()
    {
        var (link, _) = await house.Share();
        var email = house.NewEmail();
        using var browser = house.North.Visitor();
        var room = await TestHouse.Ask(browser, link, email);
        var (action, fields) = Browser.FormOf(await browser.Get(room), "/code-tries");
        var (code, wrongBefore) = ((await house.North.Code(email))!, await WrongTries());
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (n, _) =>
            (await browser.Post(action, [.. fields.Where(f => f.Name is not ("code" or "command")), ("code", Wrong(code, n)), ("command", Guid.NewGuid().ToString())])).Status.ShouldBe(422));

        var visit = (await house.App.Engine.Read<Visit>(house.North.Scope.Id<Visit>(Guid.Parse(room.Split('/')[^1]))))!;
        visit.Tries.ShouldBe(MailedCode.MostTries);
        visit.CodeHash.ShouldBeNull();
        (await WrongTries() - wrongBefore).ShouldBe(MailedCode.MostTries);
        (await browser.Post(action, [.. fields.Where(f => f.Name is not ("code" or "command")), ("code", code), ("command", Guid.NewGuid().ToString())])).Status.ShouldBe(422);
    }

    [Fact, Trait("Case", "T-011"), Trait("Long", "yes")]
    public async Task A_code_that_was_never_mailed_cannot_be_guessed()
    {
        var (link, _) = await house.Share();
        using var browser = house.North.Visitor();
        var room = await TestHouse.Ask(browser, link, "nobody@elsewhere.example");
        (await house.North.Code("nobody@elsewhere.example")).ShouldBeNull();
        (await RightCodes(Guid.Parse(room.Split('/')[^1]))).ShouldBe(0); // no mail left, so whoever knows a code has guessed it
    }

    // How many of all codes would open this visit.
    private async Task<int> RightCodes(Guid visitId)
    {
        var visit = (await house.App.Engine.Read<Visit>(house.North.Scope.Id<Visit>(visitId)))!;
        return Enumerable.Range(0, 1_000_000).AsParallel().Count(guess => Convert.ToHexStringLower(house.Keys.CodeHash(visitId, guess.ToString("D6", CultureInfo.InvariantCulture))) == visit.CodeHash);
    }

    [Fact, Trait("Case", "T-011")]
    public async Task A_code_sent_twice_by_a_double_click_leaves_the_reader_inside()
    {
        var (link, _) = await house.Share(("documents", house.North.Architecture.ToString()), ("agreement", ""));
        for (var n = 0; n < 10; n++)
        {
            var email = house.NewEmail();
            using var browser = house.North.Visitor();
            var room = await TestHouse.Ask(browser, link, email);
            var (action, fields) = Browser.FormOf(await browser.Get(room), "/code-tries", ("code", (await house.North.Code(email))!));
            var both = await Task.WhenAll(browser.Post(action, [.. fields]), browser.Post(action, [.. fields]));
            both.ShouldContain(a => a.Status == 303);
            (await browser.Get(room)).Status.ShouldBe(200, $"attempt {n}");
        }
    }

    [Fact, Trait("Case", "T-013")]
    public async Task A_second_request_leaves_the_first_code_alive()
    {
        var (link, _) = await house.Share();
        var email = house.NewEmail();
        using var first = house.North.Visitor();
        using var second = house.North.Visitor();
        var room = await TestHouse.Ask(first, link, email);
        var code = (await house.North.Code(email))!;
        await TestHouse.Ask(second, link, email);
        await TestHouse.Ask(first, link, email);
        (await first.Submit(await first.Get(room), "/code-tries", ("code", code))).Status.ShouldBe(303);
    }

    [Fact, Trait("Case", "T-014")]
    public async Task Who_got_the_link_forwarded_proves_his_own_address()
    {
        var (link, _) = await house.Share();
        var guest = await house.Enter(link);
        using var forwarded = house.North.Visitor();
        (await forwarded.Get(guest.Room)).Fingerprint.ShouldBe((await forwarded.Get($"/room/{Guid.NewGuid()}")).Fingerprint);
        var page = await forwarded.Get(link);
        page.Dom.QuerySelector("input[name=email]").ShouldNotBeNull();
        page.Text.ShouldNotContain(guest.Email);
        var own = await TestHouse.Ask(forwarded, link, house.NewEmail());
        own.ShouldNotBe(guest.Room);
        (await forwarded.Get(own)).Dom.QuerySelector("input[name=code]").ShouldNotBeNull();
        (await forwarded.Get(guest.Room)).Status.ShouldBe(404);

        var cookie = guest.Browser.Cookies.Single().Value;
        (await house.VisitOf(guest)).Secret.ShouldBe(Visit.HashOf(cookie));
        foreach (var guessed in new[] { link[3..], guest.VisitId.ToString("N"), (await house.VisitOf(guest)).Secret, guest.Email, "" })
        {
            forwarded.Cookies[$"__Host-room-{guest.VisitId:N}"] = guessed;
            (await forwarded.Get(guest.Room)).Status.ShouldBe(404, guessed);
        }
    }

    [Fact, Trait("Case", "T-023")]
    public async Task The_readers_cookie_is_bound_to_host_and_transport_and_new_at_every_step()
    {
        var (link, _) = await house.Share();
        var email = house.NewEmail();
        using var browser = house.North.Visitor();
        browser.Cookies["__Host-room-" + Guid.NewGuid().ToString("N")] = "planted";
        var asked = await browser.Submit(await browser.Get(link), link, ("email", email));
        var room = asked.Location!;
        var name = $"__Host-room-{Guid.Parse(room.Split('/')[^1]):N}";
        var steps = new List<Answer> { asked };
        var values = new List<string> { browser.Cookies[name] };
        steps.Add(await browser.Submit(await browser.Get(room), "/code-tries", ("code", (await house.North.Code(email))!)));
        values.Add(browser.Cookies[name]);
        steps.Add(await browser.Submit(await browser.Get(room), "/acceptances", ("agree", "yes")));
        values.Add(browser.Cookies[name]);
        values.Distinct().Count().ShouldBe(3);
        values.ShouldAllBe(v => v.Length >= 43); // 256 bits in base64url
        foreach (var step in steps)
        {
            var parts = step.Headers["Set-Cookie"].Split(';', StringSplitOptions.TrimEntries);
            parts[0].ShouldStartWith(name + "=");
            parts.ShouldContain("secure");
            parts.ShouldContain("httponly");
            parts.ShouldContain("path=/");
            parts.ShouldContain(p => p == "samesite=lax" || p == "samesite=strict");
            parts.ShouldNotContain(p => p.StartsWith("domain", StringComparison.OrdinalIgnoreCase));
        }

        using var thief = house.North.Visitor();
        foreach (var old in values[..2]) // fixation: what was known before the step is worth nothing after it
        {
            thief.Cookies[name] = old;
            (await thief.Get(room)).Status.ShouldBe(404);
        }
        (await browser.Get(room)).Status.ShouldBe(200);
    }

    private Task<long> WrongTries() => house.Count("select count(*) from entries where what in ('visit.code_wrong', 'visit.code_burnt')");

    // Any code but this one.
    private static string Wrong(string code, int n) => ((int.Parse(code, CultureInfo.InvariantCulture) + 1 + n) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
}
