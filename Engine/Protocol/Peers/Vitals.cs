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
    public ushort Misses;

    /// <summary>Whether there is a <see cref="Suspicion"/> of it.</summary>
    public bool IsSuspected;

    public Vitals(Instant heard) => (LastHeard, LastPinged) = (heard, heard);

    public static Vitals Unheard => new(longAgo);
}
