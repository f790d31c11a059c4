namespace GossipSim.Engine.Protocol;

/// <summary>When neighbors are to be pinged, as of now: what is the same for all of them is worked out once.</summary>
internal readonly struct PingPace(PeerOptions options, Instant now)
{
    /// <summary>
    /// Our choice: how finely pings are timed. It adds an eighth of an interval to the time of detection.
    /// </summary>
    private const int TicksPerInterval = 8;

    private readonly long interval = Microseconds(options.PingInterval.Ticks);
    private readonly long busyInterval = Microseconds(options.PingBusyEvery * options.PingInterval.Ticks);

    /// <summary>What is due until then goes out together with what is due now.</summary>
    public Instant Together { get; } =
        new(now.Microseconds + Microseconds(options.PingInterval.Ticks / TicksPerInterval));

    /// <summary>An interval after a neighbor was last heard or pinged; later pings wait for no silence.</summary>
    public Instant DueAt(in Vitals vitals)
    {
        var latest = vitals.LastHeard > vitals.LastPinged ? vitals.LastHeard : vitals.LastPinged;
        // This peer's clock was set back: how long ago it was is not known any more.
        if (latest > now) return now;
        return new Instant(
            Math.Min(latest.Microseconds + interval, vitals.LastPinged.Microseconds + busyInterval));
    }

    public static Instant Earlier(Instant one, Instant other) => one < other ? one : other;

    private static long Microseconds(long ticks) => ticks / TimeSpan.TicksPerMicrosecond;
}
