using System.Security.Cryptography;
using System.Text;

namespace TrustCenter.Api;

/// <summary>Values that several examples share. The tests make a vendor that has exactly these ids and send every example as it is written.</summary>
internal static class Example
{
    public const string NewKey = "0198a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b"; // an Idempotency-Key, and so the id of what it makes
    public const string File = "Availability 2026: 99.98 %";
    public const string LeavingFile = "Availability 2024: 99.96 %";
    public const string WaitingFile = "Availability 2025: 99.97 %";

    public const string ToldFile = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        + "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n4 0 obj\n<< /Author (Ida Example) >>\nendobj\n"
        + "xref\n0 5\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n0000000115 00000 n \n0000000186 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R /Info 4 0 R >>\nstartxref\n229\n%%EOF\n";

    public const string Table = "key,account,currency,outcome\nCRM-7,Acme,EUR,open\n";

    public static readonly Guid Claim = Id(1); // published, and a draft over it
    public static readonly Guid WaitingClaim = Id(2); // published, and a draft that waits for approval
    public static readonly Guid Document = Id(3); // published
    public static readonly Guid WaitingDocument = Id(4); // waits for approval
    public static readonly Guid Link = Id(5);
    public static readonly Guid Deal = Id(6);
    public static readonly Guid Import = Id(7); // checked, and not begun
    public static readonly Guid ToldDocument = Id(8); // a PDF that waits and tells about its making
    public static readonly Guid ScheduledClaim = Id(9); // published, and a draft that is approved for an hour
    public static readonly Guid Batch = Id(10);
    public static readonly Guid Subprocessor = Id(16); // published, and in a proposal of the editor's
    public static readonly Guid LeavingDocument = Id(17); // published, and a withdrawal of it waits for approval
    public static readonly Guid Editor = Id(11), Approver = Id(12), Rep = Id(13), Visit = Id(14), Touch = Id(15);

    public const int Edit = 2; // of both claims

    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Soon = new(DateTime.UtcNow.Date.AddDays(90), TimeSpan.Zero); // an hour that is over is refused
    public static readonly DateOnly Day = new(2026, 11, 21);
    public static readonly DateOnly NextYear = new(2027, 4, 30);
    public static readonly string Sha = ShaOf(File), WaitingSha = ShaOf(WaitingFile), ToldSha = ShaOf(ToldFile), Hash = ShaOf("a wording");

    public static string ShaOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static Dictionary<string, string> Path(string name, Guid id) => new() { [name] = id.ToString("D") };

    private static Guid Id(int n) => new($"0198a1b2-0000-7000-8000-{n:d12}");
}
