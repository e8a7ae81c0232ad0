using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TrustCenter.Tenants;

namespace TrustCenter.Tests.Tenants;

/// <summary>Reading texts from the DNS: against a real server on loopback, and against bytes that nobody should send.</summary>
[Trait("Case", "T-021")]
public sealed class DnsTextTests : IAsyncLifetime
{
    private const string Name = "_trust-center.trust.vendor.example";

    private readonly DnsResponder dns = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await dns.DisposeAsync();

    private Task<IReadOnlyList<string>?> Read(string name = Name)
        => new DnsText(Options.Create(new TrustCenterOptions { DnsServer = dns.Address }), NullLogger<DnsText>.Instance).Read(name, default);

    [Fact]
    public async Task Texts_are_read_whole()
    {
        var longText = new string('x', 700); // three strings of one record
        dns.Say(Name, "trust-center=abc", longText, "");

        (await Read()).ShouldBe(["trust-center=abc", longText, ""]);
    }

    [Fact]
    public async Task A_name_that_is_not_there_says_nothing_and_a_server_that_fails_is_no_answer()
    {
        (await Read()).ShouldBe([]);
        dns.Say(Name, "trust-center=abc");
        dns.Code = 2;
        (await Read()).ShouldBeNull();
        dns.Code = 5;
        (await Read()).ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_too_long_for_a_datagram_is_fetched_over_tcp()
    {
        dns.Cuts = true;
        dns.Say(Name, "trust-center=abc", new string('y', 5_000));

        (await Read())!.Count.ShouldBe(2);
        dns.Questions.ShouldBe(2);
    }

    [Fact]
    public async Task An_alias_is_followed()
    {
        dns.Aliases[Name] = "proofs.vendor.example";
        dns.Say("proofs.vendor.example", "trust-center=abc");

        (await Read()).ShouldBe(["trust-center=abc"]);
    }

    [Fact]
    public async Task A_forged_datagram_is_passed_over()
    {
        dns.Say(Name, "the truth");
        byte[] With(byte[] question, byte first) => [first, question[1], 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, .. question[12..], 0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, 4, 3, (byte)'l', (byte)'i', (byte)'e'];
        dns.Forged = question => With(question, (byte)(question[0] ^ 1)); // another id
        (await Read()).ShouldBe(["the truth"]);
        dns.Forged = question => With([.. question[..12], .. DnsResponder.Encoded("_trust-center.other.example"), 0, 16, 0, 1], question[0]); // another question
        (await Read()).ShouldBe(["the truth"]);
        dns.Forged = question => [.. question]; // the question itself
        (await Read()).ShouldBe(["the truth"]);
        dns.Forged = question => With(question, question[0]); // and one that is right in all of it is believed: this test would see a lie
        (await Read()).ShouldBe(["lie"]);
    }

    [Fact]
    public async Task Nobody_who_answers_is_waited_for_a_few_seconds_only()
    {
        dns.IsSilent = true;
        var started = System.Diagnostics.Stopwatch.StartNew();

        (await Read()).ShouldBeNull();

        started.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
        dns.Questions.ShouldBe(2);
    }

    [Fact]
    public void Hostile_bytes_are_refused_and_never_throw()
    {
        var random = new Random(20261122);
        var question = DnsMessage.Question(0x1234, Name);
        byte[] good = [0x12, 0x34, 0x81, 0x80, 0, 1, 0, 2, 0, 0, 0, 0, .. question[12..], 0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, 4, 3, 1, 2, 3, 0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, 4, 3, (byte)'a', (byte)'b', (byte)'c'];
        DnsMessage.Answer(good, 0x1234, Name)!.Texts!.ShouldContain("abc");
        for (var n = 0; n < 200_000; n++)
        {
            var bytes = good[..random.Next(good.Length + 1)];
            for (var changes = random.Next(6); changes > 0 && bytes.Length > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? 0xc0 | random.Next(64) : random.Next(256));
            DnsMessage.Answer(bytes, 0x1234, Name)?.Texts?.Count.ShouldBeLessThanOrEqualTo(50);
        }
        byte[] loop = [.. good[..12], 0xc0, 12, 0, 16, 0, 1]; // a name that points at itself
        DnsMessage.Answer(loop, 0x1234, Name).ShouldBeNull();
    }
}
