using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Links;

/// <summary>
/// How fast one source, an IPv4 address, may have peers registered at a node. Nobody is turned away: who is too fast
/// waits for his turn. This machine's own addresses are let through, because all nodes of a run may have one.
/// </summary>
internal sealed class RegistrationPace(TransportLimits limits)
{
    // Sources that wait or have just come; others are forgotten. Our choice, far above what is paid for at a time.
    private const int SourceLimit = 16_384;

    private readonly Lock gate = new();
    private readonly Dictionary<uint, PaidTime> sources = [];

    public int Sources
    {
        get
        {
            lock (gate) return sources.Count;
        }
    }

    /// <returns>How long this registration has to wait.</returns>
    public TimeSpan Charge(uint host, long now)
    {
        if (IsLoopback(host) && !limits.PacesLoopback) return TimeSpan.Zero;
        lock (gate)
        {
            if (sources.Count >= SourceLimit) ForgetPaid(now);
            var paid = sources.GetValueOrDefault(host);
            var wait = paid.Charge(1, limits.RegistrationsPerSecond, limits.RegistrationsAtOnce, now);
            sources[host] = paid;
            return wait;
        }
    }

    private void ForgetPaid(long now)
    {
        foreach (var (host, paid) in sources)
            if (paid.IsOverAt(now)) sources.Remove(host);
        // Each of them came within its own burst: what is lost is that it must wait, for who comes again.
        if (sources.Count >= SourceLimit) sources.Clear();
    }

    private static bool IsLoopback(uint host) => host >> 24 == 127;
}
