using System.Globalization;
using TrustCenter.Mail;
using TrustCenter.Pages;
using TrustCenter.Prospects;
using TrustCenter.Tenants;

namespace TrustCenter.Requests;

/// <summary>The mails of a request. What a stranger typed stands in none of them: the first goes to an address that is not proven yet.</summary>
internal static class RequestLetters
{
    /// <summary>Tuesday 24 November, 17:00 (Europe/Berlin): as the vendor's clocks show it.</summary>
    public static string Moment(WorkingHours hours, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{hours.Local(at):dddd d MMMM, HH:mm} ({hours.Zone})");

    public static OutgoingMail Code(Vendor vendor, EmailAddress to, string code) => Mail(to.Value, $"{code} is your code for {vendor.Name}", $"""
        Your code is {code}

        Type it into the page that asked for it, within ten minutes. It works once, and only in that browser. Then your request goes to {vendor.Name}.

        You get this mail because somebody typed this address to ask {vendor.Name} for documents. If that was not you, do nothing: without the code nothing is asked.
        """);

    public static OutgoingMail Receipt(Vendor vendor, string to, string due) => Mail(to, $"{vendor.Name} has your request", $"""
        Your request is with the people at {vendor.Name}. You get an answer by {due}, to this address.

        {vendor.Name}
        """);

    public static OutgoingMail Granted(Vendor vendor, string to, string member, string address, DateTimeOffset until, string words) => Mail(to, $"{vendor.Name}: your access to documents", $"""
        {Paragraph(words)}Here is what you asked {vendor.Name} for:

        {address}

        The page opens for this e-mail address alone: it gets a six-digit code, so that nobody reads in your name. It is open until {Words.Date(DateOnly.FromDateTime(until.UtcDateTime))}.

        {member}
        {vendor.Name}
        """);

    public static OutgoingMail Answered(Vendor vendor, string to, string member, string words) => Mail(to, $"{vendor.Name}: the answer to your request", $"""
        {Paragraph(words)}{member}
        {vendor.Name}
        """);

    private static string Paragraph(string words) => words.Length == 0 ? "" : words + "\n\n";

    private static OutgoingMail Mail(string to, string subject, string body) => new(Guid.CreateVersion7(), to, MailHeader.Clean(subject), body);
}
