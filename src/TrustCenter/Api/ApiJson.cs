using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Evidence;
using TrustCenter.Import;

namespace TrustCenter.Api;

/// <summary>
/// How the API reads and writes JSON. Strict: a member that is not known, twice there, of another type or missing is refused, and nothing is guessed (ABUSE T-084, T-086).
/// Names and words in camelCase, days and times in ISO 8601, ids as UUIDs; what is not there is left out.
/// </summary>
public static class ApiJson
{
    private const int Deepest = 16; // levels; our bodies have four, and their schemas up to twelve

    public static JsonSerializerOptions Options { get; } = Made();

    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Made()
    {
        var options = new JsonSerializerOptions(JsonSerializerOptions.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            MaxDepth = Deepest,
            TypeInfoResolver = ApiShapes.Default,
        };
        options.Converters.Add(new Word<ClaimStatus>());
        options.Converters.Add(new Word<Visibility>());
        options.Converters.Add(new Word<StageShape>());
        options.Converters.Add(new Word<EvidenceKind>());
        options.Converters.Add(new Word<EvidenceClass>());
        options.Converters.Add(new Word<DealOutcome>());
        options.Converters.Add(new Word<FactorKind>());
        options.Converters.Add(new Word<SaidBy>());
        options.Converters.Add(new Word<LinkState>());
        options.Converters.Add(new Word<GrantKind>());
        options.Converters.Add(new Word<VisitStage>());
        options.Converters.Add(new Word<ImportStage>());
        options.Converters.Add(new Word<BatchAct>());
        options.Converters.Add(new Word<DayOfWeek>());
        options.Converters.Add(new Moment());
        options.MakeReadOnly();
        return options;
    }

    // The framework's own takes a time without an offset as the server's.
    private sealed class Moment : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var at) && HasOffset(reader.GetString()!) ? at : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        private static bool HasOffset(string text) => text.EndsWith('Z') || text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':';
    }

    // The framework's own takes other spellings, and two words with a comma between them.
    private sealed class Word<T> : JsonConverter<T> where T : struct, Enum
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.String && ApiWord.TryParse(reader.GetString()!, out T word) ? word : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(ApiWord.Of(value));
    }
}

[JsonSerializable(typeof(ProblemShape))]
[JsonSerializable(typeof(NothingShape))]
[JsonSerializable(typeof(ListShape<ImportLineShape>))]
[JsonSerializable(typeof(ImportShape))]
[JsonSerializable(typeof(ImportMappingShape))]
[JsonSerializable(typeof(ListShape<ClaimLineShape>))]
[JsonSerializable(typeof(ClaimShape))]
[JsonSerializable(typeof(NewClaimShape))]
[JsonSerializable(typeof(NewDraftShape))]
[JsonSerializable(typeof(ApprovalShape))]
[JsonSerializable(typeof(ReturnShape))]
[JsonSerializable(typeof(WithdrawalShape))]
[JsonSerializable(typeof(ScheduleShape))]
[JsonSerializable(typeof(ListShape<CommentShape>))]
[JsonSerializable(typeof(NewCommentShape))]
[JsonSerializable(typeof(CommentedShape))]
[JsonSerializable(typeof(ListShape<StoodClaimShape>))]
[JsonSerializable(typeof(ListShape<TranslationShape>))]
[JsonSerializable(typeof(NewTranslationShape))]
[JsonSerializable(typeof(NewPublicationsShape))]
[JsonSerializable(typeof(NewChecksShape))]
[JsonSerializable(typeof(ClaimBatchShape))]
[JsonSerializable(typeof(EditedShape))]
[JsonSerializable(typeof(VersionedShape))]
[JsonSerializable(typeof(ListShape<EvidenceLineShape>))]
[JsonSerializable(typeof(EvidenceShape))]
[JsonSerializable(typeof(EvidenceApprovalShape))]
[JsonSerializable(typeof(EvidenceReturnShape))]
[JsonSerializable(typeof(EvidenceCleaningShape))]
[JsonSerializable(typeof(WithdrawalApprovalShape))]
[JsonSerializable(typeof(WithdrawalReturnShape))]
[JsonSerializable(typeof(UploadedShape))]
[JsonSerializable(typeof(ListShape<PageShape>))]
[JsonSerializable(typeof(ListShape<LinkLineShape>))]
[JsonSerializable(typeof(LinkShape))]
[JsonSerializable(typeof(NewLinkShape))]
[JsonSerializable(typeof(ProlongationShape))]
[JsonSerializable(typeof(MadeShape))]
[JsonSerializable(typeof(ListShape<GrantShape>))]
[JsonSerializable(typeof(GrantsShape))]
[JsonSerializable(typeof(ListShape<SuspendedLinkShape>))]
[JsonSerializable(typeof(ListShape<VisitShape>))]
[JsonSerializable(typeof(ListShape<TouchShape>))]
[JsonSerializable(typeof(ListShape<DealShape>))]
[JsonSerializable(typeof(DealShape))]
[JsonSerializable(typeof(NewDealShape))]
[JsonSerializable(typeof(ChangedDealShape))]
[JsonSerializable(typeof(FiguresShape))]
[JsonSerializable(typeof(SubprocessorsShape))]
[JsonSerializable(typeof(NewSubprocessorShape))]
[JsonSerializable(typeof(VersionShape))]
[JsonSerializable(typeof(EditShape))]
[JsonSerializable(typeof(AgreementShape))]
[JsonSerializable(typeof(NewAgreementShape))]
[JsonSerializable(typeof(SettingsShape))]
[JsonSerializable(typeof(NewHoursShape))]
[JsonSerializable(typeof(NewDefaultsShape))]
[JsonSerializable(typeof(NewRetentionShape))]
[JsonSerializable(typeof(NewNoticeShape))]
[JsonSerializable(typeof(NewBrandShape))]
[JsonSerializable(typeof(NewScopeShape))]
[JsonSerializable(typeof(NewTopicsShape))]
[JsonSerializable(typeof(NewAudiencesShape))]
[JsonSerializable(typeof(ListShape<EntryShape>))]
[JsonSerializable(typeof(ListShape<CheckpointShape>))]
[JsonSerializable(typeof(ExportShape))]
internal sealed partial class ApiShapes : JsonSerializerContext;
