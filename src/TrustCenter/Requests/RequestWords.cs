using System.Text.Json;
using System.Text.Json.Serialization;
using TrustCenter.Engine;
using TrustCenter.Mail;
using TrustCenter.Web;

namespace TrustCenter.Requests;

/// <summary>Who asks and why, as typed: one sealed record, because it is personal as a whole. Each is one line of text without controls (ABUSE T-103).</summary>
public sealed record RequestWords(string Name, string Company, string Why)
{
    public const string Field = "request";

    private const int LongestName = 100, LongestCompany = 100, LongestWhy = 200; // characters

    public static readonly RequestWords Forgotten = new("", "", "");

    public static RequestWords Of(TypedForm form) => new(MailHeader.Clean(form["name"]), MailHeader.Clean(form["company"]), MailHeader.Clean(form["why"]));

    public IEnumerable<Problem> Problems()
    {
        if (Name.Length is 0 or > LongestName) yield return new("name", $"Write your name, at most {LongestName} characters.");
        if (Company.Length > LongestCompany) yield return new("company", $"Write your company's name, at most {LongestCompany} characters.");
        if (Why.Length >= LongestWhy) yield return new("why", $"Write one sentence of less than {LongestWhy} characters."); // cleaning cuts there
    }

    public string Write() => JsonSerializer.Serialize(this, RequestWordsJson.Default.RequestWords);

    public static RequestWords Read(string? json) => json is null ? Forgotten : JsonSerializer.Deserialize(json, RequestWordsJson.Default.RequestWords)!;

    public override string ToString() => "words of a request"; // never the content: records are easily logged
}

[JsonSerializable(typeof(RequestWords))]
internal sealed partial class RequestWordsJson : JsonSerializerContext;
