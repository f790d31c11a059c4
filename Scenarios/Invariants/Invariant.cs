using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Invariants;

/// <summary>
/// One promise of the protocol, judged on what nodes and hosts report: on the contents of votes and on the order of
/// each single node, because nodes on TCP share no clock. The world is up to date with the event when it is observed.
/// </summary>
internal abstract class Invariant(string name)
{
    /// <summary>One example is enough to know; a limit keeps a broken run's report readable.</summary>
    private const int KeptAtMost = 8;

    private readonly List<Breach> breaches = [];

    /// <param name="Event">What happened when it was found; null when it was found by waiting.</param>
    public sealed record Breach(string Detail, Instant At, NodeAddress[] Nodes, Happening? Event);

    public string Name => name;

    /// <summary>The kinds of events that it is told of.</summary>
    public virtual IReadOnlyList<EventKind> Hears => [];

    /// <summary>Whether there is nothing to judge before the network was quiet once.</summary>
    public virtual bool NeedsQuiet => false;

    /// <summary>
    /// Whether it remembers something of every member: then a run of very many peers tells it of a sample of them.
    /// </summary>
    public virtual bool RemembersMembers => false;

    /// <summary>What must be true of a run for the promise to hold.</summary>
    public virtual Assumption Assumes => Assumption.None;

    /// <summary>Whether something was too young to judge when the network became quiet: it is judged again.</summary>
    public virtual bool IsPending => false;

    public IReadOnlyList<Breach> Breaches => breaches;

    public long BreachCount { get; private set; }

    public virtual void Observe(RunRecord world, NodeAddress node, Instant now, in ProtocolEvent e) { }

    /// <summary>Nothing has disturbed the network for a long time, and nothing is going on.</summary>
    public virtual void AtQuiet(RunRecord world, Instant now) { }

    /// <summary>The scenario ran to its end.</summary>
    public virtual void AtEnd(RunRecord world, Instant now) { }

    /// <summary>Tells which event the latest breach was found at.</summary>
    public void NameEvent(Happening happening)
    {
        if (BreachCount == breaches.Count) breaches[^1] = breaches[^1] with { Event = happening };
    }

    protected void Violate(string detail, Instant now, params NodeAddress[] nodes)
    {
        BreachCount++;
        if (breaches.Count < KeptAtMost) breaches.Add(new Breach(detail, now, nodes, Event: null));
    }
}
