using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Mail;
using TrustCenter.Prospects;

namespace TrustCenter.Tests.Abuse;

/// <summary>What must not be told: whether an address is on the list, and every secret to the disk or the log.</summary>
[Collection(AbuseCases.Name)]
public sealed class SecrecyTests(AbuseHouse house)
{
    private const int Samples = 300;
    private const double Alike = 0.05; // of the median

    [Fact, Trait("Case", "T-007")]
    public async Task An_address_on_the_list_and_one_that_is_not_get_the_same_answers_at_every_step()
    {
        var (link, _) = await house.Share();
        var (known, unknown) = (await Steps(link, house.NewEmail()), await Steps(link, "nobody@elsewhere.example"));
        known.Count.ShouldBe(10);
        for (var step = 0; step < known.Count; step++) unknown[step].ShouldBe(known[step], $"step {step}");
    }

    [Fact, Trait("Case", "T-007"), Trait("Long", "yes")]
    public async Task An_address_on_the_list_takes_no_longer_and_no_shorter()
    {
        var runs = new List<string>();
        for (var run = 0; run < 3; run++)
        {
            var (known, unknown) = await Times();
            var difference = Math.Abs(known - unknown) / Math.Min(known, unknown);
            if (difference <= Alike) return;
            runs.Add($"{known:0.000} ms and {unknown:0.000} ms");
        }
        runs.ShouldBeEmpty("three of three runs differ");
    }

    [Theory, Trait("Case", "T-008")]
    [InlineData(200)]
    public Task No_secret_lies_on_the_disk_or_in_the_log(int links) => Search(links);

    [Fact, Trait("Case", "T-008"), Trait("Long", "yes")]
    public Task No_secret_of_ten_thousand_links_lies_on_the_disk_or_in_the_log() => Search(10_000);

