using Microsoft.Playwright;
using TrustCenter.Staff;

namespace TrustCenter.Tests.Isolation;

/// <summary>The pages in a real browser without their content policy: escaping alone must hold.</summary>
[Trait("Case", "T-061")]
public sealed class ScriptTests(SinkStage stage) : IClassFixture<SinkStage>
{
    // Whatever an event would start is started.
    private const string Provoke = """
        () => {
          for (const e of document.querySelectorAll('*')) {
            if (e.tagName === 'FORM' || e.closest('form')) { for (const n of ['mouseover', 'focus', 'error']) e.dispatchEvent(new Event(n)); continue; }
            for (const n of ['mouseover', 'focus', 'error', 'load', 'toggle', 'start']) e.dispatchEvent(new Event(n));
            if (e.tagName === 'DETAILS') e.open = true;
            if (e.tagName === 'A' && /^\s*(javascript|data|vbscript)/i.test(e.href)) e.click();
          }
          return window.hit === undefined && document.querySelectorAll('script,iframe,object,embed,base').length === 0;
        }
        """;

    [Fact]
    public async Task Nothing_that_somebody_typed_runs_in_a_browser()
    {
        NaughtyTexts.Scripts.Count.ShouldBeGreaterThanOrEqualTo(60);
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = await chromium.NewPageAsync();
        var dialogs = new List<string>();
        page.Dialog += async (_, dialog) =>
        {
            dialogs.Add(dialog.Message);
            await dialog.DismissAsync();
        };
        // The browser must be one in which a script would be seen.
        await page.SetContentAsync("<img src=x onerror=\"window.hit=1\"><script>alert('seen')</script>");
        await page.WaitForFunctionAsync("() => window.hit === 1");
        dialogs.ShouldBe(["seen"]);
        dialogs.Clear();

        foreach (var (path, html) in await Pages())
        {
            await page.GotoAsync("about:blank");
            await page.SetContentAsync(html, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            (await page.EvaluateAsync<bool>(Provoke)).ShouldBeTrue(path);
            dialogs.ShouldBeEmpty(path);
        }
    }

    private async Task<List<(string, string)>> Pages()
    {
        using var visitor = stage.Naughty.Visitor();
        var (rep, editor) = (await stage.Naughty.SignIn(Role.Rep), await stage.Naughty.SignIn(Role.Editor));
        var pages = new List<(string, string)>();
        async Task Take(Browser browser, string path)
        {
            var answer = await browser.Get(path);
            answer.Status.ShouldBe(200, path);
            pages.Add((path, answer.Text));
        }
        for (var n = 0; n < NaughtyTexts.Scripts.Count; n += 6)
        {
            await stage.Naughty.Translate(stage.Claims[n].Naughty, "de", NaughtyTexts.Scripts[n], NaughtyTexts.Scripts[n].Length > 80 ? NaughtyTexts.Scripts[n][..80] : NaughtyTexts.Scripts[n]);
            await stage.Naughty.Decide(stage.Claims[n].Naughty, new TrustCenter.Claims.AddClaimComment { Id = Guid.NewGuid(), Text = NaughtyTexts.Scripts[n] });
        }
        await stage.App.Compiled(stage.Naughty.Scope);
        for (var n = 0; n < NaughtyTexts.Scripts.Count; n += 6)
        {
            await Take(visitor, $"/de/claims/{stage.Claims[n].Naughty}");
            await Take(editor, $"/console/claims/{stage.Claims[n].Naughty}/translations/de");
            await Take(editor, $"/console/claims/{stage.Claims[n].Naughty}");
        }
        await Take(visitor, "/de/");
        await Take(editor, "/console/claims/as-of?date=2099-12-31");
        await Take(editor, "/console/claims/checks/new?" + string.Join('&', stage.Claims.Take(60).Select(c => $"claim={c.Naughty}")));
        foreach (var path in new[] { "/", "/updates" }) await Take(visitor, path);
        foreach (var path in new[] { "/console", "/console/claims", "/console/deals", "/console/deals?page=2", "/console/deals?page=3" }) await Take(rep, path);
        for (var n = 0; n < NaughtyTexts.Scripts.Count; n++)
        {
            await Take(visitor, $"/claims/{stage.Claims[n].Naughty}");
            if (n % 3 == 0) await Take(rep, $"/console/deals/{stage.Deals[n].Naughty}");
            if (n % 3 == 1) await Take(editor, $"/console/claims/{stage.Claims[n].Naughty}");
        }
        return pages;
    }
}
