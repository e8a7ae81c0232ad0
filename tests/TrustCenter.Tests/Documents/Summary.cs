using TrustCenter.Documents;

namespace TrustCenter.Tests.Documents;

/// <summary>A security summary of three pages, as a rep would send it.</summary>
internal static class Summary
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 14, 0, TimeSpan.Zero);

    public static PdfDocument Of(PaperFormat format = PaperFormat.A4) => new()
    {
        Title = "Security at Northwind Ledger",
        Author = "Northwind Ledger",
        Format = format,
        AccentColour = "#2f6fdf",
        Foot = new PdfFoot("Snapshot 8f3a12c7 · signed 21 November 2026 09:14 UTC · tree size 1,204", "https://trust.northwind.example/verify/8f3a12c7"),
        Blocks =
        [
            new Cover
            {
                Vendor = "Northwind Ledger",
                Kind = "Security summary for reviewers",
                PreparedFor = "Contoso Bank, Vendor Risk",
                By = "Ines Almeida, Account Executive",
                Date = new DateOnly(2026, 11, 21),
                Sentence = "An audit of us should take an hour, not a month: 58 claims, each with an owner, evidence and a review date.",
                Facts = [new("54", "claims in place"), new("3", "partly in place"), new("1", "planned"), new("97 %", "checked on time in the last twelve months")],
            },
            new Heading(1, "What we do to keep your ledger yours"),
            new Paragraph("This summary holds the claims that matter to a reviewer of a financial system. Each was published by one person and approved by another; its version and the date of its last check stand below it. The same claims, with their history, are on our trust page."),
            new Heading(2, "Data protection"),
            Claim(ClaimMark.InPlace, "Customer data is encrypted at rest with AES-256, with a key for each customer.", "Version 3 · checked 12 June 2026, next check due by 12 December 2026"),
            Claim(ClaimMark.Partly, "Customers in the EU region can bring their own keys; other regions follow in the first quarter of 2027.", "Version 1 · checked 4 August 2026"),
            Claim(ClaimMark.EvidenceExpired, "Backups are restored to a separate account every month and compared record by record.", "Version 5 · checked 2 March 2026, evidence expired on 2 September 2026"),
            new Heading(2, "Access"),
            Claim(ClaimMark.InPlace, "All staff sign in through one identity provider with phishing-resistant factors.", "Version 2 · checked 2 May 2026"),
            Claim(ClaimMark.Planned, "Administrators' sessions are recorded and kept for one year.", "Version 1 · planned for March 2027"),
            Claim(ClaimMark.UnderReview, "Access rights are reviewed every quarter by the owner of each system.", "Version 4 · under review since 10 November 2026"),
            new Heading(2, "How the claims stand"),
            new BarChart("Claims by status", [new("In place", 54), new("Partly", 3), new("Planned", 1)]),
            new Heading(2, "Subprocessors"),
            new Table(
                [new("Name", 1.3), new("What it does for us", 2.2), new("Where", 1), new("Since", 0.8, Numbers: true)],
                [
                    ["Fabrikam Cloud", "Hosts the application and its database", "Frankfurt, Dublin", "2019"],
                    ["Adatum Mail", "Sends the mails that the application writes", "Dublin", "2021"],
                    ["Wide World Support", "Ticket system; sees what customers write to us", "Dublin", "2022"],
                    ["Litware Observability", "Metrics and traces without customer content", "Frankfurt", "2023"],
                ]),
            new CallToAction("Ask for our SOC 2 report", "https://trust.northwind.example/documents/soc2?from=summary"),
            new QrCode("https://trust.northwind.example/verify/8f3a12c7", "Check this document: the page behind the code says whether these claims are the ones that we signed."),
        ],
    };

    public static ClaimBlock Claim(ClaimMark status, string statement, string version) => new()
    {
        Status = status,
        Statement = statement,
        Version = version,
        Scope = "Production, all regions",
        WhyItMatters = "A stolen disk or backup shows nothing, and one customer's key opens nobody else's data.",
        Evidence = ["SOC 2 Type II report 2026 (under agreement)", "Key management standard"],
    };

    public static PdfDocument InManyScripts() => Of() with
    {
        AccentColour = "#f2a900",
        Blocks =
        [
            new Heading(1, "Ελληνικά, Русский, עברית, العربية"),
            new Paragraph("Français, Türkçe, Tiếng Việt, Ελληνικά, Русский, Հայերեն. A verylongwordwithoutanybreak" + new string('n', 150) + " ends here."),
            new Paragraph("مرحبا بالعالم، هذا نص قصير باللغة العربية مع رقم 256 وكلمة AES داخل السطر."),
            new Paragraph("שלום עולם, זה משפט קצר בעברית עם המספר 256 והמילה AES בתוך השורה."),
            new Paragraph("नमस्ते दुनिया। यह एक छोटा वाक्य है।"),
            new Bullets(["First item of a list that is long enough to run over to a second line, so that its indent can be seen", "العربية", "Third"]),
            new Bullets(["One", "Two", "Three"], Numbered: true),
            Claim(ClaimMark.InPlace, "البيانات مشفرة", "Version 1") with { StatusWord = "مطبق" },
            new Heading(3, "Third level"),
            new BarChart("Requests answered in time", [new("January", 81), new("February", 88), new("March", 92.5), new("April", 97), new("May", 99.25)], "%", Vertical: true),
            new BarChart("Days to close a finding", [new("Critical", 2), new("High, with a label that runs on", 9), new("Medium", 31), new("None", 0)], "days"),
            new Table([new("Überschrift"), new("Zahl", Numbers: true)], [["verylongwordwithoutanybreak" + new string('n', 80), "1,204"], ["z̸̢̛a̷̡͝l̴̢̛g̵̨̛o̶̧͝", "7"]]),
            new QrCode("https://trust.northwind.example/verify/8f3a12c7?" + new string('q', 200), "A long address still fits the narrow column."),
        ],
    };

    public const string Policy = """
        # Access control policy

        This policy says who may reach which system of **Northwind Ledger**, and how that is decided, checked and taken back. It applies to all staff, contractors and machines.

        ## 1. Principles

        - Nobody has access because of rank; access follows from a task.
        - Rights end with the task, at the latest after ninety days.
        - Every grant has an owner, who is not the person that asked for it.

        ## 2. Roles

        | Role | May do | Approved by | Review (days) |
        |---|---|---|--:|
        | Engineer | Read production logs without customer content | Team lead | 90 |
        | On call | Open a recorded session on a production machine | Duty manager | 30 |
        | Administrator | Change identity provider settings; needs a second person for every change | Chief information security officer | 30 |

        ## 3. Joining, moving, leaving

        1. Accounts are created by the personnel system on the first day.
        2. A change of team removes all rights of the former team within one working day.
        3. Leaving closes all sessions within fifteen minutes.

        ### Exceptions

        An exception is written down with its reason and its end. It is read again by the security team each month.
        """;
}
