using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Staff.Team;

namespace TrustCenter.Staff.SignIn;

/// <summary>
/// The person's app shows the right code: the invitation is accepted. Only where there is none yet: who can read somebody's mail must not be able
/// to put another app in its place.
/// </summary>
public sealed record EnrolAuthenticator : Command<StaffMember>
{
    public required string Sealed { get; init; }
    public required long Step { get; init; } // of the code that was typed
    public required IReadOnlyList<string> RecoveryHashes { get; init; }
    public required string From { get; init; } // the network's mark

    public override Decision<StaffMember> Decide(StaffMember? member, Actor by, DateTimeOffset now)
    {
        if (member is not { Active: true }) return Decision<StaffMember>.Missing;
        if (member.Authenticator is not null) return Decision<StaffMember>.Refuse("", "An authenticator app is set up already. Sign in with it.");
        if (member.Invitation?.IsOpen(now) != true) return Decision<StaffMember>.Refuse("", "This invitation is over. Ask an admin to invite you again.");
        return new(new Outcome.Done())
        {
            State = member with { Invitation = null, Joined = now, LastSignIn = now, Authenticator = new Authenticator(Sealed, Step, RecoveryHashes), WrongTries = 0, WrongSince = null },
            Happenings = [new Happening("staff.joined", new Fact("roles", string.Join(",", member.Roles)), new Fact("from", From)), new Happening("staff.signed_in", new Fact("by", "authenticator"), new Fact("from", From))],
        };
    }
}

/// <summary>A code of the app, or a recovery code. Without either it is a wrong one, which counts.</summary>
public sealed record TryAuthenticator : Command<StaffMember>
{
    public const int MostTries = 5; // wrong codes, then Pause
    public const int Right = 0, Locked = -1; // what it answers; a positive number is the tries left
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    public required string Sealed { get; init; } // the secret that the step was found with
    public long? Step { get; init; }
    public string? RecoveryHash { get; init; }
    public required string From { get; init; }

    public override Decision<StaffMember> Decide(StaffMember? member, Actor by, DateTimeOffset now)
    {
        if (member is not { Status: StaffStatus.Active, Authenticator: { } app }) return Decision<StaffMember>.Missing;
        var tries = member.WrongSince is { } since && now < since + Pause ? member.WrongTries : 0;
        if (tries >= MostTries) return Decision<StaffMember>.Refuse("code", "Five wrong codes in a row. Wait a quarter of an hour, then begin again.");
        if (Step is { } step && step > app.LastStep && Sealed == app.Sealed) return Let(member, app with { LastStep = step }, now, new("by", "authenticator"));
        if (RecoveryHash is { } brought && app.RecoveryHashes.FirstOrDefault(h => SecretHash.Same(h, brought)) is { } recovery)
        {
            var left = app with { RecoveryHashes = [.. app.RecoveryHashes.Where(h => h != recovery)] };
            var used = new Happening("staff.recovery_code_used", new Fact("left", left.RecoveryHashes.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)), new Fact("from", From));
            var let = Let(member, left, now, new("by", "recovery code"));
            return let with { Happenings = [used, .. let.Happenings] };
        }
        return Wrong(member, tries + 1, now);
    }

    private Decision<StaffMember> Let(StaffMember member, Authenticator app, DateTimeOffset now, Fact how) => new(new Outcome.Done(Right))
    {
        State = member with { Authenticator = app, LastSignIn = now, WrongTries = 0, WrongSince = null },
        Happenings = [new Happening("staff.signed_in", how, new Fact("from", From))],
    };

    private Decision<StaffMember> Wrong(StaffMember member, int tries, DateTimeOffset now) => new(new Outcome.Done(tries >= MostTries ? Locked : MostTries - tries))
    {
        State = member with { WrongTries = tries, WrongSince = tries == 1 || tries >= MostTries ? now : member.WrongSince },
        Happenings = [new Happening(tries >= MostTries ? "staff.sign_in_locked" : "staff.sign_in_failed", new Fact("try", tries.ToString(System.Globalization.CultureInfo.InvariantCulture)), new Fact("from", From))],
    };
}

/// <summary>Every session of this person is over at its next request.</summary>
public sealed record SignOutEverywhere : Command<StaffMember>
{
    /// <summary>The new epoch is no lower. After a restore the stored one may be lower than that of sessions which were ended since.</summary>
    public int AtLeast { get; init; }

    public override Decision<StaffMember> Decide(StaffMember? member, Actor by, DateTimeOffset now) => member is null ? Decision<StaffMember>.Missing : new(new Outcome.Done())
    {
        State = member with { Epoch = Math.Max(member.Epoch + 1, AtLeast) },
        Happenings = [new Happening("staff.signed_out_everywhere")],
    };
}

/// <summary>Ten new recovery codes; the old ones are over. It asks for a code of the app, as a sign-in does.</summary>
public sealed record RenewRecoveryCodes : Command<StaffMember>
{
    public required TryAuthenticator Proof { get; init; }
    public required IReadOnlyList<string> RecoveryHashes { get; init; }

    public override Decision<StaffMember> Decide(StaffMember? member, Actor by, DateTimeOffset now)
    {
        var proven = (Proof with { RecoveryHash = null }).Decide(member, by, now);
        if (proven is not { Outcome: Outcome.Done { Number: TryAuthenticator.Right }, State: { Authenticator: { } app } state }) return proven;
        return proven with
        {
            State = state with { LastSignIn = member!.LastSignIn, Authenticator = app with { RecoveryHashes = RecoveryHashes } },
            Happenings = [new Happening("staff.recovery_codes_renewed", new Fact("from", Proof.From))],
        };
    }
}
