using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Mail;
using TrustCenter.Staff;
using TrustCenter.Staff.Team;
using TrustCenter.Store;

namespace TrustCenter.Faults;

/// <summary>
/// A process that decides without pause, with the product's own store and engine, and says each acknowledged decision on its output.
/// It ends when its input does. What fails is sent again, the same command, until it is answered.
/// </summary>
public sealed class Writer(IStore store, HostKeys keys, CancellationToken stop)
{
    private const int Each = 2; // writers of each vendor
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    /// <summary>Everybody writes to these three.</summary>
    public static readonly IReadOnlyList<Guid> Tenants = [.. Enumerable.Range(1, 3).Select(n => new Guid(n, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0))];

    private readonly InProcessEngine engine = new(store, keys, TimeProvider.System);

    /// <param name="args">The data folder, <c>-</c> or the connection string of a PostgreSQL database, and perhaps <c>normal</c>: without the promise of the product's own setting.</param>
    public static async Task<int> Run(string[] args)
    {
        var (folder, database) = (args[0], Path.Combine(args[0], "trustcenter.db"));
        var keys = HostKeys.FromFolder(Path.Combine(folder, "keys"), mayCreate: !File.Exists(database) && args[1] == "-");
        using var over = new CancellationTokenSource();
        _ = Task.Run(async () =>
        {
            await Console.In.ReadToEndAsync();
            await over.CancelAsync();
        });
        await using GroupedStore store = args[1] != "-" ? await OverPostgres(args[1], keys, over.Token) : args.Length == 2 ? new SqliteStore(database, keys) : await UnsyncedStore.Open(database, keys);
        await new Writer(store, keys, over.Token).Write();
        return 0;
    }

    private static async Task<GroupedStore> OverPostgres(string database, HostKeys keys, CancellationToken stop)
    {
        while (true)
            try { return new PostgresStore(database, keys); }
            catch (StoreException) { await Task.Delay(BetweenTries, stop); } // it is away just now
    }

    // The first that fails ends all of it: what a writer did not expect is a finding.
    private async Task Write()
    {
        List<Task> writers = [Sign(), .. Tenants.SelectMany(t => Enumerable.Range(0, Each).Select(_ => Task.Run(() => WriteFor(new Scope(t)))))];
        await foreach (var ended in Task.WhenEach(writers)) await ended;
    }

    private async Task Sign()
    {
        var journal = new JournalLog(store, keys, new TenantKeys(store, keys));
        while (!stop.IsCancellationRequested)
        {
            try { await journal.SignGrown(DateTimeOffset.UtcNow, CancellationToken.None); }
            catch (StoreException) { } // the next turn
            await Task.Delay(BetweenCheckpoints);
        }
    }

    private async Task WriteFor(Scope scope)
    {
        while (!stop.IsCancellationRequested)
            await (Random.Shared.Next(5) switch
            {
                0 => Claim(scope, scope.Id<Claim>(Guid.CreateVersion7()), Random.Shared.Next(2) == 0 ? Visibility.Public : Visibility.Room),
                1 => Invite(scope, scope.Id<StaffMember>(Guid.CreateVersion7())),
                2 => ChangeShared(scope.Id<Deal>(scope.Tenant)),
                _ => Record(scope.Id<Deal>(Guid.CreateVersion7())),
            });
    }

    private async Task Record(AggregateId deal)
    {
        await Do(deal, new SetDeal { Id = Guid.CreateVersion7(), BasedOn = 0, Words = new DealWords { Account = $"Acme {deal.Key:N}" } }, 1);
        if (Random.Shared.Next(2) == 0) await Do(deal, new SetDeal { Id = Guid.CreateVersion7(), BasedOn = 1, Words = new DealWords { Account = "Acme", Region = "North" } }, 2);
    }

    // All writers want this one: who comes second is told so.
    private async Task ChangeShared(AggregateId deal)
    {
        var version = 0;
        try { version = (await engine.Read<Deal>(deal))?.Version ?? 0; }
        catch (StoreException) { }
        await Do(deal, new SetDeal { Id = Guid.CreateVersion7(), BasedOn = version, Words = new DealWords { Account = "Everybody's" } }, version + 1);
    }

    private async Task Claim(Scope scope, AggregateId claim, Visibility visibility)
    {
        var wording = new ClaimWording { Statement = $"We keep record {claim.Key:N}.", Topic = "data", Status = ClaimStatus.InPlace, Owner = "Head of Security", Visibility = visibility };
        await Do(claim, new SaveClaim { Id = Guid.CreateVersion7(), Wording = wording, BasedOnEdit = 0 }, 1);
        await Do(claim, new AskClaimApproval { Id = Guid.CreateVersion7() }, 2);
        await Do(claim, new ApproveClaim { Id = Guid.CreateVersion7(), Edit = 1 }, 3, Actor.Staff(scope.Tenant));
    }

    // The mail bears the member's own id, so that the check can say whose it is.
    private Task Invite(Scope scope, AggregateId member)
    {
        var address = $"{member.Key:N}@acme.example";
        return Do(member, new InviteMember
        {
            Id = Guid.CreateVersion7(), Name = "Ana", Roles = [Role.Rep], Granter = [Role.Admin], Person = PersonalRecord.Of(keys, scope.Tenant, PersonalRecord.Email, address),
            Email = Convert.ToHexStringLower(keys.Lookup(Guid.Empty, address)), TokenHash = Convert.ToHexStringLower(keys.Lookup(scope.Tenant, address)),
            Mail = new OutgoingMail(member.Key, address, "You are invited", "Welcome"),
        }, 1);
    }

    private async Task Do<TState>(AggregateId id, Command<TState> command, int version, Actor? by = null) where TState : class, IState<TState>
    {
        while (true)
            try
            {
                switch (await engine.Decide(id, command, by ?? Actor.System))
                {
                    case Outcome.Done: Console.Out.WriteLine($"{new Ack(id, version)}."); return;
                    case Outcome.Stale when id.Key == id.Tenant: return;
                    case var other: throw new InvalidOperationException($"{command.GetType().Name} of {id}: {other}");
                }
            }
            // Whether it was done nobody knows: the same command again tells.
            catch (StoreException) when (!stop.IsCancellationRequested) { await Task.Delay(BetweenTries); }
            catch (StoreException) { return; }
    }
}
