using System.Globalization;
using TrustCenter.Engine;

namespace TrustCenter.Faults;

/// <summary>What somebody was told: this decision is kept, and made this version. One line on a writer's output.</summary>
public sealed record Ack(AggregateId Id, long Version)
{
    public static Ack Parse(string line)
    {
        var parts = line.Split(' ');
        return new Ack(new AggregateId(Guid.Parse(parts[0]), parts[1], Guid.Parse(parts[2])), long.Parse(parts[3], CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id.Tenant} {Id.Kind} {Id.Key} {Version}");
}
