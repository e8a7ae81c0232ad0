using TrustCenter.Tenants;

namespace TrustCenter.Tests.Tenants;

public sealed class PngLogoTests
{
    [Fact]
    public void Of_a_picture_only_what_draws_it_is_kept()
    {
        byte[] head = [.. Png.Signature, .. Png.Head(4, 2, colour: 3), .. Png.Chunk("PLTE", [0, 0, 0, 255, 0, 0])], clear = Png.Chunk("tRNS", [0]), rows = Png.Rows(2 * 5);
        byte[] sent = [.. head, .. Png.Chunk("iCCP", new byte[40]), .. clear, .. Png.Chunk("eXIf", [1, 2, 3]), .. Png.Text("Ana"), .. rows, .. Png.Chunk("tIME", new byte[7]), .. Png.End, .. "<script>"u8];
        Kept(sent).ShouldBe([.. head, .. clear, .. rows, .. Png.End]);
        Kept(Kept(sent)!).ShouldBe(Kept(sent));
    }

    [Theory]
    [InlineData(1, 0, 9, 9, 0, 18 + 9)]
    [InlineData(16, 2, 2, 1, 0, 1 + 12)]
    [InlineData(8, 4, 3, 3, 0, 3 * 7)]
    [InlineData(8, 6, 1, 1, 1, 5)]
    [InlineData(8, 6, 8, 8, 1, 15 + 256)] // 1, 1, 1, 2, 2, 4 and 4 rows
    public void Every_kind_of_picture_is_read(byte depth, byte colour, int width, int height, byte interlaced, int rows)
        => Kept([.. Png.Signature, .. Png.Head(width, height, depth, colour, interlaced), .. Png.Rows(rows), .. Png.End]).ShouldNotBeNull();

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "no signature", Png.Picture(4, 4)[1..] },
        { "cut short", Png.Picture(4, 4)[..^1] },
        { "without an end", Png.Picture(4, 4)[..^12] },
        { "a check sum that is wrong", [.. Png.Picture(4, 4)[..32], (byte)~Png.Picture(4, 4)[32], .. Png.Picture(4, 4)[33..]] },
        { "the end first", [.. Png.Signature, .. Png.End, .. Png.Picture(4, 4)[8..]] },
        { "two heads", Png.Picture(4, 4, Png.Head(4, 4)) },
        { "a chunk that must be understood and is not", Png.Picture(4, 4, Png.Chunk("EVIL", [1])) },
        { "a length beyond the file", [.. Png.Signature, 0xFF, 0xFF, 0xFF, 0xFF, .. "IHDR"u8, 0, 0, 0, 0] },
        { "no pixels", [.. Png.Signature, .. Png.Head(4, 4), .. Png.End] },
        { "no width", Png.Picture(0, 4) },
        { "a height below nothing", [.. Png.Signature, .. Png.Head(4, -4), .. Png.Rows(68), .. Png.End] },
        { "too wide", Png.Picture(2_001, 1) },
        { "too high", Png.Picture(1, 1_001) },
        { "an unknown kind of colour", [.. Png.Signature, .. Png.Head(4, 4, colour: 5), .. Png.Rows(68), .. Png.End] },
        { "a palette that is not there", [.. Png.Signature, .. Png.Head(4, 4, colour: 3), .. Png.Rows(20), .. Png.End] },
        { "more transparency than colours", [.. Png.Signature, .. Png.Head(4, 4, colour: 3), .. Png.Chunk("PLTE", new byte[3]), .. Png.Chunk("tRNS", new byte[2]), .. Png.Rows(20), .. Png.End] },
        { "too few rows", [.. Png.Signature, .. Png.Head(4, 4), .. Png.Rows(67), .. Png.End] },
        { "a bomb", [.. Png.Signature, .. Png.Head(4, 4), .. Png.Rows(100_000_000), .. Png.End] },
        { "pixels that are no zlib", [.. Png.Signature, .. Png.Head(4, 4), .. Png.Chunk("IDAT", [1, 2, 3, 4]), .. Png.End] },
        { "too long a file", Png.Picture(4, 4, Png.Chunk("tEXt", new byte[PngFile.Longest])) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_picture_is_refused_with_a_sentence(string what, byte[] file)
    {
        LogoFile.Read(Address(file), out var refusal).ShouldBeNull(what);
        refusal.ShouldMatch("Save it as PNG|Save it smaller|neither a PNG");
    }

    private static string Address(byte[] file) => "data:image/png;base64," + Convert.ToBase64String(file);

    private static byte[]? Kept(byte[] file) => LogoFile.Read(Address(file)) is { } kept ? LogoFile.Bytes(kept) : null;
}
