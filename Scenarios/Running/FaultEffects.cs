using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>What each fault does to the network when it strikes, and how that is undone.</summary>
internal sealed class FaultEffects
{
    private readonly TargetSelection targets;
    private readonly IRunningNetwork network;
    private readonly IPlan plan;
    private readonly NodeConditions<object> standstills;
    private readonly NodeConditions<DistributionSettings> delays;
    private readonly NodeConditions<ScheduledClockSkew> clocks;
    private readonly Arrivals arrivals;
    private readonly StrikeReach reach;
    private readonly FaultAccounts accounts;
    private readonly Isolation isolation;
    private readonly Dictionary<string, int> strikes = [];

    public FaultEffects(
        Scenario scenario, ProtocolSettings settings, RunRecord world, IRunningNetwork network,
        IPlan plan, FaultAccounts accounts)
    {
        (this.network, this.plan, this.accounts) = (network, plan, accounts);
        targets = new TargetSelection(scenario, settings.Plan, world);
        reach = new StrikeReach(world, targets);
        standstills = new NodeConditions<object>(StandStill);
        delays = new NodeConditions<DistributionSettings>(network.SlowDown);
        clocks = new NodeConditions<ScheduledClockSkew>(SetClock);
        arrivals = new Arrivals(scenario, settings);
        isolation = new Isolation(settings, new NodeLoad(scenario));
    }

    /// <summary>Whom the fault strikes now; null when this strike is spared.</summary>
    public FaultStrike? Find(ScheduledFault fault)
    {
        var groups = fault is ScheduledJoin or ScheduledSybil ? [arrivals.Of(fault)] : targets.GroupsOf(fault);
        var number = strikes[fault.Id] = strikes.GetValueOrDefault(fault.Id) + 1;
        foreach (var spared in fault.Spares?.Where(spared => spared.Strike == number) ?? [])
        {
            if (spared.Address is null)
            {
                accounts.Strike(fault, "the strike is spared");
                return null;
            }

            groups[0] = [.. groups[0].Where(node => node != NodeAddress.Parse(spared.Address))];
        }

        if (groups.Length > 0 && fault is not ScheduledPartition) targets.Remember(fault.Id, groups[0]);
        var strike = new FaultStrike(
            FaultWords.WordOf(fault), fault.Id, groups,
            OneWay: fault is ScheduledCut { Direction: CutDirection.OneWay },
            MayIsolate: isolation.IsCausedBy(fault),
            EmptiesDisks: fault is ScheduledRestart { Disk: DiskState.Empty },
            Behavior: fault is ScheduledByzantine liar ? ScenarioJson.WordOf(liar.Behavior) : null);
        accounts.Strike(fault, reach.WhyNobody(fault, strike));
        if (fault is ScheduledPartition partition && StrikeReach.EmptyGroup(partition, strike) is { } empty)
            accounts.GroupEmpty(fault, empty);
        return strike;
    }

    public IEnumerable<RunWarning> Warnings(RunRecord world) => accounts.Warnings(world, arrivals);

    /// <summary>Does it.</summary>
    /// <returns>What ends it; null when nothing does.</returns>
    public Action? Apply(ScheduledFault fault, FaultStrike strike)
    {
        var nodes = strike.Groups.Length > 0 ? strike.Groups[0] : [];
        switch (fault)
        {
            case ScheduledCrash:
                Each(nodes, node => network.Crash(node, fault.Id));
                return () => Each(nodes, node => Restart(node, DiskState.Kept));
            case ScheduledRestart restart:
                Each(nodes, node => Restart(node, restart.Disk));
                return null;
            case ScheduledLeave:
                Each(nodes, node => network.Inject(node, new ProtocolTimer(TimerKind.Leave)));
                return null;
            case ScheduledJoin join:
                Arrive(nodes, join.RatePerSecond, plan.StartAt);
                return null;
            case ScheduledSybil sybil:
                Arrive(nodes, sybil.RatePerSecond, (time, node) => plan.At(time, () => StartSybil(node)));
                return null;
            case ScheduledPause:
                Each(nodes, node => standstills.Begin(node, fault.Id, fault));
                return () => Each(nodes, node => standstills.End(node, fault.Id));
            case ScheduledSlowNode slow:
                Each(nodes, node => delays.Begin(node, fault.Id, slow.ProcessingDelayMs));
                return () => Each(nodes, node => delays.End(node, fault.Id));
            case ScheduledClockSkew skew:
                Each(nodes, node => clocks.Begin(node, fault.Id, skew));
                return () => Each(nodes, node => clocks.End(node, fault.Id));
            case ScheduledByzantine liar:
                Each(nodes, node => Misbehave(node, liar));
                return null;
            case ScheduledLinkFlap flap:
                return Flap(flap, Scope(strike));
            default:
                network.Impair(fault.Id, ImpairmentOf(fault, Scope(strike)));
                return () => network.Mend(fault.Id);
        }
    }

