using TrustCenter.Staff.OpenId;
using TrustCenter.Staff.Setup;
using TrustCenter.Staff.SignIn;
using TrustCenter.Staff.Team;

namespace TrustCenter.Staff;

/// <summary>Signing in, by mailed codes and by providers: the parts and the routes.</summary>
internal static class StaffModule
{
    public static void AddStaffSignIn(this IServiceCollection services)
    {
        services.AddSingleton<SignInProviders>();
        services.AddSingleton<ProviderTokens>();
        services.AddSingleton<ProviderDesk>();
        services.AddSingleton<SignInDesk>();
        services.AddSingleton<SignInPages>();
        services.AddSingleton<SignInEntry>();
        services.AddSingleton<SignInCounter>();
        services.AddSingleton<SetupNeed>();
        services.AddSingleton<SetupDesk>();
        services.AddSingleton<StaffList>();
        services.AddSingleton<InvitationLetters>();
        services.AddSingleton<InviteAdminCommand>();
        services.AddHostedService<SetupNotice>();
    }

    public static void MapStaffSignIn(this RouteGroupBuilder platform)
    {
        platform.MapSignInSteps();
        platform.MapProviders();
        platform.MapSetup();
        platform.MapInvitations();
    }

    public static void MapStaff(this RouteGroupBuilder console)
    {
        console.MapTeam();
        console.MapAccount();
    }
}
