using Microsoft.Extensions.Options;
using TrustCenter.Import;
using TrustCenter.Store;

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
              {ExportCommand.Usage.Replace("\n", "\n  ", StringComparison.Ordinal)}
              verify <export> [--since <checkpoint>]
                                 prove an exported journal, offline, or name its first broken entry

            Settings: appsettings.json, or environment variables such as TrustCenter__DataFolder.
            """);
        return 0;
    }

    /// <summary>Works on the data folder itself, so the host must not be running: two writers would not know of each other.</summary>
    public static Task<int> Import(string[] args)
        => OnTheDataFolder(args, (services, words) => services.GetRequiredService<ImportCommand>().Run(words, Console.Out, Console.Error, CancellationToken.None));

    public static Task<int> Export(string[] args)
        => OnTheDataFolder(args, (services, words) => services.GetRequiredService<ExportCommand>().Run(words, Console.Out, Console.Error, CancellationToken.None));

    private static async Task<int> OnTheDataFolder(string[] args, Func<IServiceProvider, string[], Task<int>> act)
    {
        var settings = args.SkipWhile(a => a != "--").Skip(1).ToArray(); // after "--": settings, as for serving
        var builder = WebApplication.CreateSlimBuilder(settings); // never started: the module asks for a web environment
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddTrustCenter();
        await using var host = builder.Build();
        try
        {
            return await act(host.Services, [.. args.TakeWhile(a => a != "--")]);
        }
        catch (Exception refused) when (refused is StoreException or OptionsValidationException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }
}
