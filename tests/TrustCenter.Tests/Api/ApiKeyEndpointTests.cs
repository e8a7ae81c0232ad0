using Microsoft.Extensions.DependencyInjection;
using TrustCenter.Api;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Staff;
using TrustCenter.Store;

namespace TrustCenter.Tests.Api;

/// <summary>From the page that makes a key to the calls that it opens, and to the moment when it opens nothing.</summary>
public sealed class ApiKeyEndpointTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task An_admin_makes_a_key_that_is_shown_once_and_works()
    {
        var admin = await house.House.SignIn(Role.Admin);
        var (token, made) = await Make(admin, "nightly build", Right.ReadConsole, Right.ReadJournal);
        made.Headers["Cache-Control"].ShouldBe("no-store");

        using var program = Program.With(house.App, token);
        (await program.Get("/api/v1/claims")).Status.ShouldBe(200);

        var list = await admin.Get("/console/api-keys");
        list.Text.ShouldContain("nightly build");
        list.Text.ShouldContain("Ada Moreau");
        list.Text.ShouldNotContain(token);
        list.Dom.QuerySelectorAll("tbody tr").Single(r => r.QuerySelector("b")!.TextContent == "nightly build").TextContent.ShouldNotContain("never"); // it was used today
    }

    [Fact]
    public async Task The_same_form_again_makes_no_second_key_and_shows_none()
    {
        var admin = await house.House.SignIn(Role.Admin);
        var (action, fields) = Browser.FormOf(await admin.Get("/console/api-keys/new"), "/console/api-keys", ("name", "twice"), ("scopes", nameof(Right.ReadConsole)));
        (await admin.Post(action, [.. fields])).Status.ShouldBe(200);
        var again = await admin.Post(action, [.. fields]);

        again.Status.ShouldBe(303);
        again.Location.ShouldBe("/console/api-keys");
        (await admin.Get("/console/api-keys")).Dom.QuerySelectorAll("td b").Count(b => b.TextContent == "twice").ShouldBe(1);
    }

    [Fact, Trait("Case", "T-083")]
    public async Task The_form_offers_and_takes_what_the_maker_may_himself()
    {
        var admin = await house.House.SignIn(Role.Admin);
        var page = await admin.Get("/console/api-keys/new");
        page.Dom.QuerySelectorAll("input[name=scopes]").Select(i => i.GetAttribute("value")).ShouldBe(ApiScopes.All.Where(Rights.Of(Role.Admin).Contains).Select(r => r.ToString()), ignoreOrder: true);
        foreach (var more in new[] { nameof(Right.Approve), nameof(Right.ManageKeys), nameof(Right.ManageStaff), "0", "all" })
        {
            var answer = await admin.Submit(page, "/console/api-keys", ("name", "too much"), ("scopes", more));
            answer.Status.ShouldBe(422);
            answer.Dom.QuerySelector("#f-name")!.GetAttribute("value").ShouldBe("too much");
            answer.Dom.QuerySelector(".errors a")!.GetAttribute("href").ShouldBe("#f-scopes");
        }
        (await admin.Get("/console/api-keys")).Text.ShouldNotContain("too much");
    }

    [Fact, Trait("Case", "T-112")]
    public async Task A_revoked_key_opens_nothing_from_the_next_call_on()
    {
        var admin = await house.House.SignIn(Role.Admin);
        var (token, _) = await Make(admin, "soon over", Right.ReadConsole);
        using var program = Program.With(house.App, token);
        (await program.Get("/api/v1/claims")).Status.ShouldBe(200);

        var list = await admin.Get("/console/api-keys");
        var action = list.Dom.QuerySelectorAll("tr").Single(r => r.TextContent.Contains("soon over")).QuerySelector("form")!.GetAttribute("action")!;
        (await admin.Submit(list, action)).Status.ShouldBe(303);

        (await program.Get("/api/v1/claims")).Fingerprint.ShouldBe(await Nobody("/api/v1/claims"));
    }

    [Fact, Trait("Case", "T-112")]
    public async Task A_key_that_is_revoked_during_an_upload_brings_nothing()
    {
        var program = await house.Program(Right.Write);
        var (document, half) = (Guid.CreateVersion7(), new TaskCompletionSource());
        var content = new SlowContent(new byte[200_000], half.Task);
        var upload = program.Http.Send(HttpMethod.Post, "/api/v1/evidence?title=Late&kind=other&class=public", content, (Program.KeyHeader, document.ToString()));
        await content.Begun;
        (await house.App.Engine.Decide(house.House.Scope.Id<ApiKey>(program.Key), new RevokeApiKey { Id = Guid.NewGuid() }, Actor.System)).ShouldBeOfType<Outcome.Done>();
        half.SetResult();

        (await upload).Status.ShouldBe(401);
        (await house.App.Engine.Read<TrustCenter.Evidence.EvidenceDocument>(house.House.Scope.Id<TrustCenter.Evidence.EvidenceDocument>(document))).ShouldBeNull();
    }

    [Theory, Trait("Case", "T-082")]
    [InlineData("/console/evidence", Role.Editor)]
    [InlineData("/console/imports", Role.Rep)]
    public async Task Who_is_removed_during_an_upload_brings_nothing(string path, Role role)
    {
        var browser = await house.House.SignIn(role);
        var stamp = (await browser.Get("/console")).Dom.QuerySelector("form[action$='/session-ends'] input[name=stamp]")!.GetAttribute("value")!;
        var (made, half) = (Guid.CreateVersion7(), new TaskCompletionSource());
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in new[] { ("stamp", stamp), ("command", made.ToString()), ("title", "Late"), ("kind", "Other"), ("class", "Public") }) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes("key,outcome\n" + string.Concat(Enumerable.Range(0, 20_000).Select(n => $"d{n},open\n")))), "file", "late.csv");
        using var content = new SlowContent(await form.ReadAsByteArrayAsync(), half.Task);
        content.Headers.ContentType = form.Headers.ContentType;
        var upload = browser.Send(HttpMethod.Post, path, content);
        await content.Begun;
        await Program.Set(house.App, house.House.Scope, house.House.StaffId(role), active: false, role);
        half.SetResult();

        try
        {
            (await upload).Status.ShouldBe(403);
            (await house.App.Engine.Read<TrustCenter.Evidence.EvidenceDocument>(house.House.Scope.Id<TrustCenter.Evidence.EvidenceDocument>(made))).ShouldBeNull();
            (await house.App.Engine.Read<TrustCenter.Import.ImportJob>(house.House.Scope.Id<TrustCenter.Import.ImportJob>(made))).ShouldBeNull();
        }
        finally { await Program.Set(house.App, house.House.Scope, house.House.StaffId(role), active: true, role); }
    }

    [Fact, Trait("Case", "T-095")]
    public async Task A_table_needs_the_right_to_import_and_its_deals_name_the_key()
    {
        var maker = await Program.Hire(house.App, house.House.Scope, Role.Admin, Role.Rep); // who imports and writes no claim
        var program = await Program.Of(house.App, house.House.Scope, maker, Right.ImportDeals);
        var (import, table) = (Guid.CreateVersion7(), "key,account,currency,outcome\nK-1,Acme,EUR,open\n"u8.ToArray());
        for (var time = 0; time < 2; time++) (await program.Upload("/imports", table, import)).Status.ShouldBe(201, "the same again is the same");
        (await program.Upload("/imports", [.. table, .. "K-2,Acme,EUR,open\n"u8], import)).Status.ShouldBe(409, "another table is another import");

        await TrustCenter.Tests.Import.ImportDesk.Reaches(house.House, import, TrustCenter.Import.ImportStage.Checked);
        (await program.Post($"/imports/{import}/runs", "{}")).Status.ShouldBe(200);
        await TrustCenter.Tests.Import.ImportDesk.Reaches(house.House, import, TrustCenter.Import.ImportStage.Done);
        var actors = await house.App.Services.GetRequiredService<IStore>().Query(sql => sql.Query("select actor from entries where tenant = @tenant and what in ('deal.recorded', 'import.ended')", r => r.Text(0), ("@tenant", house.House.Scope.Tenant)));
        actors.ShouldBe(Enumerable.Repeat($"key:{program.Key:D} of staff:{maker:D}", 2));
    }

    [Fact, Trait("Case", "T-082")]
    public async Task A_key_ends_with_the_person_who_made_it_and_shrinks_with_his_roles()
    {
        var maker = await Program.Hire(house.App, house.House.Scope, Role.Admin, Role.Editor);
        var program = await Program.Of(house.App, house.House.Scope, maker, Right.ReadConsole, Right.ReadJournal);
        (await program.Get("/journal")).Status.ShouldBe(200);

        await Program.Set(house.App, house.House.Scope, maker, active: true, Role.Editor);
        (await program.Get("/journal")).Status.ShouldBe(403);
        (await program.Get("/claims")).Status.ShouldBe(200);

        await Program.Set(house.App, house.House.Scope, maker, active: false, Role.Editor);
        (await program.Get("/claims")).Fingerprint.ShouldBe(await Nobody("/api/v1/claims"));
    }

    [Fact, Trait("Case", "T-113")]
    public async Task Keys_that_open_nothing_get_one_answer()
    {
        var revoked = await house.Program(Right.ReadConsole);
        (await house.App.Engine.Decide(house.House.Scope.Id<ApiKey>(revoked.Key), new RevokeApiKey { Id = Guid.NewGuid() }, Actor.System)).ShouldBeOfType<Outcome.Done>();
        var live = await house.Program(Right.ReadConsole);
        var nobody = await Nobody("/api/v1/claims");
        string[] given =
        [
            $"Bearer {revoked.Token}", $"Bearer {ApiToken.New()}", "Bearer", "Bearer ", "Bearer tc_", $"Basic {live.Token}", live.Token, $"Bearer {live.Token}x", $"Bearer {live.Token[..^1]}", $"Bearer  {live.Token}",
            $"Bearer {live.Token.ToUpperInvariant()}", $"Bearer {live.Token}, Bearer {live.Token}", $"Bearer {new string('A', 4_000)}", "Bearer tc_' or 1=1 --", $"Bearer {live.Token[..3]}{new string('A', 43)}",
        ];
        foreach (var header in given)
        {
            using var program = new Browser(house.App, "console.localhost");
            program.Headers["Authorization"] = header;
            (await program.Get("/api/v1/claims")).Fingerprint.ShouldBe(nobody, header);
            (await program.Get("/api/v1/no/such/thing")).Fingerprint.ShouldBe(nobody, header);
        }
        foreach (var where in new[] { "?key=", "?token=", "?access_token=", "?api_key=" })
            using (var program = new Browser(house.App, "console.localhost")) (await program.Get("/api/v1/claims" + where + live.Token)).Fingerprint.ShouldBe(nobody, where);
        (await live.Get("/claims")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_key_is_over_at_its_end()
    {
        var program = await house.Program(Right.ReadConsole);
        (await program.Get("/claims")).Status.ShouldBe(200);
        house.App.Clock.Advance(TimeSpan.FromDays(31));
        try { (await program.Get("/claims")).Fingerprint.ShouldBe(await Nobody("/api/v1/claims")); }
        finally { house.App.Clock.Advance(-TimeSpan.FromDays(31)); }
    }

    [Fact, Trait("Case", "T-084")]
    public async Task A_cookie_of_the_console_opens_nothing_for_a_program()
    {
        var admin = await house.House.SignIn(Role.Admin);
        (await admin.Get("/console")).Status.ShouldBe(200);

        (await admin.Get("/api/v1/claims")).Fingerprint.ShouldBe(await Nobody("/api/v1/claims"));
    }

    [Fact, Trait("Case", "T-095")]
    public async Task What_a_program_did_stands_in_the_journal_with_its_key_and_its_maker()
    {
        var program = await house.Program();
        var claim = Guid.CreateVersion7();
        (await program.Post("/claims", """{"wording":{"statement":"Written by a program.","topic":"data","status":"inPlace","visibility":"public","owner":"Head of Platform"}}""", claim)).Status.ShouldBe(201);

        var actors = await Actors($"claim:{claim:D}");
        actors.ShouldBe([$"key:{program.Key:D} of staff:{program.Maker:D}"]);
        var page = await (await house.House.SignIn(Role.Admin)).Get("/console/journal");
        page.Text.ShouldContain("release build, a program of Paula Program");
    }

    [Fact, Trait("Case", "T-093")]
    public async Task No_key_stands_on_the_disk_in_the_journal_or_in_the_log()
    {
        var admin = await house.House.SignIn(Role.Admin);
        var (token, _) = await Make(admin, "secret", Right.ReadConsole, Right.ReadJournal);
        using var program = Program.With(house.App, token);
        (await program.Get("/api/v1/journal?limit=200")).Text.ShouldNotContain(token);
        await program.Get("/api/v1/claims?cursor=broken");
        await program.Send(HttpMethod.Post, "/api/v1/claims", new StringContent("{", null, "application/json"));
        using var wrong = Program.With(house.App, token[..^1] + "A");
        await wrong.Get("/api/v1/claims");

        string[] needles = [token, token[3..], Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(token))[..40], token[3..^1]];
        foreach (var file in Directory.GetFiles(house.App.Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            var text = System.Text.Encoding.Latin1.GetString(bytes);
            needles.Where(text.Contains).ShouldBeEmpty(Path.GetFileName(file));
        }
        house.App.Log.Lines.Where(l => needles.Any(l.Text.Contains)).ShouldBeEmpty();
    }

    internal static async Task<(string Token, Answer Page)> Make(Browser admin, string name, params Right[] scopes)
    {
        var (action, fields) = Browser.FormOf(await admin.Get("/console/api-keys/new"), "/console/api-keys", [("name", name), .. scopes.Select(s => ("scopes", s.ToString()))]);
        var made = await admin.Post(action, [.. fields]);
        made.Status.ShouldBe(200, made.Text);
        return (made.Dom.QuerySelector("#f-token")!.GetAttribute("value")!, made);
    }

    private async Task<string> Nobody(string path)
    {
        using var nobody = new Browser(house.App, "console.localhost");
        var answer = await nobody.Get(path);
        (answer.Status, answer.Headers["Content-Type"], answer.Headers["WWW-Authenticate"]).ShouldBe((401, "application/problem+json", "Bearer"));
        return answer.Fingerprint;
    }

    private Task<List<string>> Actors(string subject) => house.App.Services.GetRequiredService<IStore>().Query(sql => sql.Query("select actor from entries where tenant = @tenant and log = @log and subject = @subject order by n",
        r => r.Text(0), ("@tenant", house.House.Scope.Tenant), ("@log", JournalEntry.Journal), ("@subject", subject)));

    // Sends half of its bytes, and the rest when it is told to.
    private sealed class SlowContent(byte[] bytes, Task rest) : HttpContent
    {
        private readonly TaskCompletionSource begun = new();

        public Task Begun => begun.Task;

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await stream.FlushAsync();
            await Task.Delay(500); // it has arrived, and its key was looked at
            begun.SetResult();
            await rest;
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
