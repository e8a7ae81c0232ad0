using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using TrustCenter.Documents;

namespace TrustCenter.Tests.Documents;

public sealed partial class MarkTextTests
{
    private const string Code = "TC-7F3K-9Q2M";
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory, Trait("Case", "T-044")]
    [InlineData("dana@buyer.example", "dana@buyer.example")]
    [InlineData("zoë.müller@straße.example", "zoe.muller@strasse.example")]
    [InlineData("a(b)c\\d@x.example", @"a\(b\)c\\d@x.example")]
    [InlineData(") Tj ET Q (", @"\) Tj ET Q \(")]
    [InlineData("line\r\nbreak\u0000@x.example", "linebreak@x.example")]
    [InlineData("\u202Eelpmaxe@x.example", "elpmaxe@x.example")]
    [InlineData("Żółć.Ąę@ĐURĐEVIĆ.example", "Zolc.Ae@DURDEVIC.example")]
    [InlineData("zoe\u0308@x.example", "zoe@x.example")]
    [InlineData("日本@x.example", "??@x.example")]
    [InlineData("🦊@x.example", "?@x.example")]
    public void An_email_is_written_in_ascii_that_cannot_break_out(string email, string expected) =>
        Encoding.ASCII.GetString(MarkText.For(Code, email, Noon)).ShouldContain($"T* ({expected}) Tj");

    [Fact, Trait("Case", "T-044")]
    public void A_long_email_is_cut_and_the_trace_code_is_not()
    {
        var text = Encoding.ASCII.GetString(MarkText.For(Code, new string('x', 300) + "@x.example", Noon));
        text.ShouldStartWith($"({Code}  2026-11-21 12:00:00 UTC) Tj");
        text.ShouldContain(new string('x', 45) + "...) Tj");
    }

    [Fact, Trait("Case", "T-044")]
    public void Any_email_fills_the_slot_exactly_with_two_closed_strings_of_96_characters_at_most() =>
        Prop.ForAll<string?>(email =>
        {
            var mark = MarkText.For(Code, email ?? "", Noon);
            var match = TwoStrings().Match(Encoding.ASCII.GetString(mark));
            var visible = (match.Groups[1].Value + match.Groups[2].Value).Replace(@"\\", "b").Replace(@"\", "");
            return mark.Length == MarkText.SlotLength && mark.All(b => b is >= 0x20 and <= 0x7E) && match.Success
                && match.Groups[1].Value.StartsWith(Code, StringComparison.Ordinal) && visible.Length <= 96;
        }).QuickCheckThrowOnFailure();

    [Fact, Trait("Case", "T-044")]
    public async Task Hostile_emails_leave_a_file_that_is_whole_and_shows_the_trace_code()
    {
        using var folder = new Folder();
        var prepared = (MarkResult.Prepared)await folder.Prepare(Samples.OnePage());
        foreach (var email in (string[])[")", "(", "\\", "\n", "%", "))))) Tj ET Q", new string('\\', 300), new string(')', 300), "مرحبا@x.example", "👩‍👩‍👧‍👦@x.example", "\ud83d@x.example"])
        {
            var marked = folder.Patch(prepared.Slot, MarkText.For(Code, email, Noon));
            Samples.Run("qpdf", "--check", marked).ExitCode.ShouldBe(0);
            Samples.PageTexts(marked)[0].ShouldContain(Code);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("TC)7F3K")]
    [InlineData("TC-0123456789012345678901234567890")]
    public void A_trace_code_that_would_not_fit_or_could_break_out_is_a_bug_of_the_caller(string code) =>
        Should.Throw<ArgumentException>(() => MarkText.For(code, "dana@buyer.example", Noon));

    [GeneratedRegex(@"^\(((?:[^()\\]|\\[()\\])*)\) Tj T\* \(((?:[^()\\]|\\[()\\])*)\) Tj *$")]
    private static partial Regex TwoStrings();
}

public sealed class MarkSlotTests
{
    [Fact, Trait("Case", "T-040")]
    public void A_mark_patched_in_chunks_of_any_size_equals_one_patched_whole()
    {
        var template = Enumerable.Range(0, 500).Select(n => (byte)n).ToArray();
        var mark = Enumerable.Repeat((byte)'#', 37).ToArray();
        Prop.ForAll(Gen.Choose(0, 463).ToArbitrary(), Gen.Choose(1, 500).ToArbitrary(), (offset, size) =>
        {
            var slot = new MarkSlot(offset, mark.Length);
            var whole = template.ToArray();
            slot.Patch(0, whole, mark);
            var chunks = template.Chunk(size).ToArray();
            for (var n = 0; n < chunks.Length; n++) slot.Patch((long)n * size, chunks[n], mark);
            return whole.AsSpan().SequenceEqual(chunks.SelectMany(chunk => chunk).ToArray())
                && whole.AsSpan(offset, mark.Length).SequenceEqual(mark)
                && whole.Where((value, at) => value != template[at]).Count() <= mark.Length;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Patching_far_into_a_big_file_allocates_nothing()
    {
        var slot = new MarkSlot(5_000_000_000, MarkText.SlotLength);
        var mark = MarkText.For("TC-1", "dana@buyer.example", DateTimeOffset.UnixEpoch);
        var chunk = new byte[64 << 10];
        slot.Patch(5_000_000_000 - 100, chunk, mark);
        var before = GC.GetAllocatedBytesForCurrentThread();
        slot.Patch(5_000_000_000 - 100, chunk, mark);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        chunk.AsSpan(100, mark.Length).SequenceEqual(mark).ShouldBeTrue();
    }

    [Fact]
    public void A_mark_of_another_length_is_a_bug_of_the_caller() =>
        Should.Throw<ArgumentException>(() => new MarkSlot(0, 5).Patch(0, new byte[10], new byte[4]));
}
