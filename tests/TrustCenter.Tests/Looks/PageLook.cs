using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace TrustCenter.Tests.Looks;

/// <summary>One page, looked at; every method answers with what is wrong.</summary>
internal sealed class PageLook(Chromium chromium, TrustCenter.Tests.Browser by, string path, string name)
{
    private const int MostStops = 40; // controls that are reached by Tab; a long list repeats itself

    // In another colour only what has to do with colour can differ.
    private static readonly AxeRunOptions Colours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } };
    private static readonly AxeRunOptions All = new() { Rules = new() { ["target-size"] = new RuleOptions { Enabled = true } } };

    private readonly List<string> findings = [];

    public async Task<IReadOnlyList<string>> Whole()
    {
        await Open(chromium.Desk);
        await Frame(chromium.Desk);
        await Axe(chromium.Desk, All, "desk");
        await Dark(chromium.Desk, "desk");
        await Narrow(chromium.Desk);
        await Paper(chromium.Desk);
        await Keyboard(chromium.Desk);
        await Open(chromium.Phone);
        await Axe(chromium.Phone, All, "phone");
        await Width(chromium.Phone, "phone");
        await Touch(chromium.Phone);
        await Dark(chromium.Phone, "phone");
        return findings;
    }

    public async Task<IReadOnlyList<string>> Brief()
    {
        await Open(chromium.Desk);
        await Frame(chromium.Desk);
        await Axe(chromium.Desk, All, "desk");
        await Narrow(chromium.Desk);
        await Open(chromium.Phone);
        await Axe(chromium.Phone, All, "phone");
        await Touch(chromium.Phone);
        return findings;
    }

    public async Task<IReadOnlyList<string>> Short()
    {
        await Open(chromium.Desk);
        await Frame(chromium.Desk);
        await Axe(chromium.Desk, All, "desk");
        await Width(chromium.Desk, "desk");
        return findings;
    }

    private async Task Open(IPage page)
    {
        void Said(object? _, IConsoleMessage message)
        {
            // The browser asks for no address of ours by itself; a page that answers 403 or 404 is one on purpose.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) findings.Add($"{name}: the browser says: {message.Text}");
        }
        page.Console += Said;
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, Media = Media.Screen });
        await Chromium.Open(page, by, path);
        await page.EvaluateAsync("document.querySelectorAll('details:not(.for)').forEach((d, i) => d.open = i < 6)");
        page.Console -= Said;
    }

    private async Task Axe(IPage page, AxeRunOptions options, string where)
        => findings.AddRange((await page.RunAxe(options)).Violations.Select(v => $"{name}, {where}: {v.Id} at {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));

    private async Task Dark(IPage page, string where)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Axe(page, Colours, where + ", dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    // What every page has (LOOK, ground rules).
    private async Task Frame(IPage page)
    {
        var wrong = await page.EvaluateAsync<string[]>("""
            () => [
              document.querySelectorAll('h1').length === 1 ? '' : 'has not exactly one h1',
              document.querySelectorAll('main').length === 1 ? '' : 'has not exactly one main',
              document.documentElement.lang ? '' : 'names no language',
              document.title.trim() ? '' : 'has no title',
              document.querySelectorAll('script').length ? 'has a script' : '',
            ].filter(t => t)
            """);
        findings.AddRange(wrong.Select(w => $"{name}: {w}"));
    }

    private async Task Width(IPage page, string where)
    {
        var tooWide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (tooWide > 0) findings.Add($"{name}, {where}: {tooWide} px wider than the screen");
    }

    // 640 CSS pixels are a desk at 200 %.
    private async Task Narrow(IPage page)
    {
        await Width(page, "desk");
        foreach (var (width, where) in new[] { (900, "900 px"), (640, "200 %"), (320, "320 px") })
        {
            await page.SetViewportSizeAsync(width, 900);
            await Width(page, where);
        }
        await page.SetViewportSizeAsync(1280, 900);
    }

    private async Task Paper(IPage page)
    {
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var wrong = await page.EvaluateAsync<string[]>("""
            () => {
              const seen = [...document.querySelectorAll('nav,form,.skip')].filter(e => e.checkVisibility() && e.getClientRects().length);
              const found = seen.length && !document.querySelector('.errors') ? ['prints ' + seen[0].outerHTML.slice(0, 80)] : [];
              for (const d of document.querySelectorAll('details:not(.for):not([open])')) if (d.textContent.trim() && getComputedStyle(d, '::details-content').contentVisibility === 'hidden') { found.push('prints a closed part closed'); break; }
              if (!document.querySelector('main').innerText.trim()) found.push('prints nothing');
              return found;
            }
            """);
        findings.AddRange(wrong.Select(w => $"{name}, on paper: {w}"));
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
    }

    // 44 px for what stands by itself; links within a sentence are as tall as their line (WCAG 2.2, 2.5.8).
    private async Task Touch(IPage page)
    {
        var small = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('button,.button,select,textarea,summary,input:not([type=hidden]):not([type=checkbox]):not([type=radio]),header li a')]
              .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5 && !e.closest('.vh'))
              .map(e => Math.round(e.getBoundingClientRect().height) + ' px: ' + e.outerHTML.slice(0, 90))
            """);
        findings.AddRange(small.Take(4).Select(s => $"{name}, phone: only {s}"));
    }

    private async Task Keyboard(IPage page)
    {
        await page.EvaluateAsync("() => { document.activeElement?.blur(); scrollTo(0, 0); }");
        var expected = await page.EvaluateAsync<int>(Stops);
        var at = -1;
        for (var presses = 0; at < Math.Min(expected, MostStops) - 1 && presses < MostStops * 4; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            var (stop, problem) = Read(await page.EvaluateAsync<string>(Focused));
            if (problem.Length > 0) findings.Add($"{name}, keyboard: {problem}");
            if (stop < 0 || stop == at) continue; // a part of a date field, or something that scrolls
            if (stop != at + 1) findings.Add($"{name}, keyboard: after stop {at} comes {stop}: {problem}");
            at = stop;
        }
        if (at < Math.Min(expected, MostStops) - 1) findings.Add($"{name}, keyboard: only {at + 1} of {expected} controls are reached");
        await Skip(page);
    }

    private static (int Stop, string Problem) Read(string answer)
    {
        var parts = answer.Split('\n', 2);
        return (int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1]);
    }

    private async Task Skip(IPage page)
    {
        if (await page.Locator("a.skip").CountAsync() == 0)
        {
            if (await page.Locator("nav, header").CountAsync() > 0) findings.Add($"{name}: no skip link");
            return;
        }
        await page.EvaluateAsync("() => { document.activeElement?.blur(); getSelection().removeAllRanges(); scrollTo(0, 0); }");
        await page.FocusAsync("a.skip");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        var isInside = await page.EvaluateAsync<bool>("() => !!document.activeElement.closest('main, footer') || !document.querySelector('main a[href], main button, main input, main select, main textarea, main summary')");
        if (!isInside) findings.Add($"{name}: the skip link does not lead into the content");
    }

    // Controls in the order of the document; of radio buttons with one name the chosen or first.
    private const string Stops = """
        () => {
          const all = [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex="0"]')].filter(e => e.checkVisibility() && !e.disabled);
          window.__stops = all.filter(e => e.type !== 'radio' || e === (all.find(o => o.name === e.name && o.form === e.form && o.checked) ?? all.find(o => o.name === e.name && o.form === e.form)));
          return window.__stops.length;
        }
        """;

    private const string Focused = """
        () => {
          const e = document.activeElement, at = window.__stops.indexOf(e);
          if (at < 0) return '-1\n';
          const s = getComputedStyle(e), r = e.getBoundingClientRect();
          const seen = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
          const placed = r.width > 0 && r.height > 0 && r.bottom > 0 && r.right > 0 && r.top < innerHeight && r.left < innerWidth;
          return at + '\n' + (seen ? '' : 'no visible focus on ' + e.outerHTML.slice(0, 90)) + (placed ? '' : 'focus outside the window on ' + e.outerHTML.slice(0, 90));
        }
        """;
}
