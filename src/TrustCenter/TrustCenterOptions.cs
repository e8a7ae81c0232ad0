using System.Net;
using Microsoft.Extensions.Options;

namespace TrustCenter;

/// <summary>Every setting, read from the section <c>TrustCenter</c> and checked at start.</summary>
public sealed class TrustCenterOptions
{
    public const string Section = "TrustCenter";

    /// <summary>Where the database and the host's keys lie. Relative to the working folder.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>
    /// Connection string of a PostgreSQL database (15 or newer), such as <c>Host=10.0.0.5;Database=trust;Username=trust;Password=...</c>, for several processes that share it;
    /// without it the data lies in a SQLite file in the data folder. Each process needs a data folder with the same <c>keys/host.key</c>.
    /// </summary>
    public string? Postgres { get; set; }

    /// <summary>
    /// Connection string of a Redis for several processes, such as <c>10.0.0.6:6379,password=...,ssl=true</c> (options of StackExchange.Redis). They tell each other
    /// by it what changed and count floods together; nothing is kept in it, and without it or while it is away everything works.
    /// </summary>
    public string? Redis { get; set; }

    /// <summary>How often a process looks for what others changed: of the second within which a publication is visible.</summary>
    internal TimeSpan LookForChanges { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The domain below which each vendor has a host name: <c>northwind.localhost</c>. Browsers resolve *.localhost to loopback.</summary>
    public string BaseDomain { get; set; } = "localhost";

    /// <summary>First label of the platform's own host, where staff sign in; never a vendor's (DESIGN, invariant 8).</summary>
    public string PlatformLabel { get; set; } = "console";

    /// <summary>Host names that the app serves already, each with the vendor it shows there (the first label of the vendor's own host name): <c>www.example.com</c> = <c>example</c>.</summary>
    public Dictionary<string, string> Hosts { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Scheme and port of addresses in mails and PDFs, such as <c>https://{host}</c> or <c>http://{host}:5080</c>. Never taken from a request.</summary>
    public string Address { get; set; } = "http://{host}:5080";

    /// <summary>Personas instead of a sign-in; for trying out on one machine only.</summary>
    public bool Demo { get; set; }

    /// <summary>OpenID Connect providers that staff sign in with, beside or instead of mailed codes.</summary>
    public IList<SignInProviderOptions> SignIn { get; } = [];

    /// <summary>Where outgoing mail goes; without it the console shows the mail.</summary>
    public SmtpOptions? Smtp { get; set; }

    /// <summary>Addresses or networks (CIDR) of proxies whose X-Forwarded-For is believed; of nobody else.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Codes that one network address may ask for in fifteen minutes; an office behind one address shares them.</summary>
    public int MostCodesPerNetwork { get; set; } = 30;

    /// <summary>Whether the way to the first admin is written to the log at start; a host that prints it sets this to false.</summary>
    public bool LogSetupCode { get; set; } = true;

    public bool IsTrustedProxy(IPAddress address) => TrustedProxies.Any(p => IPNetwork.TryParse(p, out var network) ? network.Contains(address) : IPAddress.TryParse(p, out var one) && one.Equals(address));

    /// <summary>Days between the operator's wish to delete a tenant and its removal, in which he may think better of it. 0: at once.</summary>
    public int DeletionWaitDays { get; set; } = 14;

    /// <summary>Nightly copies of the database.</summary>
    public BackupOptions Backup { get; set; } = new();

    /// <summary>Where traces and metrics go.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>MiB that the files of one vendor may take together, copies prepared for marks included.</summary>
    public long FileRoom { get; set; } = 10_240;

    /// <summary>Files that one vendor may keep; a document that is marked for its readers counts twice.</summary>
    public int MostFiles { get; set; } = 10_000;

    /// <summary>Seconds without a publication, before pages are packed as tight as brotli gets: who publishes on packs them once. Until then they are served packed quickly.</summary>
    public int PackAfterSeconds { get; set; } = 3;

    /// <summary>The resolver that proofs of host names are looked up at, such as <c>10.0.0.53</c> or <c>10.0.0.53:5353</c>; without it the system's.</summary>
    public string? DnsServer { get; set; }

    public string PlatformHost => $"{PlatformLabel}.{BaseDomain}";

    /// <summary>Where the vendor with this label is found: the app's own host name where one shows it, else the one below the base domain.</summary>
    public string AddressOf(string label)
        => Address.Replace("{host}", Hosts.FirstOrDefault(h => h.Value == label).Key ?? $"{label}.{BaseDomain}", StringComparison.Ordinal);

    public string AddressOfHost(string host) => Address.Replace("{host}", host, StringComparison.Ordinal);
}

public sealed class SmtpOptions
{
    public string Host { get; set; } = "";
    public int Port { get; set; } = 587;
    public string From { get; set; } = "";
    public string? User { get; set; }
    public string? Password { get; set; }
    public bool Tls { get; set; } = true;

    /// <summary>How long one mail may take, in seconds; then it is tried again later.</summary>
    public int Seconds { get; set; } = 15;
}

public sealed class BackupOptions
{
    /// <summary>Where nightly backups go, best on another disk; without it there are none.</summary>
    public string? Folder { get; set; }

    /// <summary>Days after which a backup of the folder is removed; the newest is always kept.</summary>
    public int KeepDays { get; set; } = 14;

    /// <summary>The hour of the day, UTC, after which the nightly backup is made.</summary>
    public int Hour { get; set; } = 2;
}

public sealed class TelemetryOptions
{
    /// <summary>An OTLP collector, such as <c>http://localhost:4317</c>; without it nothing is exported.</summary>
    public Uri? Endpoint { get; set; }
}

/// <summary>Says what is wrong and what to change, before the first request.</summary>
public sealed class TrustCenterOptionsCheck : IValidateOptions<TrustCenterOptions>
{
    public ValidateOptionsResult Validate(string? name, TrustCenterOptions options)
    {
        var problems = new List<string>();
        void Require(bool holds, string rule) { if (!holds) problems.Add(rule); }
        Require(options.DataFolder.Trim().Length > 0, "TrustCenter:DataFolder is empty. Name a folder that the process may write.");
        Require(options.Postgres is null || Store.PostgresStore.CanRead(options.Postgres), "TrustCenter:Postgres cannot be read. Write Host=, Database=, Username= and Password= with semicolons between, as Npgsql reads them."); // never what was written: it may hold a password
        Require(options.Redis is null || options.Postgres is not null, "TrustCenter:Redis is for several processes, and without TrustCenter:Postgres there is one. Set TrustCenter:Postgres as well, or remove TrustCenter:Redis.");
        Require(options.Redis is null || Redis.RedisLink.CanRead(options.Redis), "TrustCenter:Redis cannot be read. Write host and port, such as 10.0.0.6:6379, then options of StackExchange.Redis behind commas."); // never what was written: it may hold a password
        Require(Uri.CheckHostName(options.BaseDomain) == UriHostNameType.Dns, $"TrustCenter:BaseDomain “{options.BaseDomain}” is not a host name. Write the domain below which vendors live, such as trust.example.com.");
        Require(options.Address.Contains("{host}", StringComparison.Ordinal) && Uri.TryCreate(options.AddressOf("a"), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.AbsolutePath == "/",
            $"TrustCenter:Address “{options.Address}” must be scheme, {{host}} and if needed a port, such as https://{{host}}.");
        Require(options.FileRoom > 0, "TrustCenter:FileRoom must be over 0. Write the MiB that one vendor's files may take, such as 10240.");
        Require(options.PackAfterSeconds is >= 0 and <= 86_400, "TrustCenter:PackAfterSeconds must be from 0 to 86400. Write the seconds after the last publication, such as 3.");
        Require(options.MostFiles > 0, "TrustCenter:MostFiles must be over 0. Write how many files one vendor may keep, such as 10000.");
        Require(options.DnsServer is null || System.Net.IPEndPoint.TryParse(options.DnsServer, out _), $"TrustCenter:DnsServer “{options.DnsServer}” is not an address. Write an IP address, with a port if it is not 53.");
        foreach (var (host, label) in options.Hosts)
        {
            Require(Uri.CheckHostName(host) == UriHostNameType.Dns, $"TrustCenter:Hosts names “{host}”, which is not a host name.");
            Require(label != options.PlatformLabel && host != options.PlatformHost, $"TrustCenter:Hosts gives “{host}” to “{label}”: the platform's own host shows no vendor. Choose another TrustCenter:PlatformLabel.");
        }
        Require(options.Smtp is not { Host.Length: 0 }, "TrustCenter:Smtp:Host is empty. Name the mail server, or remove the section Smtp to read mail in the console.");
        Require(options.Smtp is null || Prospects.EmailAddress.TryParse(options.Smtp.From, out _), "TrustCenter:Smtp:From is not an e-mail address. Write the address that mails come from.");
        Require(!options.Demo || options.BaseDomain == "localhost", "The demo personas work on localhost only. Remove --demo, or set TrustCenter:BaseDomain to localhost.");
        Require(!options.Demo || options.SignIn.Count == 0, "The demo personas ask for no password, so they do not stand beside a real sign-in. Remove --demo, or TrustCenter:SignIn.");
        problems.AddRange(options.SignIn.SelectMany((provider, n) => provider.Problems($"{TrustCenterOptions.Section}:SignIn:{n}")));
        Require(options.SignIn.DistinctBy(p => p.Name, StringComparer.OrdinalIgnoreCase).Count() == options.SignIn.Count, "TrustCenter:SignIn has two providers of one Name. Give each its own.");
        Require(options.TrustedProxies.All(p => IPAddress.TryParse(p, out _) || IPNetwork.TryParse(p, out _)), "TrustCenter:TrustedProxies names something that is neither an address nor a network. Write addresses such as 10.0.0.2, or networks such as 10.0.0.0/24.");
        Require(options.MostCodesPerNetwork > 0, "TrustCenter:MostCodesPerNetwork must be at least 1.");
        Require(options.DeletionWaitDays is >= 0 and <= 365, "TrustCenter:DeletionWaitDays is a number of days, 0 to 365.");
        Require(options.Backup.KeepDays is >= 1 and <= 3_650, "TrustCenter:Backup:KeepDays is a number of days, 1 to 3650.");
        Require(options.Backup.Hour is >= 0 and <= 23, "TrustCenter:Backup:Hour is an hour of the day in UTC, 0 to 23.");
        Require(options.Telemetry.Endpoint is not { } endpoint || (endpoint.IsAbsoluteUri && endpoint.Scheme is "http" or "https"), "TrustCenter:Telemetry:Endpoint is not an address. Write the collector's, such as http://localhost:4317.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
