using System.Text.Json;
using System.Text.Json.Serialization;
using TrustCenter.Agreements;
using TrustCenter.Api;
using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Evidence;
using TrustCenter.Import;
using TrustCenter.Links;
using TrustCenter.Operation;
using TrustCenter.Prospects;
using TrustCenter.Requests;
using TrustCenter.Rooms;
using TrustCenter.Staff;
using TrustCenter.Staff.OpenId;
using TrustCenter.Staff.Setup;
using TrustCenter.Staff.SignIn;
using TrustCenter.Staff.Team;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;
using TrustCenter.Store;

namespace TrustCenter.Orleans;

/// <summary>Every command of the product, as it crosses the wire. One that is missing here is refused by the cluster engine; a test names it.</summary>
[JsonSerializable(typeof(PublishAgreement))]
[JsonSerializable(typeof(MakeApiKey))]
[JsonSerializable(typeof(RevokeApiKey))]
[JsonSerializable(typeof(AddClaimComment))]
[JsonSerializable(typeof(ApproveClaim))]
[JsonSerializable(typeof(ApproveClaimTranslation))]
[JsonSerializable(typeof(AskClaimApproval))]
[JsonSerializable(typeof(CancelClaimSchedule))]
[JsonSerializable(typeof(FinishClaimBatch))]
[JsonSerializable(typeof(ProposeClaimCheck))]
[JsonSerializable(typeof(ProposeClaimWithdrawal))]
[JsonSerializable(typeof(PublishDueClaim))]
[JsonSerializable(typeof(ReturnClaim))]
[JsonSerializable(typeof(ReturnClaimTranslation))]
[JsonSerializable(typeof(SaveClaim))]
[JsonSerializable(typeof(SaveClaimTranslation))]
[JsonSerializable(typeof(StartClaimBatch))]
[JsonSerializable(typeof(BringDeal))]
[JsonSerializable(typeof(ForgetDealNames))]
[JsonSerializable(typeof(SetDeal))]
[JsonSerializable(typeof(ApproveEvidence))]
[JsonSerializable(typeof(ApproveEvidenceWithdrawal))]
[JsonSerializable(typeof(AskEvidenceWithdrawal))]
[JsonSerializable(typeof(CleanEvidence))]
[JsonSerializable(typeof(DeclineEvidenceWithdrawal))]
[JsonSerializable(typeof(ReadEvidence))]
[JsonSerializable(typeof(ReturnEvidence))]
[JsonSerializable(typeof(UploadEvidence))]
[JsonSerializable(typeof(AdvanceImport))]
[JsonSerializable(typeof(BeginImport))]
[JsonSerializable(typeof(BringTable))]
[JsonSerializable(typeof(ChooseMapping))]
[JsonSerializable(typeof(EndCheck))]
[JsonSerializable(typeof(EndImport))]
[JsonSerializable(typeof(FailImport))]
[JsonSerializable(typeof(NoteCheck))]
[JsonSerializable(typeof(RememberMapping))]
[JsonSerializable(typeof(WithdrawImport))]
[JsonSerializable(typeof(AdmitToLink))]
[JsonSerializable(typeof(ApproveLinkAgain))]
[JsonSerializable(typeof(ChangeLinkPeople))]
[JsonSerializable(typeof(CreateLink))]
[JsonSerializable(typeof(ForgetLinkPeople))]
[JsonSerializable(typeof(ProlongLink))]
[JsonSerializable(typeof(RenewSummary))]
[JsonSerializable(typeof(RevokeLink))]
[JsonSerializable(typeof(TakeOffLink))]
[JsonSerializable(typeof(EndOperatorSession))]
[JsonSerializable(typeof(RecordBackup))]
[JsonSerializable(typeof(TryOperatorCode))]
[JsonSerializable(typeof(AcceptAgreement))]
[JsonSerializable(typeof(AskCode))]
[JsonSerializable(typeof(FollowNextStep))]
[JsonSerializable(typeof(ForgetVisit))]
[JsonSerializable(typeof(StartDownload))]
[JsonSerializable(typeof(TryCode))]
[JsonSerializable(typeof(AnswerRequest))]
[JsonSerializable(typeof(AskAccess))]
[JsonSerializable(typeof(ForgetRequest))]
[JsonSerializable(typeof(TryRequestCode))]
[JsonSerializable(typeof(KeepRoomTemplate))]
[JsonSerializable(typeof(ForgetMember))]
[JsonSerializable(typeof(BeginProviderSession))]
[JsonSerializable(typeof(EndProviderSession))]
[JsonSerializable(typeof(ReadmitMember))]
[JsonSerializable(typeof(RefuseAnswer))]
[JsonSerializable(typeof(SignInByProvider))]
[JsonSerializable(typeof(TakeAnswer))]
[JsonSerializable(typeof(SetStaffMember))]
[JsonSerializable(typeof(UseSetupCode))]
[JsonSerializable(typeof(AskSignIn))]
[JsonSerializable(typeof(ChooseVendor))]
[JsonSerializable(typeof(EndSignIn))]
[JsonSerializable(typeof(EnrolAuthenticator))]
[JsonSerializable(typeof(RenewRecoveryCodes))]
[JsonSerializable(typeof(SignOutEverywhere))]
[JsonSerializable(typeof(TryAuthenticator))]
[JsonSerializable(typeof(TrySignInCode))]
[JsonSerializable(typeof(ChangeRoles))]
[JsonSerializable(typeof(CountAdmin))]
[JsonSerializable(typeof(InviteMember))]
[JsonSerializable(typeof(ReinviteMember))]
[JsonSerializable(typeof(RemoveMember))]
[JsonSerializable(typeof(StrikeAdmin))]
[JsonSerializable(typeof(ApproveSubprocessors))]
[JsonSerializable(typeof(DropSubprocessorProposal))]
[JsonSerializable(typeof(ProposeSubprocessor))]
[JsonSerializable(typeof(ProposeSubprocessors))]
[JsonSerializable(typeof(PublishSubprocessors))]
[JsonSerializable(typeof(ReturnSubprocessors))]
[JsonSerializable(typeof(AskHostName))]
[JsonSerializable(typeof(BeginErasure))]
[JsonSerializable(typeof(ChoosePrimaryHost))]
[JsonSerializable(typeof(CreateTenancy))]
[JsonSerializable(typeof(DefineVendor))]
[JsonSerializable(typeof(FinishErasure))]
[JsonSerializable(typeof(LiftLinkSuspension))]
[JsonSerializable(typeof(RecordHostCheck))]
[JsonSerializable(typeof(RemoveHostName))]
[JsonSerializable(typeof(SuspendLinks))]
[JsonSerializable(typeof(Guid[]))]
[JsonSourceGenerationOptions(Converters = [typeof(CellsJson), typeof(IdsJson)])]
internal sealed partial class CommandJson : JsonSerializerContext;

