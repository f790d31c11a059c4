namespace GossipSim.Engine.Protocol;

/// <summary>
/// A neighbor's signs of life. All that a message from it and a look at the watch touch, in half a cache line: the rest
/// of what is known of it is in <see cref="Neighbor"/>.
/// </summary>
internal struct Vitals
{
    /// <summary>
    /// Before the run, for links that stood before it: such a neighbor is pinged at the first chance.
    /// </summary>
    private static readonly Instant longAgo = new(-1L << 50);

    /// <summary>
    /// Its last answer: the same object, where objects travel, for as long as it says the same. Whom it names are to be
    /// asked when it falls silent.
    /// </summary>
    public Pong? LastPong;

    public Instant LastHeard;
    public Instant LastPinged;

    /// <summary>The unanswered ping, by its number; 0 when there is none.</summary>
    public int PingRound;

    /// <summary>Pings without an answer, counted until they are enough to suspect it.</summary>
    public byte Misses;

    /// <summary>Whether there is a <see cref="Suspicion"/> of it.</summary>
    public bool IsSuspected;

    /// <summary>
    /// When the first of these misses was, in milliseconds after it was last heard; the greatest number for later than
    /// that. It is all that there is room for here.
    /// </summary>
    public ushort FirstMissAfter;

    public Vitals(Instant heard) => (LastHeard, LastPinged) = (heard, heard);

    public static Vitals Unheard => new(longAgo);

    public void NoteMiss(Instant now)
    {
        if (Misses++ > 0) return;
        FirstMissAfter = (ushort)Math.Clamp((now - LastHeard).TotalMilliseconds, 0, ushort.MaxValue);
    }

    /// <summary>How long ago the first of its misses was, to the millisecond; null when it was too long ago.</summary>
    public readonly Silence? SilenceAt(Instant now)
    {
        var first = LastHeard + TimeSpan.FromMilliseconds(FirstMissAfter);
        return FirstMissAfter == ushort.MaxValue || first > now
            ? null
            : new Silence((now - first).Ticks / TimeSpan.TicksPerMicrosecond);
    }
}
