using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Engine;
using TrustCenter.Pages;
using TrustCenter.Store;

namespace TrustCenter.Rooms;

/// <summary>
/// A room's page as it was shown, without its reader's address, which can be forgotten, and his visit: readers of one link share it. Kept by its
/// hash, which the journal's entry of the view names (ABUSE T-067).
/// </summary>
public sealed record RoomTemplate : IState<RoomTemplate>
{
    // No page holds these characters: text in HTML never does.
    private const string EmailSlot = "\u0001e", VisitSlot = "\u0001v", VisitSlotPlain = "\u0001n";

    public required byte[] Brotli { get; init; } // the page in UTF-8

    static string IState<RoomTemplate>.Kind => "room_template";
    static JsonTypeInfo<RoomTemplate> IState<RoomTemplate>.Json => RoomTemplateJson.Default.RoomTemplate;
    static bool IState<RoomTemplate>.IsContent => false;

    public IEnumerable<ViewRow> Rows(AggregateId id) => [];

    /// <summary>The page without its reader, and its SHA-256, hex.</summary>
    public static (byte[] Page, string Sha) ToKeep(string page, string email, Guid visit)
    {
        var body = Encoding.UTF8.GetBytes(page.Replace(HtmlEncoder.Default.Encode(email), EmailSlot, StringComparison.Ordinal)
            .Replace(visit.ToString("D"), VisitSlot, StringComparison.Ordinal).Replace(visit.ToString("N"), VisitSlotPlain, StringComparison.Ordinal));
        return (body, Convert.ToHexStringLower(SHA256.HashData(body)));
    }

    public static RoomTemplate Of(byte[] page) => new() { Brotli = Packing.Quick(page) };

    public static Guid KeyOf(string sha) => new(Convert.FromHexString(sha).AsSpan(0, 16), bigEndian: true);

    /// <exception cref="StoreException">It is not the template of this hash.</exception>
    public byte[] Fill(string sha, string email, Guid visit)
    {
        using var packed = new BrotliStream(new MemoryStream(Brotli, writable: false), CompressionMode.Decompress);
        using var body = new MemoryStream();
        packed.CopyTo(body);
        if (Convert.ToHexStringLower(SHA256.HashData(body.ToArray())) != sha) throw new StoreException($"The page {sha} is not what was shown. Restore it from a backup.");
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.ToArray()).Replace(EmailSlot, HtmlEncoder.Default.Encode(email), StringComparison.Ordinal)
            .Replace(VisitSlot, visit.ToString("D"), StringComparison.Ordinal).Replace(VisitSlotPlain, visit.ToString("N"), StringComparison.Ordinal));
    }
}

public sealed record KeepRoomTemplate : Command<RoomTemplate>
{
    public required RoomTemplate Template { get; init; }

    public override Decision<RoomTemplate> Decide(RoomTemplate? template, Actor by, DateTimeOffset now)
        => new(new Outcome.Done()) { State = template is null ? Template : null };
}

[JsonSerializable(typeof(RoomTemplate))]
internal sealed partial class RoomTemplateJson : JsonSerializerContext;
