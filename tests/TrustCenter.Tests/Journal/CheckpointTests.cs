using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TrustCenter.Journal;

namespace TrustCenter.Tests.Journal;

[Trait("Case", "T-091")]
public sealed class CheckpointTests : IDisposable
{
    private static readonly BigInteger Order = BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", System.Globalization.NumberStyles.HexNumber);
    private static readonly Checkpoint Some = new() { Tenant = TestEntries.Tenant, Log = JournalEntry.Journal, Size = 20, Root = MerkleTree.EmptyRoot(), Utc = 5 };

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly CheckpointSigner _signer;

    public CheckpointTests() => _signer = new CheckpointSigner(_key);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void A_signed_checkpoint_reads_back()
    {
        Checkpoint.TryVerify(_signer.Sign(Some), _signer.Key, out var back).ShouldBeTrue();
        back!.Root.ShouldBe(Some.Root);
        (back with { Root = Some.Root }).ShouldBe(Some);
    }

    [Fact]
    public async Task A_general_JWS_library_accepts_the_signature_too()
    {
        var key = new ECDsaSecurityKey(_key);
        var parameters = new TokenValidationParameters { IssuerSigningKey = key, ValidateIssuer = false, ValidateAudience = false, ValidateLifetime = false, TryAllIssuerSigningKeys = true };
        (await new JsonWebTokenHandler().ValidateTokenAsync(_signer.Sign(Some), parameters)).IsValid.ShouldBeTrue();
        var jwk = JsonWebKey.Create(_signer.Key.Json);
        _signer.Key.Thumbprint.ShouldBe(Base64Url.EncodeToString(jwk.ComputeJwkThumbprint()));
    }

    [Fact]
    public void Every_changed_bit_of_a_checkpoint_is_noticed_and_so_is_every_cut()
    {
        var jws = _signer.Sign(Some);
        for (var bit = 0; bit < jws.Length * 8; bit++)
        {
            var changed = jws.ToCharArray();
            changed[bit / 8] ^= (char)(1 << bit % 8);
            Checkpoint.TryVerify(new string(changed), _signer.Key, out _).ShouldBeFalse($"bit {bit}");
        }
        for (var length = 0; length < jws.Length; length++) Checkpoint.TryVerify(jws[..length], _signer.Key, out _).ShouldBeFalse();
        foreach (var more in new[] { "=", "==", " ", "\n", "A", ".", "." + jws }) Checkpoint.TryVerify(jws + more, _signer.Key, out _).ShouldBeFalse();
    }

    [Fact]
    public void The_other_signature_that_the_curve_allows_is_refused()
    {
        for (var i = 0; i < 50; i++)
        {
            var parts = _signer.Sign(Some).Split('.');
            var signature = Base64Url.DecodeFromChars(parts[2]);
            var s = new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);
            var other = (Order - s).ToByteArray(isUnsigned: true, isBigEndian: true);
            signature.AsSpan(32).Clear();
            other.CopyTo(signature, 64 - other.Length);
            var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
            _key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation).ShouldBeTrue();
            Checkpoint.TryVerify($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(signature)}", _signer.Key, out _).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("""{"alg":"none","kid":"KID","typ":"trustcenter-checkpoint"}""")]
    [InlineData("""{"alg":"HS256","kid":"KID","typ":"trustcenter-checkpoint"}""")]
    [InlineData("""{"alg":"ES384","kid":"KID","typ":"trustcenter-checkpoint"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"trustcenter-seal"}""")]
    [InlineData("""{"alg":"ES256","kid":"another","typ":"trustcenter-checkpoint"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"trustcenter-checkpoint","crit":["b64"],"b64":false}""")]
    [InlineData("""{"kid":"KID","alg":"ES256","typ":"trustcenter-checkpoint"}""")]
    public void Another_header_is_refused_even_when_its_signature_is_good(string header)
    {
        var payload = _signer.Sign(Some).Split('.')[1];
        var signed = $"{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(header.Replace("KID", _signer.Key.Thumbprint)))}.{payload}";
        foreach (var signature in new[] { Signature(signed), [], HMACSHA256.HashData(Encoding.ASCII.GetBytes(_signer.Key.Json), Encoding.ASCII.GetBytes(signed)) })
            Checkpoint.TryVerify($"{signed}.{Base64Url.EncodeToString(signature)}", _signer.Key, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(""" {"tenant":"0199aa00-0000-7000-8000-000000000001","log":"journal","size":1,"root":"ROOT","utc":5}""")]
    [InlineData("""{"tenant":"0199aa00-0000-7000-8000-000000000001","log":"journal","size":1.0,"root":"ROOT","utc":5}""")]
    [InlineData("""{"tenant":"0199aa00-0000-7000-8000-000000000001","log":"journal","size":-1,"root":"ROOT","utc":5}""")]
    [InlineData("""{"tenant":"0199aa00-0000-7000-8000-000000000001","log":"journal","size":1,"size":1,"root":"ROOT","utc":5}""")]
    [InlineData("""{"tenant":"0199AA00-0000-7000-8000-000000000001","log":"journal","size":1,"root":"ROOT","utc":5}""")]
    [InlineData("""{"tenant":"0199aa00-0000-7000-8000-000000000001","log":"journal","size":1,"root":"AAAA","utc":5}""")]
    [InlineData("""{"tenant":"0199aa00-0000-7000-8000-000000000001","log":"\ud800","size":1,"root":"ROOT","utc":5}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void A_payload_in_another_form_is_refused_even_when_signed(string payload)
    {
        var head = _signer.Sign(Some).Split('.')[0];
        var signed = $"{head}.{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(payload.Replace("ROOT", Base64Url.EncodeToString(Some.Root))))}";
        Checkpoint.TryVerify($"{signed}.{Base64Url.EncodeToString(Lowered(signed))}", _signer.Key, out _).ShouldBeFalse();
    }

    [Fact]
    public void Another_key_is_refused_and_so_is_a_key_on_another_curve()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Checkpoint.TryVerify(_signer.Sign(Some), PublicJwk.Of(other), out _).ShouldBeFalse();
        using var wide = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Should.Throw<ArgumentException>(() => new CheckpointSigner(wide));
    }

    [Fact]
    public void A_key_is_read_in_one_form_only()
    {
        var json = _signer.Key.Json;
        PublicJwk.TryParse(json, out var back).ShouldBeTrue();
        back!.Thumbprint.ShouldBe(_signer.Key.Thumbprint);
        for (var bit = 0; bit < json.Length * 8; bit++)
        {
            var changed = json.ToCharArray();
            changed[bit / 8] ^= (char)(1 << bit % 8);
            if (PublicJwk.TryParse(new string(changed), out var read)) read.Thumbprint.ShouldNotBe(_signer.Key.Thumbprint);
        }
        PublicJwk.TryParse(json + " ", out _).ShouldBeFalse();
        PublicJwk.TryParse("null", out _).ShouldBeFalse();
    }

    private byte[] Signature(string signed) => _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>Signs until the signature is the canonical one, so that only the payload can be the reason to refuse.</summary>
    private byte[] Lowered(string signed)
    {
        while (true)
        {
            var signature = Signature(signed);
            if (new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true) <= Order / 2) return signature;
        }
    }
}
