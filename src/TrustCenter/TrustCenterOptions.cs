using Microsoft.Extensions.Options;

namespace TrustCenter;

/// <summary>Every setting, read from the section <c>TrustCenter</c> and checked at start.</summary>
public sealed class TrustCenterOptions
{
    public const string Section = "TrustCenter";

    /// <summary>Where the database and the host's keys lie. Relative to the working folder.</summary>
    public string DataFolder { get; set; } = "data";

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

    /// <summary>Where outgoing mail goes; without it the console shows the mail.</summary>
    public SmtpOptions? Smtp { get; set; }

    public string PlatformHost => $"{PlatformLabel}.{BaseDomain}";

    /// <summary>Where the vendor with this label is found: the app's own host name where one shows it, else the one below the base domain.</summary>
    public string AddressOf(string label)
        => Address.Replace("{host}", Hosts.FirstOrDefault(h => h.Value == label).Key ?? $"{label}.{BaseDomain}", StringComparison.Ordinal);
}

public sealed class SmtpOptions
{
    public string Host { get; set; } = "";
    public int Port { get; set; } = 587;
    public string From { get; set; } = "";
    public string? User { get; set; }
    public string? Password { get; set; }
    public bool Tls { get; set; } = true;
}

/// <summary>Says what is wrong and what to change, before the first request.</summary>
public sealed class TrustCenterOptionsCheck : IValidateOptions<TrustCenterOptions>
{
    public ValidateOptionsResult Validate(string? name, TrustCenterOptions options)
    {
        var problems = new List<string>();
        void Require(bool holds, string rule) { if (!holds) problems.Add(rule); }
        Require(options.DataFolder.Trim().Length > 0, "TrustCenter:DataFolder is empty. Name a folder that the process may write.");
        Require(Uri.CheckHostName(options.BaseDomain) == UriHostNameType.Dns, $"TrustCenter:BaseDomain “{options.BaseDomain}” is no host name. Write the domain below which vendors live, such as trust.example.com.");
        Require(options.Address.Contains("{host}", StringComparison.Ordinal) && Uri.TryCreate(options.AddressOf("a"), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.AbsolutePath == "/",
            $"TrustCenter:Address “{options.Address}” must be scheme, {{host}} and if needed a port, such as https://{{host}}.");
        foreach (var (host, label) in options.Hosts)
        {
            Require(Uri.CheckHostName(host) == UriHostNameType.Dns, $"TrustCenter:Hosts names “{host}”, which is no host name.");
            Require(label != options.PlatformLabel && host != options.PlatformHost, $"TrustCenter:Hosts gives “{host}” to “{label}”: the platform's own host shows no vendor. Choose another TrustCenter:PlatformLabel.");
        }
        Require(options.Smtp is not { Host.Length: 0 }, "TrustCenter:Smtp:Host is empty. Name the mail server, or remove the section Smtp to read mail in the console.");
        Require(options.Smtp is null || Prospects.EmailAddress.TryParse(options.Smtp.From, out _), "TrustCenter:Smtp:From is no e-mail address. Write the address that mails come from.");
        Require(!options.Demo || options.BaseDomain == "localhost", "The demo personas work on localhost only. Remove --demo, or set TrustCenter:BaseDomain to localhost.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
