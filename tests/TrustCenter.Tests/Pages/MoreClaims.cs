namespace TrustCenter.Tests.Pages;

/// <summary>Eighteen claims beyond the sample's: 72 together, the size that the page's weight is measured at.</summary>
internal static class MoreClaims
{
    public static readonly IReadOnlyList<(string Title, string More, string Why)> All =
    [
        ("Laptops of staff are encrypted, locked after five minutes and updated within seven days.", "A laptop that falls behind loses access to customer records until it has caught up.", "You need not ask how old our machines are."),
        ("Every office network is treated like the internet.", "Nothing of ours trusts an address; each request is proven by a person and a device.", "There is no inside to break into."),
        ("We pay for reports of weaknesses through a public programme.", "In the last year 61 reports came in, 9 were accepted, and the longest took 22 days to close.", "The figures come from outside our own team."),
        ("Secrets are kept in a vault and never in source code.", "Each push is searched for them, and one that slips through is replaced within an hour.", "A leaked repository would open nothing."),
        ("Our certificate authority account can be used by four people, two at a time.", "Issued certificates are compared with public logs every day.", "A forged certificate would be seen within a day."),
        ("Mail from our domains is signed and mail that is not is refused.", "DMARC is set to reject since March 2024 for every domain that we own.", "Invoices in our name can be recognised as false."),
        ("Contractors follow the same rules as employees.", "They have the same training, the same devices and an end date on each right.", "You need not ask for a second answer about them."),
        ("A data protection impact assessment exists for Payroll.", "It was reviewed in June 2026 together with the works council of two customers.", "Your own assessment can begin with ours."),
        ("We answer a security questionnaire within five working days.", "In the third quarter the median was three days, over 48 questionnaires.", "Your review can be planned."),
        ("Time on all servers is taken from four sources and checked.", "A server that is off by more than half a second is taken out of service.", "Entries of different systems can be put in order."),
        ("Deleted files can be brought back for 14 days by your administrators.", "After that nobody can, including us, except from a backup within 35 days.", "A mistake of yours is not the end of a record."),
        ("Sessions end after 30 minutes without use, or as your administrators set it.", "They can be ended for one person or for all at once, and they end within ten seconds.", "A lost phone is dealt with by your own team."),
        ("Rate limits hold for each account and each key.", "Their figures are in the documentation, and an answer says when to try again.", "A neighbour's mistake does not slow you down."),
        ("We keep a register of risks that the board reads every quarter.", "The last reading was on 9 September 2026: 31 risks, of which four were accepted with a date.", "Somebody outside engineering looks at it."),
        ("Exports carry a checksum and the version of their format.", "A format is changed only with six months of notice and a description of each difference.", "Your import does not break over night."),
        ("Printers and paper with customer records are not used.", "Support works on screens that hide amounts until a case needs them.", "There is no paper to be lost."),
        ("A second person watches each step of a database migration.", "Since January 2025 there were 212, of which three were stopped and none lost a record.", "The figure shows that stopping is normal."),
        ("Public status is written by people and measured by machines.", "A measured outage appears within two minutes; words follow within fifteen.", "You hear about it before your users ask."),
    ];
}
