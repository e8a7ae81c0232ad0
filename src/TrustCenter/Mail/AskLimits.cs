using Microsoft.Extensions.Options;
using TrustCenter.Engine;
using TrustCenter.Keys;
using TrustCenter.Store;

namespace TrustCenter.Mail;

/// <summary>One wish for a code.</summary>
/// <param name="Network">Whence, as <c>Peer.NetworkOf</c> writes it.</param>
/// <param name="About">The e-mail address, or what else is asked for.</param>
/// <param name="Place">The link; null for the sign-in of staff, which all vendors of a host share: a flood of addresses there must not close it for everybody.</param>
public sealed record Ask(Scope Scope, string Network, string About, Guid? Place);

/// <summary>
/// How often codes may be asked for, by whatever asks: counted whether or not the address is known, and answered openly, so that the answer tells
/// nothing about the address and nobody's codes are used up in silence. Counted in the database, in one transaction with the look: a restart
/// forgets nothing and processes share it (ABUSE T-012). Before it stands <see cref="AskFlood"/>, which costs no write.
/// </summary>
public sealed class AskLimits(IStore store, AskFlood flood, HostKeys keys, TimeProvider clock, IOptions<TrustCenterOptions> options)
{
    public const int MostPerAddressAndNetwork = 5; // in Window; one network never takes more than a third of an address's codes
    public const int MostPerAddress = 15; // in Window
    public const int MostPerPlace = 240; // in Window; a link that was sent to a mailing list
    public const int MostPerTenant = 2_000; // in Window
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    public const string Refusal = "Too many codes were asked for in the last minutes. Wait a quarter of an hour, then ask again; a code that you already have still works.";

    private static readonly Guid NetworkScope = new("00000000-0000-8000-8000-0000000000b1"); // networks are the same for all vendors

    /// <summary>Counts this wish, or answers false: it is over a limit and was not counted.</summary>
    public async Task<bool> Take(Ask ask, CancellationToken stop)
    {
        if (!await flood.Admits(ask.Network)) return false;
        var now = clock.GetUtcNow();
        var isTaken = false;
        await store.Write(sql =>
        {
            var row = Row(ask);
            isTaken = !IsOver(sql, ask, row, now - Window);
            if (!isTaken) return;
            sql.Execute("delete from ask_rows where utc <= @old", ("@old", now - Window));
            sql.Execute("insert into ask_rows (tenant, id, utc, network, about, place) values (@tenant, @id, @utc, @network, @about, @place)",
                ("@tenant", ask.Scope.Tenant), ("@id", Guid.CreateVersion7()), ("@utc", now), ("@network", row.Network), ("@about", row.About), ("@place", row.Place));
        }, stop);
        return isTaken;
    }

    /// <summary>The mark of a network in the journal: equal networks are equal, and it cannot be guessed without the key.</summary>
    public string Mark(string network) => Convert.ToHexStringLower(keys.Lookup(NetworkScope, network).AsSpan(0, 8));

    private (byte[] Network, byte[] About, byte[] Place) Row(Ask ask)
        => (keys.Lookup(NetworkScope, ask.Network), keys.Lookup(ask.Scope.Tenant, ask.About), (ask.Place ?? Guid.Empty).ToByteArray(bigEndian: true));

    private bool IsOver(Sql sql, Ask ask, (byte[] Network, byte[] About, byte[] Place) row, DateTimeOffset since)
    {
        (string, object?) tenant = ("@tenant", ask.Scope.Tenant), after = ("@since", since);
        if (sql.Number("select count(*) from ask_rows where network = @network and utc > @since", ("@network", row.Network), after) >= options.Value.MostCodesPerNetwork) return true;
        if (sql.Number("select count(*) from ask_rows where tenant = @tenant and about = @about and network = @network and utc > @since", tenant, ("@about", row.About), ("@network", row.Network), after) >= MostPerAddressAndNetwork) return true;
        if (sql.Number("select count(*) from ask_rows where tenant = @tenant and about = @about and utc > @since", tenant, ("@about", row.About), after) >= MostPerAddress) return true;
        if (ask.Place is null) return false;
        if (sql.Number("select count(*) from ask_rows where tenant = @tenant and place = @place and utc > @since", tenant, ("@place", row.Place), after) >= MostPerPlace) return true;
        return sql.Number("select count(*) from ask_rows where tenant = @tenant and utc > @since", tenant, after) >= MostPerTenant;
    }
}
