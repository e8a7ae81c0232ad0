using TrustCenter.Staff;
using TrustCenter.Staff.OpenId;
using TrustCenter.Staff.Setup;
using TrustCenter.Staff.SignIn;
using TrustCenter.Staff.Team;

namespace TrustCenter.Tests.Golden;

/// <summary>One of each state around signing in, with every field set.</summary>
internal static class GoldenSignIns
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 9, 14, 0, TimeSpan.Zero);
    private static readonly string Hash = new('a', 64);

    private static Guid Id(int n) => new($"00000000-0000-7000-8000-{n:d12}");

    public static readonly StaffMember Staff = new()
    {
        Name = "Ada", Roles = [Role.Admin], Person = Id(1), Email = Hash, Invitation = new Invitation(Hash, At, Id(2)), Joined = At, LastSignIn = At,
        Authenticator = new Authenticator("c2VhbGVk", 58_000_000, [Hash]), Epoch = 3, WrongTries = 2, WrongSince = At,
    };

    public static readonly StaffMember StaffOfProvider = new() { Name = "Ana", Roles = [Role.Editor], Person = Id(1), Provider = "Entra ID", Joined = At, LastSignIn = At, Epoch = 1 };

    public static readonly ProviderSession Session = new() { Number = 2 };

    public static readonly ProviderAnswer Answer = new() { Why = "nonce" };

    public static readonly SignInAttempt Attempt = new()
    {
        Asked = At, Secret = Hash, Members = [new Membership(Id(1), Id(2))], CodeHash = Hash, Tries = 1, Proven = At, Chosen = Id(2), Ended = At, Enrolled = Id(2), Return = "/console",
    };

    public static readonly Admins Admins = new() { Ids = [Id(1), Id(2)] };

    public static readonly SetupCodes Setup = new() { Used = [Hash] };
}
