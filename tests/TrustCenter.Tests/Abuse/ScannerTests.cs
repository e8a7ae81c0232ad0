using System.Net;
using TrustCenter.Prospects;

namespace TrustCenter.Tests.Abuse;

/// <summary>Mail scanners and chat previews open every link before its reader does.</summary>
[Collection(AbuseCases.Name)]
public sealed class ScannerTests(AbuseHouse house)
{
    private const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
    private static readonly string[] Agents = ["", Chrome, "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5", "facebookexternalhit/1.1"];
    private static readonly string[] Rewritten = ["", "?url=https%3A%2F%2Fnorth.localhost%2F&data=05%7C02%7Cana%40acme.com&sdata=x&reserved=0", "?utm_source=mail", "?code=123456&email=ana@acme.com"];

    [Fact, Trait("Case", "T-009")]
    public async Task Fifty_scanners_change_nothing_and_the_humans_click_still_works()
    {
        var (link, _) = await house.Share();
        var email = house.NewEmail();
        using var human = house.North.Visitor();
        var room = await TestHouse.Ask(human, link, email); // the code's mail is scanned as well
        var before = await house.Traces();
        HttpMethod[] methods = [HttpMethod.Head, HttpMethod.Get, HttpMethod.Options, HttpMethod.Get];
        var answers = new List<Answer>();
        foreach (var ten in Enumerable.Range(0, 50).Chunk(10))
            answers.AddRange(await Task.WhenAll(ten.Select(async n =>
            {
                using var scanner = house.North.Visitor();
                return await scanner.Send(methods[n % methods.Length], (n % 3 == 0 ? room : link) + Rewritten[n % Rewritten.Length], null, ("User-Agent", Agents[n % Agents.Length]));
            })));

        answers.ShouldAllBe(a => !a.Headers.ContainsKey("Set-Cookie") && a.Status < 500);
        answers.Count(a => a.Status == 200).ShouldBeGreaterThan(10);
        (await house.Traces()).ShouldBe(before);
        (await human.Submit(await human.Get(room), "/code-tries", ("code", (await house.North.Code(email))!))).Status.ShouldBe(303);
        (await house.Enter(link)).Room.ShouldNotBeEmpty();
    }

    [Fact, Trait("Case", "T-010")]
    public async Task A_bot_that_sends_forms_cannot_use_up_the_link_or_the_code()
    {
        var (link, _) = await house.Share();
        var email = house.NewEmail();
        using var human = house.North.Visitor();
        var room = await TestHouse.Ask(human, link, email);

        using var bot = house.North.Visitor();
        for (var n = 0; n < 10; n++)
        {
            var own = await TestHouse.Ask(bot, link, n % 2 == 0 ? $"scan{n}@scanner.example" : house.NewEmail());
            for (var tries = 0; tries < MailedCode.MostTries; tries++) (await bot.Submit(await bot.Get(own), "/code-tries", ("code", $"00000{tries}"))).Status.ShouldBe(422);
            (await bot.Post(room + "/code-tries", ("code", (await house.North.Code(email))!))).Status.ShouldBe(404); // the human's own code, without his browser
        }
        (await human.Submit(await human.Get(room), "/code-tries", ("code", (await house.North.Code(email))!))).Status.ShouldBe(303);
        (await house.Enter(link)).Room.ShouldNotBeEmpty();
    }

    [Fact, Trait("Case", "T-025")]
    public async Task A_preview_shows_no_document_and_nobodys_name()
    {
        var (link, _) = await house.Share(("people", "ana.lopez@acme.com"), ("domains", ""), ("account", "Acme Secret Deal"), ("summary", "yes"));
        using var bot = house.North.Visitor();
        var page = await bot.Get(link, ("User-Agent", Agents[2]));
        page.Status.ShouldBe(200);
        string[] secrets = ["audit report", "architecture", "security policy", "ana", "acme", "Secret Deal", "two vaults"];
        secrets.Where(secret => page.Dom.Body!.TextContent.Contains(secret, StringComparison.OrdinalIgnoreCase) || page.Dom.Title!.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        page.Text.ShouldNotContain("og:", Case.Insensitive);
        secrets.Where(secret => page.Text.Replace("ana@company.com", "", StringComparison.Ordinal).Contains(secret + "@", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    [Fact, Trait("Case", "T-024")]
    public async Task Every_capability_address_is_private_and_loads_nothing_from_elsewhere()
    {
        var (link, id) = await house.Share();
        var guest = await house.Enter(link);
        var file = await TestHouse.Download(guest.Browser, guest.Room, house.North.Report.ToString());
        using var asking = house.North.Visitor();
        var share = await asking.Get(link);
        share.Headers.ContainsKey("Set-Cookie").ShouldBeFalse();
        var asked = await asking.Submit(share, link, ("email", house.NewEmail()));
        asked.Location!.ShouldStartWith("/room/");
        asked.Location!.ShouldNotContain(link[3..]);
        var code = await asking.Get(asked.Location!);
        code.Text.ShouldNotContain(link[3..]); // the token stays behind
        var answers = new List<Answer>
        {
            share, asked, code, await asking.Submit(share, link, ("email", "no address")), await asking.Submit(code, "/code-tries", ("code", "000000")), await asking.Submit(code, "/code-tries", ("code", "1")),
            await asking.Post(link, ("email", "a@acme.com")), await asking.Post(asked.Location! + "/code-tries", ("code", "000000")), await guest.Browser.Get(guest.Room), await guest.Browser.Get(file), await guest.Browser.Get(file, ("Range", "bytes=0-9")),
            await guest.Browser.Get(file, ("Range", "bytes=99999999-")), await guest.Browser.Send(HttpMethod.Head, file), await asking.Get("/s/none"), await asking.Get("/room/" + Guid.NewGuid()), await guest.Browser.Post(guest.Room + "/downloads", ("document", "x")),
            await guest.Browser.Send(HttpMethod.Post, link, new StringContent("{}", null, "application/json")), await guest.Browser.Send(HttpMethod.Post, guest.Room + "/acceptances", new ByteArrayContent([1, 2])),
            await guest.Browser.Get(file, ("If-None-Match", $"\"{file.Split('/')[^1]:N}\"")), await guest.Browser.Submit(await guest.Browser.Get(guest.Room), "/next-steps"),
        };
        await house.Revoke(id);
        answers.AddRange([await guest.Browser.Get(guest.Room), await guest.Browser.Get(file), await asking.Get(link)]);
        foreach (var answer in answers)
        {
            var what = $"{answer.Status} {answer.Text[..Math.Min(80, answer.Text.Length)]}";
            answer.Headers.GetValueOrDefault("Referrer-Policy").ShouldBe("no-referrer", what);
            answer.Headers.GetValueOrDefault("Cache-Control").ShouldBe("no-store", what);
            answer.Headers.GetValueOrDefault("X-Robots-Tag")!.ShouldContain("noindex", Case.Insensitive, what);
            answer.Headers.GetValueOrDefault("X-Content-Type-Options").ShouldBe("nosniff", what);
            answer.Headers.GetValueOrDefault("Content-Security-Policy")!.ShouldContain("default-src 'none'", Case.Sensitive, what);
            if (answer.Headers.GetValueOrDefault("Content-Type")?.StartsWith("text/html", StringComparison.Ordinal) == true)
                answer.Dom.QuerySelectorAll("script,link,img,iframe,object,embed,video,audio,source,base,meta[http-equiv]").Length.ShouldBe(0, what);
        }
    }
}