internal sealed class IdsJson : JsonConverter<IReadOnlySet<Guid>>
{
    public override IReadOnlySet<Guid> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize(ref reader, CommandJson.Default.GuidArray)!.ToHashSet();

    public override void Write(Utf8JsonWriter writer, IReadOnlySet<Guid> value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, [.. value], CommandJson.Default.GuidArray);
}

/// <summary>The columns of a row, as the database takes them: bytes stand in a list of their own.</summary>
internal sealed class CellsJson : JsonConverter<(string Column, object? Value)[]>
{
    public override (string Column, object? Value)[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var cells = new List<(string, object?)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var column = reader.GetString()!;
            reader.Read();
            cells.Add((column, Cell(ref reader)));
        }
        return [.. cells];
    }

    private static object? Cell(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType == JsonTokenType.String) return reader.GetString();
        if (reader.TokenType == JsonTokenType.Number) return reader.TryGetInt64(out var whole) ? whole : reader.GetDouble();
        reader.Read();
        var bytes = reader.GetBytesFromBase64();
        reader.Read();
        return bytes;
    }

    public override void Write(Utf8JsonWriter writer, (string Column, object? Value)[] value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var (column, cell) in value)
        {
            writer.WriteStringValue(column);
            Write(writer, Sql.Stored(cell));
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, object cell)
    {
        switch (cell)
        {
            case DBNull: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case double real: writer.WriteNumberValue(real); break;
            case byte[] bytes: writer.WriteStartArray(); writer.WriteBase64StringValue(bytes); writer.WriteEndArray(); break;
            default: writer.WriteNumberValue(Convert.ToInt64(cell, System.Globalization.CultureInfo.InvariantCulture)); break;
        }
    }
}
