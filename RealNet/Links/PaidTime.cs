namespace GossipSim.RealNet.Links;

/// <summary>
/// A rate with room for bursts: what comes is paid for in time, and who is ahead by more than a burst has to wait. Two
/// numbers would do for a bucket of tokens; one does for this (the virtual scheduling of ITU-T I.371).
/// </summary>
internal struct PaidTime
{
    private long until;   // in microseconds of the run

    /// <summary>Whether all is paid for, so that it may be forgotten.</summary>
    public readonly bool IsOverAt(long now) => until <= now;

    /// <returns>How long to wait until what came is within the rate again.</returns>
    public TimeSpan Charge(long amount, int perSecond, int atOnce, long now)
    {
        until = Math.Max(until, now) + (amount * 1_000_000 / perSecond);
        return TimeSpan.FromMicroseconds(Math.Max(0, until - now - (atOnce * 1_000_000L / perSecond)));
    }
}
