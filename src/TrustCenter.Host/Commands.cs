using Microsoft.Extensions.Options;
using TrustCenter.Import;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Staff.Setup;
using TrustCenter.Staff.Team;
using TrustCenter.Store;
using TrustCenter.Web;

namespace TrustCenter.Host;

/// <summary>What the host does besides serving.</summary>
public static class Commands
{
    public static int Help()
    {
        Console.WriteLine($"""
            trust center

              (nothing)          serve, on the addresses of --urls or http://127.0.0.1:5080
              --demo             serve with personas instead of a sign-in; on this machine only
              {ImportCommand.Usage.Replace("\n", "\n  ", StringComparison.Ordinal)}
              {Api.PushEvidence.Usage.Replace("\n", "\n  ", StringComparison.Ordinal)}
              {MailsCommand.Usage}
              setup-code         print a fresh code for making the first admin at /console/setup
              {InviteAdminCommand.Usage.Replace("\n", "\n  ", StringComparison.Ordinal)}
              {OperatorCommands.Usage.Replace("\n", "\n  ", StringComparison.Ordinal)}
              {ExportCommand.Usage.Replace("\n", "\n  ", StringComparison.Ordinal)}
              verify <export> [--since <checkpoint>]
                                 prove an exported journal, offline, or name its first broken entry

            Settings: appsettings.json, or environment variables such as TrustCenter__DataFolder.
            """);
        return 0;
    }

    /// <summary>Speaks to a running trust center; needs no data folder.</summary>
    public static async Task<int> PushEvidence(string[] args)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }; // a key follows no redirect
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(10) };
        return await new Api.PushEvidence(client, Console.Out, Console.Error).Run(args, Environment.GetEnvironmentVariable(Api.PushEvidence.KeyVariable), CancellationToken.None);
    }

    /// <summary>Reads nothing but the key file, so it works while the host runs.</summary>
    public static async Task<int> SetupCode(string[] args)
    {
        var options = Settings(args);
        var keys = Path.Combine(options.DataFolder, "keys");
        if (!File.Exists(Path.Combine(keys, "host.key")))
        {
            await Console.Error.WriteLineAsync($"There is no key in {keys}. Start the host once, or name its folder: TrustCenter__DataFolder=/path.");
            return 1;
        }
        var code = ConsoleCode.At(HostKeys.FromFolder(keys, mayCreate: false), SetupCodes.Purpose, TimeProvider.System.GetUtcNow());
        Console.WriteLine($"Open {options.AddressOf(options.PlatformLabel)}{new Paths("").Setup} and type this code, which is good for ten minutes: {code}");
        return 0;
    }

    public static Task<int> Mails(string[] args) => MailsCommand.Run(Settings(args), Console.Out, Console.Error);

    private static TrustCenterOptions Settings(string[] args)
    {
        var options = new TrustCenterOptions();
        WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }).Configuration.GetSection(TrustCenterOptions.Section).Bind(options);
        return options;
    }

    /// <summary>Works on the data folder itself, so the host must not be running: two writers would not know of each other.</summary>
    public static Task<int> Import(string[] args)
        => OnTheDataFolder(args, (services, words) => services.GetRequiredService<ImportCommand>().Run(words, Console.Out, Console.Error, CancellationToken.None));

    public static Task<int> InviteAdmin(string[] args)
        => OnTheDataFolder(args, (services, words) => services.GetRequiredService<InviteAdminCommand>().Run(words, Console.Out, Console.Error, CancellationToken.None));

    public static Task<int> Export(string[] args)
        => OnTheDataFolder(args, (services, words) => services.GetRequiredService<ExportCommand>().Run(words, Console.Out, Console.Error, CancellationToken.None));

    private static async Task<int> OnTheDataFolder(string[] args, Func<IServiceProvider, string[], Task<int>> act)
    {
        var settings = args.SkipWhile(a => a != "--").Skip(1).ToArray(); // after "--": settings, as for serving
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory }); // never started: the module asks for a web environment
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddTrustCenter();
        await using var host = builder.Build();
        try
        {
            return await act(host.Services, [.. args.TakeWhile(a => a != "--")]);
        }
        catch (Exception refused) when (refused is StoreException or OptionsValidationException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }
}
