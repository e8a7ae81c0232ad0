using FsCheck;
using FsCheck.Fluent;
using TrustCenter.Prospects;

namespace TrustCenter.Tests.Prospects;

public sealed class EmailAddressTests
{
    private static readonly EmailDomain Acme = EmailDomain.TryParse("acme.com", out var domain) ? domain : throw new InvalidOperationException();

    [Theory]
    [InlineData("Ada.Lovelace+trust@Acme.COM", "ada.lovelace+trust@acme.com")]
    [InlineData(" o'brien@mail.acme.co.uk ", "o'brien@mail.acme.co.uk")]
    [InlineData("x@bücher.example", "x@xn--bcher-kva.example")]
    [InlineData("x@BÜCHER.example", "x@xn--bcher-kva.example")]
    [InlineData("x@XN--BCHER-KVA.example", "x@xn--bcher-kva.example")]
    [InlineData("x@日本.jp", "x@xn--wgv71a.jp")]
    [InlineData("x@straße.de", "x@xn--strae-oqa.de")]
    [InlineData("x@παράδειγμα.gr", "x@xn--hxajbheg2az3al.gr")]
    [InlineData("x@пример.рф", "x@xn--e1afmkfd.xn--p1ai")]
    [InlineData("x@मराठी.example", "x@xn--d2b1ag0dl.example")]
    [InlineData("x@3年b組金八先生.jp", "x@xn--3b-ww4c5e180e575a65lsy2b.jp")]
    public void An_address_has_one_spelling(string typed, string spelling)
    {
        EmailAddress.TryParse(typed, out var address).ShouldBeTrue();
        address!.Value.ShouldBe(spelling);
        $"{address.Local}@{address.Host}".ShouldBe(spelling);
    }

    [Theory, Trait("Case", "T-015")]
    [InlineData("x@acme.com.evil.io")]
    [InlineData("x@evilacme.com")]
    [InlineData("x@acme.com@evil.io")]
    [InlineData("x@evil.io@acme.com")]
    [InlineData("\"x@acme.com\"@evil.io")]
    [InlineData("\"x@evil.io\"@acme.com")]
    [InlineData("\"x\"@acme.com")]
    [InlineData("x@acme.com.")]
    [InlineData("x@аcme.com")]
    [InlineData("x@acme.cоm")]
    [InlineData("x@xn--cme-6cd.com")]
    [InlineData("x@ａcme.com")]
    [InlineData("x@acme。com")]
    [InlineData("x@acme．com")]
    [InlineData("x@acme｡com")]
    [InlineData("x@ac\u00ADme.com")]
    [InlineData("x@ac\u200Bme.com")]
    [InlineData("x@ac\u200Dme.com")]
    [InlineData("x@\u202Eacme.com")]
    [InlineData("x@ᵃcme.com")]
    [InlineData("x@acme.℃om")]
    [InlineData("x@acme\u0301.com")]
    [InlineData("x@[127.0.0.1]")]
    [InlineData("x@127.0.0.1")]
    [InlineData("x@[IPv6:::1]")]
    [InlineData("x@acme.com\r\nBcc:")]
    [InlineData("x@acme.com\r\nBcc: y@evil.io")]
    [InlineData("x@acme.com\n")]
    [InlineData("x@acme.com\t")]
    [InlineData("x@acme.com\0")]
    [InlineData("x\0@acme.com")]
    [InlineData("<x@evil.io> x@acme.com")]
    [InlineData("x@acme.com <x@evil.io>")]
    [InlineData("<x@acme.com>")]
    [InlineData("x@acme.com,y@evil.io")]
    [InlineData("x@acme.com;y@evil.io")]
    [InlineData("x@acme.com y@evil.io")]
    [InlineData("x@acme%2ecom")]
    [InlineData("x%40evil.io@acme.com")]
    [InlineData("x%evil.io@acme.com")]
    [InlineData("evil.io!x@acme.com")]
    [InlineData("@evil.io:x@acme.com")]
    [InlineData("x(comment)@acme.com")]
    [InlineData("x@(comment)acme.com")]
    [InlineData("x@acme.com(comment)")]
    [InlineData("x@acme.com#evil.io")]
    [InlineData("x@acme.com/evil.io")]
    [InlineData("x@acme.com\\evil.io")]
    [InlineData("x@acme.com?bcc=y@evil.io")]
    [InlineData("mailto:x@acme.com")]
    [InlineData("x@sub.acme.com")]
    [InlineData("x@acme..com")]
    [InlineData("x@.acme.com")]
    [InlineData("x@-acme.com")]
    [InlineData("x@acme_.com")]
    [InlineData("x@acme.com:25")]
    [InlineData(".x@acme.com")]
    [InlineData("x.@acme.com")]
    [InlineData("x..y@acme.com")]
    [InlineData("-oQ/tmp@acme.com")]
    [InlineData("х@acme.com")]
    [InlineData("@acme.com")]
    [InlineData("x@")]
    [InlineData("x@com")]
    [InlineData("acme.com")]
    [InlineData("")]
    [InlineData(null)]
    public void A_hostile_address_never_belongs_to_the_domain(string? typed) =>
        (EmailAddress.TryParse(typed, out var address) && Acme.Holds(address)).ShouldBeFalse();