    private static void Each(NodeAddress[] nodes, Action<NodeAddress> act)
    {
        foreach (var node in nodes) act(node);
    }

    private void StandStill(NodeAddress node, object? cause)
    {
        if (cause is null) network.Resume(node);
        else network.Pause(node);
    }

    private void SetClock(NodeAddress node, ScheduledClockSkew? skew) => network.SkewClock(node, skew is null
        ? default
        : new ClockSkew(TimeSpan.FromMilliseconds(skew.OffsetMs), skew.DriftPpm));

    private static LinkScope Scope(FaultStrike strike) => strike switch
    {
        { Word: "partition" } => new BetweenGroups(strike.Groups),
        { Word: "cut" } => new FromTo(strike.Groups[0], strike.Groups[1], strike.OneWay),
        { Groups.Length: 0 } => new AllLinks(),
        _ => new LinksOf(strike.Groups[0]),
    };

    private static Impairment ImpairmentOf(ScheduledFault fault, LinkScope scope) => fault switch
    {
        ScheduledPartition or ScheduledCut => new Impairment(scope) { Cuts = true },
        ScheduledLinkLoss loss => new Impairment(scope) { LossProbability = loss.LossProbability },
        ScheduledLinkDelay delay =>
            new Impairment(scope) { AddedLatency = TimeSpan.FromMilliseconds(delay.AddLatencyMs) },
        ScheduledLinkBandwidth narrow => new Impairment(scope) { BytesPerSecond = narrow.BytesPerSecond },
        ScheduledCorrupt corrupt => new Impairment(scope) { CorruptProbability = corrupt.Probability },
        ScheduledDuplicate duplicate => new Impairment(scope) { DuplicateProbability = duplicate.Probability },
        ScheduledReorder reorder => new Impairment(scope) { ReorderProbability = reorder.Probability },
        _ => throw new InvalidOperationException(
            $"fault {fault.Id} is of a kind that no network knows: {fault.GetType().Name}"),
    };

    /// <summary>Down first, then up, again and again until it is ended.</summary>
    private Action Flap(ScheduledLinkFlap flap, LinkScope scope)
    {
        var isOver = false;
        GoDown();
        return () =>
        {
            isOver = true;
            network.Mend(flap.Id);
        };

        void GoDown()
        {
            if (isOver) return;
            network.Impair(flap.Id, new Impairment(scope) { Cuts = true });
            plan.At(network.Now + TimeSpan.FromSeconds(flap.DownSeconds), GoUp);
        }

        void GoUp()
        {
            if (isOver) return;
            network.Mend(flap.Id);
            plan.At(network.Now + TimeSpan.FromSeconds(flap.UpSeconds), GoDown);
        }
    }

    /// <summary>Who has never run starts when its own time comes, not again.</summary>
    private void Restart(NodeAddress node, DiskState disk)
    {
        if (targets.HasRun(node)) network.Restart(node, disk);
    }

    private void Arrive(NodeAddress[] nodes, double? ratePerSecond, Action<Instant, NodeAddress> startAt)
    {
        for (var place = 0; place < nodes.Length; place++)
        {
            var node = nodes[place];
            var after = ratePerSecond is { } rate ? TimeSpan.FromSeconds(place / rate) : TimeSpan.Zero;
            startAt(network.Now + after, node);
        }
    }

    private void StartSybil(NodeAddress node)
    {
        network.Start(node);
        // In a moment of its own, because on TCP a start takes its time.
        plan.At(network.Now, () =>
        {
            foreach (var behavior in ByzantineBehaviors.OfSybil)
                network.Inject(node, ByzantineNode.Misbehave(behavior));
        });
    }

    private void Misbehave(NodeAddress node, ScheduledByzantine liar)
    {
        var victim = liar.Victim is null ? NodeAddress.None : targets.VictimOf(liar);
        if (liar.Victim is not null && victim.IsNone) accounts.VictimMissing(liar);
        network.Inject(node, ByzantineNode.Misbehave(liar.Behavior, victim));
    }
}
