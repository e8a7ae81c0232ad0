using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TrustCenter.Staff.SignIn;

namespace TrustCenter.Tests.Staff;

/// <summary>The codes of the app, against the standards' own examples and against the framework's provider.</summary>
public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory] // RFC 6238, appendix B: the last six digits of its eight
    [InlineData(59, "287082")]
    [InlineData(1_111_111_109, "081804")]
    [InlineData(1_111_111_111, "050471")]
    [InlineData(1_234_567_890, "005924")]
    [InlineData(2_000_000_000, "279037")]
    [InlineData(20_000_000_000, "353130")]
    public void The_examples_of_the_standard_come_out(long seconds, string code) => Totp.At(Secret, Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    [Theory] // RFC 4648, section 10, without padding
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_the_standard(string text, string encoded) => Totp.Base32(Encoding.ASCII.GetBytes(text)).ShouldBe(encoded);

    [Fact]
    public void A_clock_may_be_one_step_off_and_no_more()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_015);
        var step = Totp.StepOf(now);
        for (var off = -3; off <= 3; off++) Totp.Match(Secret, Totp.At(Secret, step + off), now).ShouldBe(Math.Abs(off) <= 1 ? step + off : null);
        foreach (var no in new[] { "", "1", "0000000", "abcdef", "١٢٣٤٥٦" }) Totp.Match(Secret, no, now).ShouldBeNull();
    }

    [Fact]
    public async Task The_frameworks_provider_takes_the_same_code()
    {
        using var users = new UserManager<Holder>(new Keyring(Secret), Options.Create(new IdentityOptions()), new PasswordHasher<Holder>(), [], [], new UpperInvariantLookupNormalizer(), new IdentityErrorDescriber(), null!, NullLogger<UserManager<Holder>>.Instance);
        var code = Totp.At(Secret, Totp.StepOf(DateTimeOffset.UtcNow));
        (await new AuthenticatorTokenProvider<Holder>().ValidateAsync("TwoFactor", code, users, new Holder())).ShouldBeTrue();
    }

    public sealed class Holder;

    private sealed class Keyring(byte[] secret) : IUserAuthenticatorKeyStore<Holder>
    {
        public Task<string?> GetAuthenticatorKeyAsync(Holder user, CancellationToken cancellationToken) => Task.FromResult<string?>(Totp.Base32(secret));
        public Task SetAuthenticatorKeyAsync(Holder user, string key, CancellationToken cancellationToken) => throw new NotSupportedException();
        public Task<string> GetUserIdAsync(Holder user, CancellationToken cancellationToken) => Task.FromResult("1");
        public Task<string?> GetUserNameAsync(Holder user, CancellationToken cancellationToken) => Task.FromResult<string?>("1");
        public Task SetUserNameAsync(Holder user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();
        public Task<string?> GetNormalizedUserNameAsync(Holder user, CancellationToken cancellationToken) => Task.FromResult<string?>("1");
        public Task SetNormalizedUserNameAsync(Holder user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();
        public Task<IdentityResult> CreateAsync(Holder user, CancellationToken cancellationToken) => throw new NotSupportedException();
        public Task<IdentityResult> UpdateAsync(Holder user, CancellationToken cancellationToken) => throw new NotSupportedException();
        public Task<IdentityResult> DeleteAsync(Holder user, CancellationToken cancellationToken) => throw new NotSupportedException();
        public Task<Holder?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult<Holder?>(new Holder());
        public Task<Holder?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult<Holder?>(new Holder());
        public void Dispose() { }
    }
}
