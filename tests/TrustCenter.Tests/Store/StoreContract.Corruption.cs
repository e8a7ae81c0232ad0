using System.Text;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Store;

namespace TrustCenter.Tests.Store;

/// <summary>What cannot be trusted is a refusal, and never an empty default (DESIGN, invariant 10).</summary>
public abstract partial class StoreContract
{
    [Theory]
    [InlineData("body")]
    [InlineData("mac")]
    [Trait("Case", "T-132")]
    public async Task A_flipped_bit_in_stored_bytes_is_a_corrupt_state(string column)
    {
        var (engine, id) = await StoredDeal();
        var original = await Stored(id, column, r => r.Bytes(0));
        foreach (var at in Enumerable.Range(0, original.Length))
        {
            var flipped = (byte[])original.Clone();
            flipped[at] ^= (byte)(1 << (at % 8));
            await ReadsAsCorrupt(engine, id, column, flipped);
        }
    }

    [Theory]
    [InlineData("etag", 62)]
    [InlineData("format", 30)]
    [Trait("Case", "T-132")]
    public async Task A_flipped_bit_in_a_stored_number_is_a_corrupt_state(string column, int bits)
    {
        var (engine, id) = await StoredDeal();
        var original = await Stored(id, column, r => r.Number(0));
        foreach (var bit in Enumerable.Range(0, bits)) await ReadsAsCorrupt(engine, id, column, original ^ (1L << bit));
    }

    [Fact]
    [Trait("Case", "T-132")]
    public async Task A_flipped_bit_in_the_remembered_commands_is_a_corrupt_state()
    {
        var (engine, id) = await StoredDeal();
        var original = Encoding.ASCII.GetBytes(await Stored(id, "done", r => r.Text(0)));
        original.Length.ShouldBeGreaterThan(32);
        foreach (var at in Enumerable.Range(0, original.Length))
            foreach (var bit in new[] { 0, 1, 5 }) // 5 turns small letters into capitals
            {
                var flipped = (byte[])original.Clone();
                flipped[at] ^= (byte)(1 << bit);
                if (flipped[at] != 0) await ReadsAsCorrupt(engine, id, "done", Encoding.ASCII.GetString(flipped));
            }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}")] // what a deal must have is not there
    public async Task Bytes_that_are_no_state_are_a_corrupt_state_even_under_the_right_key(string body)
    {
        var id = Commits.NewId(tenant);
        await store.Commit(Commits.Of(id, body: body));

        await Should.ThrowAsync<StateCorruptException>(async () => await new InProcessEngine(store, DataFolder.Keys, TimeProvider.System).Read<Deal>(id));
    }

    [Fact]
    [Trait("Case", "T-132")]
    public async Task A_state_copied_under_another_key_is_a_corrupt_state()
    {
        var (engine, id) = await StoredDeal();
        var copy = id with { Key = Guid.CreateVersion7() };
        await store.Write(sql => sql.Execute("update states set key = @copy where tenant = @tenant and key = @key", ("@copy", copy.Key), ("@tenant", tenant), ("@key", id.Key)));

        await Should.ThrowAsync<StateCorruptException>(async () => await engine.Read<Deal>(copy));
    }

    private async Task ReadsAsCorrupt(InProcessEngine engine, AggregateId id, string column, object value)
    {
        await store.Write(sql => sql.Execute($"update states set {column} = @value where tenant = @tenant and key = @key", ("@value", value), ("@tenant", tenant), ("@key", id.Key)));
        await Should.ThrowAsync<StateCorruptException>(async () => await engine.Read<Deal>(id), $"{column}: {value}");
        await Should.ThrowAsync<StateCorruptException>(async () => await engine.Decide(id, Deal(basedOn: 1), Actor.System), $"{column}: {value}");
    }

    // Written by one engine; the answer is another that has nothing of it in memory.
    private async Task<(InProcessEngine Engine, AggregateId Id)> StoredDeal()
    {
        var id = new Scope(tenant).Id<Deal>(Guid.CreateVersion7());
        await new InProcessEngine(store, DataFolder.Keys, TimeProvider.System).Decide(id, Deal(basedOn: 0), Actor.System);
        return (new InProcessEngine(store, DataFolder.Keys, TimeProvider.System), id);
    }

    private static SetDeal Deal(int basedOn) => new() { Id = Guid.CreateVersion7(), BasedOn = basedOn, Words = new DealWords { Account = "Acme", Amount = 12_000m } };

    private async Task<T> Stored<T>(AggregateId id, string column, Func<Row, T> read)
        => (await store.Query(sql => sql.First($"select {column} from states where tenant = @tenant and key = @key", read, ("@tenant", tenant), ("@key", id.Key))))!;
}