    private static async Task Search(int links)
    {
        await using var app = await RealApp.Start(o => (o.Demo, o.MostCodesPerNetwork) = (true, 1_000_000));
        var north = await TestHouse.Build(app, "north", "North");
        var (tokens, secrets, codes) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        foreach (var some in Enumerable.Range(0, links).Chunk(AskLimits.MostPerTenant))
        {
            await Parallel.ForEachAsync(some, new ParallelOptions { MaxDegreeOfParallelism = 8 }, (n, _) => Walk(n));
            app.Clock.Advance(AskLimits.Window); // a vendor's visitors get so many codes in a while
        }
        async ValueTask Walk(int n)
        {
            var (link, _) = await AbuseHouse.ShareUntil(app, north, app.Clock.GetUtcNow().AddDays(1), north.Architecture);
            var email = $"needle{n}.in.haystack@acme.com";
            using var browser = north.Visitor();
            var room = await TestHouse.Ask(browser, link, email);
            var values = new List<string> { browser.Cookies.Values.Single() };
            if (n < 50)
            {
                var code = (await north.Code(email))!;
                (await browser.Submit(await browser.Get(room), "/code-tries", ("code", n % 2 == 0 ? code : "12345x"))).Status.ShouldBeOneOf(303, 422);
                values.Add(browser.Cookies.Values.Single());
                lock (codes) codes.Add(code);
            }
            await browser.Get(link + "x"); // an address that opens nothing is a secret, too: it may be a typing error
            await browser.Send(HttpMethod.Post, link, new StringContent("{", null, "application/json"));
            lock (secrets)
            {
                tokens.Add(link[3..]);
                secrets.UnionWith([link[3..], email, Encoding.Latin1.GetString(Base64Url.DecodeFromChars(link.AsSpan(3))), Convert.ToBase64String(Encoding.ASCII.GetBytes(email))[..24], .. values]);
            }
        }
        tokens.Count.ShouldBe(links);
        tokens.ShouldAllBe(t => Base64Url.DecodeFromChars(t).Length >= 16); // 128 bits
        secrets.Count.ShouldBeGreaterThan(4 * links);

        var needles = SearchValues.Create([.. secrets, .. codes.Select(c => $"{c} is your code"), .. codes.Select(c => $"code is {c}"), .. codes.Select(c => $"code={c}")], StringComparison.Ordinal);
        var places = Directory.GetFiles(app.Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Select(file => (Place: Path.GetFileName(file), Text: Encoding.Latin1.GetString(Read(file)))).ToList();
        places.ShouldContain(p => p.Place == "trustcenter.db");
        places.ShouldContain(p => p.Place.EndsWith("-wal", StringComparison.Ordinal));
        places.Add(("log", string.Join('\n', app.Log.Lines.Select(l => l.Text))));
        places.Where(p => p.Text.AsSpan().IndexOfAny(needles) >= 0).Select(p => p.Place).ShouldBeEmpty();
        foreach (var code in codes) Regex.IsMatch(places[^1].Text, $@"\b{code}\b", RegexOptions.NonBacktracking).ShouldBeFalse();
        ("haystack " + tokens.First()).AsSpan().IndexOfAny(needles).ShouldBe(9); // the search itself finds
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private async Task<List<string>> Steps(string link, string email)
    {
        using var browser = house.North.Visitor();
        var asked = await browser.Submit(await browser.Get(link), link, ("email", email));
        var room = asked.Location!;
        var page = await browser.Get(room);
        var code = await house.North.Code(email) ?? "000000";
        List<Answer> answers = [asked, page, await browser.Send(HttpMethod.Head, room), await browser.Submit(page, "/code-tries", ("code", "1"))];
        for (var n = 0; n < MailedCode.MostTries; n++) answers.Add(await browser.Submit(page, "/code-tries", ("code", Wrong(code)), ("command", Guid.NewGuid().ToString())));
        answers.Add(await browser.Get(room));
        return [.. answers.Select(a => Plain(a, room.Split('/')[^1], Wrong(code)))];
    }

    private static string Wrong(string code) => code == "999999" ? "999998" : "999999";

    // Without what is drawn at random for each: the visit's id, the cookie's value, the form's id and stamp.
    private static string Plain(Answer answer, string visit, string typed)
    {
        var text = $"{answer.Status}\n{string.Join("\n", answer.Headers.Where(h => h.Key != "Date").Select(h => $"{h.Key}: {h.Value}"))}\n\n{answer.Text}";
        text = text.Replace(visit, "VISIT", StringComparison.Ordinal).Replace(Guid.Parse(visit).ToString("N"), "VISIT", StringComparison.Ordinal).Replace(typed, "TYPED", StringComparison.Ordinal);
        return Drawn().Replace(text, "$1DRAWN$2");
    }

    private static Regex Drawn() => new("(name=\"stamp\" value=\"|name=\"command\" value=\"|VISIT=)[A-Za-z0-9_-]{32,43}(\"|;)", RegexOptions.NonBacktracking);

    private async Task<(double Known, double Unknown)> Times()
    {
        var (known, unknown) = (new List<double>(), new List<double>());
        using var browser = house.North.Visitor();
        for (var n = 0; n < Samples; n += 15)
        {
            var (link, _) = await house.Share(); // a link takes forty visits in a while
            var (action, fields) = Browser.FormOf(await browser.Get(link), link);
            for (var k = 0; k < 15; k++)
                foreach (var (list, email) in new[] { (known, house.NewEmail()), (unknown, house.NewEmail().Replace("acme.com", "acme.org", StringComparison.Ordinal)) })
                {
                    browser.Cookies.Clear();
                    var clock = Stopwatch.StartNew();
                    (await browser.Post(action, [.. fields.Where(f => f.Name is not ("email" or "command")), ("email", email), ("command", Guid.NewGuid().ToString())])).Status.ShouldBe(303);
                    list.Add(clock.Elapsed.TotalMilliseconds);
                }
        }
        return (Median(known), Median(unknown));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
