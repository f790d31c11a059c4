using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// Everything that a scenario does after formation, in order of time: its workload, its faults and their ends. Made
/// once for either network; what a fault strikes is resolved when it strikes.
/// </summary>
internal sealed class Timeline
{
    private readonly List<Moment> moments = [];
    private readonly Scenario scenario;
    private readonly AddressPlan plan;
    private readonly TargetSelection targets;

    /// <param name="After">Scenario time.</param>
    public readonly record struct Moment(TimeSpan After, Action<IRunningNetwork> Act);

    public Timeline(Scenario scenario, AddressPlan plan, RunRecord world)
    {
        this.scenario = scenario;
        this.plan = plan;
        targets = new TargetSelection(world, plan);
        AddWorkload();
        foreach (var fault in scenario.Faults) AddFault(fault);
        // Stable, so that what the scenario names first comes first at equal times.
        Moments = [.. moments.OrderBy(moment => moment.After)];
    }

    public IReadOnlyList<Moment> Moments { get; }

    /// <summary>Each publisher begins at a uniform offset within the interval, after the warm-up.</summary>
    private void AddWorkload()
    {
        var random = Streams.OfWorkload(scenario.RandomSeed);
        var peers = Enumerable.Range(plan.SeedNodes, plan.Peers).Select(index => plan[index]).ToArray();
        random.Shuffle<NodeAddress>(peers);
        var interval = TimeSpan.FromMilliseconds(scenario.Gossip.IntervalMs);
        foreach (var publisher in peers.Take(scenario.Gossip.Publishers.Count))
        {
            var after = TimeSpan.FromSeconds(scenario.Phases.WarmupSeconds) + random.NextTimeSpan(interval);
            Add(after, network => network.Inject(publisher, new ProtocolTimer(TimerKind.StartPublishing)));
        }
    }

    private void AddFault(ScheduledFault fault)
    {
        var at = TimeSpan.FromSeconds(fault.AtSeconds);
        switch (fault)
        {
            case ScheduledCrash crash:
                Strike(crash, crash.Target, (network, node) => network.Crash(node, crash.Id));
                break;
            case ScheduledRestart restart:
                Strike(
                    restart, restart.Target, (network, node) => network.Restart(node, DiskOf(restart.Disk)),
                    targets.IsDown);
                break;
            case ScheduledLeave leave:
                Strike(
                    leave, leave.Target,
                    (network, node) => network.Inject(node, new ProtocolTimer(TimerKind.Leave)));
                break;
            case ScheduledPause pause:
                Strike(pause, pause.Target, (network, node) => network.Pause(node));
                Add(at + TimeSpan.FromSeconds(pause.DurationSeconds), network =>
                {
                    foreach (var node in targets.StruckBy(pause.Id)) network.Resume(node);
                });
                break;
            case ScheduledPartition partition:
                Add(at, network => network.Impair(
                    partition.Id, new Impairment(new BetweenGroups(GroupsOf(partition))) { Cuts = true }));
                if (partition.HealAfterSeconds is { } heal)
                    Add(at + TimeSpan.FromSeconds(heal), network => network.Mend(partition.Id));
                break;
            case ScheduledLinkLoss loss:
                Add(at, network => network.Impair(
                    loss.Id, new Impairment(ScopeOf(loss)) { LossProbability = loss.LossProbability }));
                if (loss.DurationSeconds is { } duration)
                    Add(at + TimeSpan.FromSeconds(duration), network => network.Mend(loss.Id));
                break;
            default:
                throw new InvalidOperationException(
                    $"fault {fault.Id} is of a kind that no network knows: {fault.GetType().Name}");
        }
    }

    private void Add(TimeSpan after, Action<IRunningNetwork> act) => moments.Add(new Moment(after, act));

    private void Strike(
        ScheduledFault fault, NodeSelector target, Action<IRunningNetwork, NodeAddress> strike,
        Func<NodeAddress, bool>? canBeStruck = null) =>
        Add(TimeSpan.FromSeconds(fault.AtSeconds), network =>
        {
            var random = Streams.OfFault(scenario.RandomSeed, fault.Id);
            var nodes = targets.Resolve(target, ref random, canBeStruck);
            targets.Remember(fault.Id, nodes);
            foreach (var node in nodes) strike(network, node);
        });

    private LinkScope ScopeOf(ScheduledLinkLoss loss)
    {
        if (loss.Target is not { } selector) return new AllLinks();
        var random = Streams.OfFault(scenario.RandomSeed, loss.Id);
        var nodes = targets.Resolve(selector, ref random);
        targets.Remember(loss.Id, nodes);
        return new LinksOf(nodes);
    }

    /// <summary>Every node is in one group: who is named by no selector is in the last one, "rest" or not.</summary>
    private List<IReadOnlyCollection<NodeAddress>> GroupsOf(ScheduledPartition partition)
    {
        var random = Streams.OfFault(scenario.RandomSeed, partition.Id);
        var taken = new HashSet<NodeAddress>();
        var groups = new List<IReadOnlyCollection<NodeAddress>>();
        foreach (var group in partition.Groups.Where(group => !group.IsRest))
        {
            var nodes = new List<NodeAddress>();
            foreach (var selector in group.Selectors!)
                nodes.AddRange(targets.Resolve(selector, ref random, IsFree).Where(taken.Add));
            groups.Add(nodes);
        }

        List<NodeAddress> rest = [.. targets.Everybody().Where(node => !taken.Contains(node))];
        if (rest.Count > 0) groups.Add(rest);
        return groups;

        bool IsFree(NodeAddress node) => !targets.IsDown(node) && !taken.Contains(node);
    }

    private static Engine.Simulation.DiskState DiskOf(Files.DiskState disk) => disk switch
    {
        Files.DiskState.Kept => Engine.Simulation.DiskState.Kept,
        Files.DiskState.Torn => Engine.Simulation.DiskState.Torn,
        Files.DiskState.Empty => Engine.Simulation.DiskState.Empty,
        _ => throw new ArgumentOutOfRangeException(nameof(disk)),
    };
}
