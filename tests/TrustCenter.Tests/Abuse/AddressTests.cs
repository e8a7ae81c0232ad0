using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Mail;
using TrustCenter.Prospects;

namespace TrustCenter.Tests.Abuse;

/// <summary>Which address a mail goes to, and which host an address in an answer names.</summary>
[Collection(AbuseCases.Name)]
public sealed class AddressTests(AbuseHouse house)
{
    public static readonly string[] Hostile =
    [
        "x@acme.com.evil.io", "x@evilacme.com", "x@acme.com@evil.io", "\"x@acme.com\"@evil.io", "x@acme.com.", "x@\u0430cme.com", "x@[127.0.0.1]", "x@acme.com\r\nBcc: y@evil.io", "x@acme.com\nBcc:y@evil.io", "<x@evil.io> x@acme.com", "x@evil.io <x@acme.com>", "x@acme.com <x@evil.io>",
        "x%40evil.io@acme.com", "x@acme.com%00@evil.io", "x@acme.com\0@evil.io", "x@acme.com,y@evil.io", "x@acme.com;y@evil.io", "x@acme.com y@evil.io", "x@sub.acme.com", "x@acme.com.\u3002evil.io", "x@acme\u3002com", "x@evil.io?acme.com", "x@evil.io#@acme.com", "x@evil.io/@acme.com", "x@evil.io\\@acme.com",
        "x(@acme.com)@evil.io", "x@(acme.com)evil.io", "@acme.com:x@evil.io", "x!evil.io@acme.com", "=?utf-8?q?x=40evil.io=3E?=@acme.com", "-oQ/tmp@acme.com", "|x@acme.com", "`x`@acme.com", "\u0445@acme.com", "x@acme.com\u200b", "x@acm\u0435.com", "mailto:x@evil.io,x@acme.com", "x@acme.c\u043em", "x@acme.com\t,y@evil.io", "x@localhost", "x@acme",
    ];

    [Fact, Trait("Case", "T-015"), Trait("Case", "T-017")]
    public async Task No_spelling_sends_a_mail_to_another_domain()
    {
        foreach (var few in Hostile.Chunk(20))
        {
            var (link, _) = await house.Share();
            foreach (var email in few)
            {
                using var browser = house.North.Visitor();
                (await browser.Submit(await browser.Get(link), link, ("email", email))).Status.ShouldBeOneOf(303, 422, 400);
            }
            (await house.Enter(link)).Room.ShouldNotBeEmpty(); // the link still sends mails
        }
        var recipients = (await house.App.Services.GetRequiredService<MailQueue>().Newest(house.North.Scope.Tenant, 10_000, default)).Select(m => m.Content.Recipient).ToList();
        recipients.ShouldNotBeEmpty();
        foreach (var recipient in recipients)
        {
            recipient.All(c => c is > ' ' and <= '~').ShouldBeTrue(recipient);
            recipient.Split('@').Length.ShouldBe(2, recipient);
            recipient.ShouldEndWith("@acme.com");
            EmailAddress.TryParse(recipient, out var parsed).ShouldBeTrue();
            parsed!.Value.ShouldBe(recipient); // checked and mailed to are one string
        }
        recipients.ShouldNotContain(r => r.Contains("evil", StringComparison.Ordinal) || r.StartsWith('-') || r.StartsWith('|') || r.StartsWith('`'));
    }

    [Fact, Trait("Case", "T-015")]
    public async Task Letter_case_and_full_width_letters_lead_to_the_one_spelling()
    {
        var (link, _) = await house.Share();
        var email = house.NewEmail();
        using var browser = house.North.Visitor();
        await TestHouse.Ask(browser, link, "  " + email.ToUpperInvariant() + " ");
        (await house.North.Code(email)).ShouldNotBeNull();
    }

    [Fact, Trait("Case", "T-016")]
    public async Task Sub_domains_free_mail_and_wildcards_are_no_domain_of_a_link()
    {
        var page = await house.Rep.Get("/console/links/new");
        foreach (var domain in new[] { "gmail.com", "*.acme.com", "*", "com", "@acme.com", "acme.com.", "acme.com/evil.io", "127.0.0.1", "GMAIL.com" })
            (await house.Rep.Submit(page, "/console/links", ("account", "Acme"), ("people", ""), ("domains", domain), ("documents", house.North.Report.ToString()), ("summary", ""), ("command", Guid.NewGuid().ToString()))).Status.ShouldBe(422, domain);
    }

    [Fact, Trait("Case", "T-019")]
    public async Task No_header_changes_where_mails_and_answers_lead()
    {
        var (link, id) = await house.Share();
        using var browser = house.North.Visitor();
        var (_, fields) = Browser.FormOf(await browser.Get(link), link);
        string[] headers = ["", "X-Forwarded-Host: evil.example\r\n", "Forwarded: host=evil.example;proto=https\r\n", "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Port: 444\r\nX-Forwarded-Prefix: /evil.example\r\n", "X-Original-Host: evil.example\r\nX-Host: evil.example\r\nX-Original-URL: /evil.example\r\nX-Rewrite-URL: /evil.example\r\n"];
        var port = house.App.Port;
        (string Line, string Host)[] lines =
        [
            (link, $"north.localhost:{port}"), ($"http://evil.example{link}", $"north.localhost:{port}"), ($"http://north.localhost:{port}{link}", $"north.localhost:{port}"), ($"http://north.localhost:{port}{link}", "evil.example"), (link, "evil.example"), (link, "north.localhost@evil.example"), (link, "north.localhost.evil.example"), (link, "north.localhost:80@evil.example"),
            (link, "evil.example#north.localhost"), (link, "evil.example:80,north.localhost"), (link, "north.localhost\r\nHost: evil.example"), (link, "north.localhost."), (link, "evil.example/north.localhost"), (link, ""),
        ];
        var opened = 0;
        foreach (var (line, host) in lines)
            foreach (var header in headers)
            {
                var body = string.Join('&', fields.Where(f => f.Name is not ("email" or "command")).Append(("email", house.NewEmail())).Select(f => $"{f.Item1}={WebUtility.UrlEncode(f.Item2)}"));
                var answer = await house.Wire($"POST {line} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n{header}Connection: close\r\n\r\n{body}");
                answer.ShouldNotContain("evil.example", Case.Insensitive, $"{line} {host} {header}");
                var location = answer.Split("\r\n").FirstOrDefault(l => l.StartsWith("Location:", StringComparison.OrdinalIgnoreCase));
                if (location is null) continue;
                opened++;
                location.ShouldStartWith("Location: /room/");
            }
        opened.ShouldBeGreaterThanOrEqualTo(headers.Length);
        var mails = await house.App.Services.GetRequiredService<MailQueue>().Newest(house.North.Scope.Tenant, 10_000, default);
        mails.ShouldAllBe(m => !(m.Content.Subject + m.Content.Body).Contains("evil", StringComparison.OrdinalIgnoreCase));

        foreach (var header in new[] { ("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example") })
        {
            var shown = await house.Rep.Get($"/console/links/{id}", header);
            shown.Text.ShouldNotContain("evil.example");
            if (shown.Status == 200) shown.Dom.QuerySelector("#f-address")!.GetAttribute("value").ShouldStartWith("http://north.localhost:5080/s/");
        }
    }
}