    [Theory, Trait("Case", "T-015")]
    [InlineData("x@acme.com@evil.io")]
    [InlineData("\"x@acme.com\"@evil.io")]
    [InlineData("x@acme.com.")]
    [InlineData("x@[127.0.0.1]")]
    [InlineData("x@127.0.0.1")]
    [InlineData("x@acme.com\r\nBcc:")]
    [InlineData("<x@evil.io> x@acme.com")]
    [InlineData("x@ａcme.com")]
    [InlineData("x@ac\u212Ae.com")]
    [InlineData("x@ac\u017Fe.com")]
    [InlineData("x@xn--80ak6aa92e-.com")]
    [InlineData("x@xn--.com")]
    [InlineData("x@acme\uD800.com")]
    [InlineData("x@localhost")]
    [InlineData("x@bu\u0308cher.example")]
    [InlineData("x@İstanbul.example")]
    [InlineData("x@-é.example")]
    public void A_malformed_address_is_refused(string typed) => EmailAddress.TryParse(typed, out _).ShouldBeFalse();

    [Fact, Trait("Case", "T-015")]
    public void A_cyrillic_look_alike_becomes_a_host_of_its_own()
    {
        EmailAddress.TryParse("x@аcme.com", out var address).ShouldBeTrue();
        address!.Host.ShouldStartWith("xn--");
    }

    [Fact]
    public void Lengths_are_bounded()
    {
        EmailAddress.TryParse(new string('a', 64) + "@acme.com", out _).ShouldBeTrue();
        EmailAddress.TryParse(new string('a', 65) + "@acme.com", out _).ShouldBeFalse();
        var host = string.Join('.', Enumerable.Repeat(new string('b', 61), 3)) + ".com"; // 189 characters
        EmailAddress.TryParse(new string('a', 64) + "@" + host, out _).ShouldBeTrue();
        EmailAddress.TryParse(new string('a', 64) + "@b." + host, out _).ShouldBeFalse();
        EmailAddress.TryParse("a@" + new string('b', 64) + ".com", out _).ShouldBeFalse();
        EmailAddress.TryParse(new string('@', 300_000), out _).ShouldBeFalse();
    }

    [Fact, Trait("Case", "T-017")]
    public void What_was_accepted_is_read_again_as_itself_and_by_the_mail_library()
    {
        string[] pieces = ["x", "@", "acme", ".com", ".", "é", "а", "-", " ", "\"", "<", ">", ",", "xn--", "\r\n", "1", "\u200B", "İ", "K", "ß", "%40", "ǅ", "٣"];
        var text = Gen.Elements(pieces).ArrayOf().Select(parts => "x@" + string.Concat(parts) + ".com").ToArbitrary();
        Prop.ForAll(text, typed =>
        {
            if (!EmailAddress.TryParse(typed, out var address)) return true;
            return EmailAddress.TryParse(address.Value, out var again) && again == address
                && address.Value.All(c => char.IsAscii(c) && c > ' ' && !char.IsAsciiLetterUpper(c))
                && new System.Net.Mail.MailAddress(address.Value).Address == address.Value;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }
}
