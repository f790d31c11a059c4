using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>
/// What is done to the network of a demo, and how long each act lasts. Peers register and link in one go, one after the
/// other, and what neighbors and seed nodes do about a dead peer overlaps: so the second act is told twice, as two
/// phases, and so is the last.
/// </summary>
internal sealed class DemoActs(DemoStage stage)
{
    /// <summary>Our choice: a peer is linked, and all seed nodes have heard of its links, before the next one comes.
    /// </summary>
    private static readonly TimeSpan BetweenPeers = TimeSpan.FromSeconds(0.6);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Longer than an interval and a timeout, so that each neighbor misses an answer at least; shorter than three of
    /// them, so that none suspects.
    /// </summary>
    private static readonly TimeSpan Hiccup = TimeSpan.FromSeconds(1.6);

    /// <summary>Until all is as before the hiccup.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(3);

    /// <summary>Then links have been replaced, and there is no more to see.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(4);

    private Act? seedNodes;
    private Act? coming;
    private GossipAct? gossip;
    private FailureAct? failure;

    public DemoNames Names => stage.Names;

    public DemoStage Stage => stage;

    public Act SeedNodes => seedNodes ??= StartSeedNodes();

    public Act Coming => coming ??= StartPeers();

    public GossipAct Gossip => gossip ??= Spread();

    public FailureAct Failure => failure ??= Fail();

    private Act StartSeedNodes()
    {
        var begin = stage.Now;
        foreach (var seedNode in stage.Names.SeedNodes) stage.Start(seedNode);
        stage.RunUntil(
            world => world.Ready.Count == stage.Names.SeedNodes.Count, Patience, "the seed nodes get ready");
        return new Act(begin, stage.TakeMoments());
    }

    private Act StartPeers()
    {
        _ = SeedNodes;
        stage.Run(BetweenPeers);
        stage.TakeMoments();
        var begin = stage.Now;
        var peers = stage.Names.Peers;
        for (var number = 0; number < peers.Count; number++)
            stage.StartAt(begin + (number * BetweenPeers), peers[number]);
        var listed = peers.Count * stage.Names.SeedNodes.Count;
        stage.RunUntil(
            world => world.Joined.Count == peers.Count && world.Listed.Count == listed,
            Patience + (peers.Count * BetweenPeers), "the peers join");
        stage.Run(BetweenPeers);
        return new Act(begin, stage.TakeMoments());
    }

    /// <summary>The youngest has the message: usually at the rim of the overlay.</summary>
    private GossipAct Spread()
    {
        _ = Coming;
        var begin = stage.Now;
        var degrees = stage.Names.Peers.ToDictionary(peer => peer, stage.World.Overlay.DegreeOf);
        stage.Publish(stage.Names.Peers[^1]);
        stage.RunUntil(
            world => world.HaveMessage.Count == stage.Names.Peers.Count, Patience, "the message reaches everybody");
        // The last copies are under way.
        stage.Run(TimeSpan.FromSeconds(1));
        return new GossipAct(begin, stage.TakeMoments(), degrees);
    }

    private FailureAct Fail()
    {
        _ = Gossip;
        var victim = ChooseVictim();
        var act = new FailureAct(stage.Now, victim, stage.World.Overlay.NeighborsOf(victim));
        stage.Pause(victim);
        stage.Run(Hiccup);
        act.Resumed = stage.Now;
        stage.Resume(victim);
        stage.Run(Breath);
        act.Crashed = stage.Now;
        stage.Crash(victim);
        stage.RunUntil(world => world.FirstReportTo is not null, Patience, "the death is reported");
        act.FirstReport = stage.Now;
        act.Stopped = ChooseToStop();
        if (act.Stopped is { } stopped) stage.Pause(stopped);
        stage.RunUntil(
            world => IsRemovedAtAllBut(act.Stopped) && !world.Overlay.IsNeighborOfAny(victim), Patience, "the removal");
        stage.Run(TimeSpan.FromSeconds(0.5));
        act.WokenUp = stage.Now;
        if (act.Stopped is { } woken) stage.Resume(woken);
        stage.RunUntil(_ => IsRemovedAtAllBut(null), Patience, "the removal at all seed nodes");
        stage.Run(Aftermath);
        act.Moments = stage.TakeMoments();
        return act;
    }

    /// <summary>About three neighbors make a story that can be followed; of equals the youngest but the publisher.
    /// </summary>
    private NodeAddress ChooseVictim() => stage.Names.Peers.SkipLast(1)
        .OrderBy(peer => Math.Abs(stage.World.Overlay.DegreeOf(peer) - 3)).ThenByDescending(peer => peer).First();

    /// <summary>To show that a quorum is enough; not the one that has the report. None where all are needed.</summary>
    private NodeAddress? ChooseToStop() => stage.SeedNode.QuorumSize < stage.Names.SeedNodes.Count
        ? stage.Names.SeedNodes.Last(seedNode => seedNode != stage.World.FirstReportTo)
        : null;

    private bool IsRemovedAtAllBut(NodeAddress? one)
    {
        var removed = stage.World.RemovedAt.ToHashSet();
        return stage.Names.SeedNodes.All(seedNode => seedNode == one || removed.Contains(seedNode));
    }
}

internal sealed record Act(Instant Begin, IReadOnlyList<DemoMoment> Moments);

/// <param name="Degrees">When it began.</param>
internal sealed record GossipAct(
    Instant Begin, IReadOnlyList<DemoMoment> Moments, IReadOnlyDictionary<NodeAddress, int> Degrees);

/// <summary>One peer stands still for a moment, and later dies; meanwhile one seed node sleeps.</summary>
/// <param name="Begin">When the peer was stopped.</param>
/// <param name="Neighbors">Of the peer then.</param>
internal sealed record FailureAct(Instant Begin, NodeAddress Victim, IReadOnlyList<NodeAddress> Neighbors)
{
    public IReadOnlyList<DemoMoment> Moments { get; set; } = [];

    public IEnumerable<DemoMoment> AfterCrash => Moments.Where(moment => moment.Time >= Crashed);

    public Instant Resumed { get; set; }

    public Instant Crashed { get; set; }

    public Instant FirstReport { get; set; }

    /// <summary>The seed node that is stopped at the first report; null where none may be missing.</summary>
    public NodeAddress? Stopped { get; set; }

    public Instant WokenUp { get; set; }
}
