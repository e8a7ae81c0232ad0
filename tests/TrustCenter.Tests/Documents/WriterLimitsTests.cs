using System.Diagnostics;
using TrustCenter.Documents;
using Xunit.Abstractions;

namespace TrustCenter.Tests.Documents;

/// <summary>Alone, because it fills the queue that every other test's documents wait in.</summary>
[CollectionDefinition(nameof(WriterLimitsTests), DisableParallelization = true)]
[Collection(nameof(WriterLimitsTests))]
public sealed class WriterLimitsTests(ITestOutputHelper output)
{
    private static readonly Random Dice = new(7);

    public static TheoryData<string, int> Texts => new()
    {
        { "word", 300_000 }, { "word", 8_000 }, { "zalgo", 300_000 }, { "zalgo", 8_000 }, { "bidi", 8_000 }, { "arabic", 8_000 },
        { "emoji", 8_000 }, { "cjk", 8_000 }, { "controls", 8_000 }, { "newlines", 8_000 }, { "surrogates", 8_000 }, { "indic", 8_000 },
    };

    [Theory, Trait("Case", "T-062"), MemberData(nameof(Texts))]
    public void Any_text_ends_as_a_document_or_a_named_refusal_within_the_limit(string kind, int length)
    {
        var text = Text(kind, length);
        var started = ThreadTime.Now;
        var outcome = Draw(WriterTests.Document(
            new Heading(1, text[..Math.Min(text.Length, 2_000)]), Summary.Claim(ClaimMark.InPlace, text, text), new Table([new("A"), new("B")], [[text, text]])));
        var taken = ThreadTime.Now - started;
        output.WriteLine($"{kind} {length}: {outcome}, {taken.TotalMilliseconds:0} ms of the processor");
        taken.ShouldBeLessThan(2 * new PdfLimits().Time); // the clock is read between texts
    }

    [Fact, Trait("Case", "T-062")]
    public void A_word_of_300_kilobytes_is_refused_by_name() =>
        Draw(WriterTests.Document(new Paragraph(new string('W', 300_000)))).ShouldContain("at most 8000 can be laid out");

    [Fact]
    public void Text_is_made_fit_without_losing_what_can_be_read()
    {
        CleanText.Of("fdp\u202E.exe").ShouldBe("fdp.exe");
        CleanText.Of("a" + new string('\u0301', 50) + "b").ShouldBe("a" + new string('\u0301', 6) + "b");
        CleanText.Of("\ud83dx\0\u0007\tz\r\n").ShouldBe("\ufffdx z\n");
        CleanText.Of("👩‍👩‍👧‍👦 שָׁלוֹם Tiếng").ShouldBe("👩‍👩‍👧‍👦 שָׁלוֹם Tiếng");
    }

    [Fact]
    public void A_summary_costs_a_few_milliseconds_of_the_processor()
    {
        for (var n = 0; n < 20; n++) Draw(Summary.Of());
        var started = ThreadTime.Now;
        for (var n = 0; n < 50; n++) Draw(Summary.Of());
        output.WriteLine($"three pages: {(ThreadTime.Now - started).TotalMilliseconds / 50:0.0} ms of the processor, warm");
    }

    [Fact, Trait("Case", "T-062")]
    public async Task A_hundred_thousand_list_items_are_refused() =>
        (await Outcome(WriterTests.Document(new Bullets([.. Enumerable.Repeat("x", 100_000)])))).ShouldContain("Shorten it");

    [Fact, Trait("Case", "T-062")]
    public async Task A_document_that_takes_too_long_is_refused()
    {
        var slow = new PdfLimits { Time = TimeSpan.Zero };
        var refusal = await Should.ThrowAsync<PdfRefusedException>(() => PdfWriter.Write(Summary.Of(), Summary.Now, slow, default));
        refusal.Message.ShouldContain("takes longer");
    }

    [Fact, Trait("Case", "T-128")]
    public async Task A_hundred_documents_at_once_never_take_more_than_their_share_of_the_processors()
    {
        var work = Enumerable.Range(0, 100).Select(_ => PdfWriter.Write(Summary.Of(), Summary.Now)).ToList();
        var watch = Stopwatch.StartNew();
        await Task.Run(() => { }); // what a sign-in needs: a free thread of the pool
        output.WriteLine($"a free thread after {watch.ElapsedMilliseconds} ms");
        PdfWriter.MostDrawnAtOnce.ShouldBeLessThanOrEqualTo(Math.Max(1, Environment.ProcessorCount / 2));
        (await Task.WhenAll(work)).ShouldAllBe(pdf => pdf.Length > 10_000);
    }

    [Fact, Trait("Case", "T-128")]
    public async Task A_queue_that_is_full_says_so()
    {
        var work = Enumerable.Range(0, 400).Select(_ => PdfWriter.Write(Summary.Of(), Summary.Now)).ToList();
        var outcomes = await Task.WhenAll(work.Select(async task => { try { await task; return ""; } catch (PdfRefusedException busy) { return busy.Message; } }));
        outcomes.Count(message => message.Contains("Too many")).ShouldBeGreaterThan(100);
        outcomes.Count(message => message.Length == 0).ShouldBeGreaterThanOrEqualTo(200);
    }

    private static async Task<string> Outcome(PdfDocument document)
    {
        try
        {
            return $"{(await PdfWriter.Write(document, Summary.Now)).Length} bytes";
        }
        catch (PdfRefusedException refused)
        {
            return refused.Message;
        }
    }

    private static readonly nint Fonts = Pango.NewFontMap();

    private static string Draw(PdfDocument document)
    {
        lock (Dice) // a font map serves one thread at a time
        {
            try
            {
                return $"{PdfDrawing.Draw(Fonts, document, Summary.Now, new PdfLimits(), default).Length} bytes";
            }
            catch (PdfRefusedException refused)
            {
                return refused.Message;
            }
        }
    }

    private static string Text(string kind, int length) => kind switch
    {
        "word" => new string('W', length),
        "zalgo" => "a" + string.Concat(Enumerable.Range(0, length - 1).Select(_ => (char)Dice.Next(0x300, 0x36F))),
        "bidi" => string.Concat(Enumerable.Range(0, length / 4).Select(_ => "\u202Ea\u2067ש\u202D1 "[..4])),
        "arabic" => string.Concat(Enumerable.Repeat("مرحبا بالعالم ", length / 14)),
        "emoji" => string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", length / 11)),
        "cjk" => string.Concat(Enumerable.Range(0, length).Select(_ => (char)Dice.Next(0x4E00, 0x9FFF))),
        "controls" => string.Concat(Enumerable.Range(0, length).Select(n => (char)(n % 32))),
        "newlines" => new string('\n', length),
        "surrogates" => new string('\ud83d', length),
        _ => string.Concat(Enumerable.Repeat("क्ष्म्य", length / 7)),
    };
}
