using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Exploring;

/// <summary>Draws single faults from one stream of chance.</summary>
internal sealed class FaultDraw(Scenario scenario, FaultBudget budget, NodeRandom stream)
{
    /// <summary>Things that happen in most runs, for faults that wait for one.</summary>
    private static readonly EventKind[] triggers =
    [
        EventKind.Suspected, EventKind.DeathReported, EventKind.NeighborRemoved, EventKind.ProposalOpened,
        EventKind.EntryCommitted, EventKind.VoteCast, EventKind.GossipPublished, EventKind.ProcessStarted,
    ];

    /// <summary>Words that follow another fault and are drawn together with it.</summary>
    private const string Restart = "restart";

    /// <summary>What lasts lasts at least a millisecond, to which all drawn times are rounded.</summary>
    private const double Shortest = 0.001;

    private readonly string[] words = [.. budget.Words.Where(word => word != Restart || budget.Allows("crash"))];
    private NodeRandom random = stream;

    /// <summary>When the last fault may strike, in seconds of scenario time.</summary>
    private double LastStrike => scenario.Phases.WarmupSeconds + scenario.Phases.MeasureSeconds;

    public int Below(int limit) => random.Next(limit);

    /// <summary>Adds a fault, or two that belong together; false when none fits any more.</summary>
    public bool TryNext(List<ScheduledFault> faults, int room)
    {
        if (room < 1 || words.Length == 0) return false;
        var word = words[Below(words.Length)];
        // Half a pair is no fault; the crash alone still is one.
        if (word == Restart && room < 2) word = "crash";
        var id = NextId(word, faults);
        if (word == Restart) AddCrashAndRestart(id, faults);
        else faults.Add(Repeated(Drawn(word, id)));
        return true;
    }

    /// <summary>The same fault at another time, or lasting longer or shorter.</summary>
    public ScheduledFault Moved(ScheduledFault fault, IReadOnlyList<ScheduledFault> others)
    {
        // Of two that belong together neither may overtake the other.
        if (fault.Struck?.Fault is not null || others.Any(other => other.Struck?.Fault == fault.Id)) return fault;
        var at = Moment();
        return fault.LastsSeconds is null
            ? fault with { AtSeconds = at }
            : Lasting(fault with { AtSeconds = at, EverySeconds = null }, 0.1, 20);
    }

    private ScheduledFault Drawn(string word, string id)
    {
        var at = Moment();
        return word switch
        {
            "crash" => Crash(id, at),
            "leave" => new ScheduledLeave { Id = id, AtSeconds = at, Target = Peers(1) },
            "join" => new ScheduledJoin
            {
                Id = id, AtSeconds = at, Count = 1 + Below(1 + (scenario.Peers.Count / 10)),
                RatePerSecond = Below(2) == 0 ? Between(0.5, 10) : null,
            },
            "pause" => Lasting(new ScheduledPause { Id = id, AtSeconds = at, Target = Some() }, 0.1, 12),
            "slowNode" => Lasting(
                new ScheduledSlowNode
                {
                    Id = id, AtSeconds = at, Target = Some(),
                    ProcessingDelayMs = new ExponentialSettings { Mean = Between(1, 200) },
                },
                1, 15),
            "clockSkew" => Lasting(
                new ScheduledClockSkew
                {
                    Id = id, AtSeconds = at, Target = Some(), OffsetMs = Between(-60_000, 60_000),
                    DriftPpm = Between(-20_000, 20_000),
                },
                1, 30),
            "byzantine" => Liar(id, at),
            "sybil" => new ScheduledSybil { Id = id, AtSeconds = at, Count = 1 + Below(3) },
            _ => Lasting(OfLinks(word, id, at), 0.3, 20),
        };
    }

    /// <summary>Peers mostly stay down; a seed node comes back. Sometimes a third of all peers goes at once.</summary>
    private ScheduledCrash Crash(string id, double at)
    {
        var isSeedNode = Below(3) == 0 && HasSeedNodes;
        var target = isSeedNode ? SeedNodes(1) : Below(10) == 0 ? Peers(Math.Max(1, scenario.Peers.Count / 3)) : Few();
        double? down = isSeedNode || Below(3) == 0 ? Between(0.1, 12) : null;
        return new ScheduledCrash
        {
            Id = id, AtSeconds = at, Target = target,
            DurationSeconds = down is { } seconds ? Until(at, seconds) : null,
        };
    }

    /// <summary>Protocols of users' own run without them.</summary>
    private bool HasSeedNodes => scenario.SeedNodes.Count > 0;

    /// <summary>Who lost its disk learns from a quorum of the others: so many must have kept theirs.</summary>
    private int LosableDisks
    {
        get
        {
            var seedNodes = scenario.SeedNodes;
            var liars = seedNodes.QuorumRule == QuorumRule.Byzantine ? seedNodes.ByzantineFaults : 0;
            return (seedNodes.Count - liars - 1) / 2;
        }
    }

    /// <summary>With a disk that is not as the process left it.</summary>
    private void AddCrashAndRestart(string id, List<ScheduledFault> faults)
    {
        var at = Math.Min(Moment(), Rounded(LastStrike - 0.1));
        var isSeedNode = Below(2) == 0 && HasSeedNodes;
        var lost = faults.Concat(scenario.Faults).Count(fault =>
            fault is ScheduledRestart { Disk: DiskState.Empty, Target.Role: NodeRole.Seed });
        var mayLose = !isSeedNode || lost < LosableDisks;
        var target = isSeedNode ? SeedNodes(1) : Peers(1);
        faults.Add(new ScheduledCrash { Id = $"{id}-crash", AtSeconds = Math.Max(0, at), Target = target });
        faults.Add(new ScheduledRestart
        {
            Id = id, AtSeconds = Math.Min(LastStrike, Rounded(Math.Max(0, at) + Between(0.1, 10))),
            Disk = mayLose && Below(2) == 0 ? DiskState.Empty : DiskState.Torn,
            Target = new NodeSelector { Role = target.Role, Fault = $"{id}-crash" },
        });
    }

    private ScheduledFault OfLinks(string word, string id, double at)
    {
        var target = Below(2) == 0 ? Some() : null;
        return word switch
        {
            "partition" => new ScheduledPartition
            {
                Id = id, AtSeconds = at, Groups = [PartitionGroup.Of(CutOff()), PartitionGroup.Rest],
            },
            "cut" => Cut(id, at),
            "linkLoss" => new ScheduledLinkLoss
            {
                Id = id, AtSeconds = at, Target = target, LossProbability = Between(0.01, 0.3),
            },
            "linkDelay" => new ScheduledLinkDelay
            {
                Id = id, AtSeconds = at, Target = target, AddLatencyMs = Between(1, 400),
            },
            "linkFlap" => new ScheduledLinkFlap
            {
                Id = id, AtSeconds = at, Target = Some(), UpSeconds = Between(0.2, 5), DownSeconds = Between(0.05, 3),
            },
            "linkBandwidth" => new ScheduledLinkBandwidth
            {
                Id = id, AtSeconds = at, Target = target, BytesPerSecond = 1_000L << Below(8),
            },
            "corrupt" => new ScheduledCorrupt
            {
                Id = id, AtSeconds = at, Target = target, Probability = Between(0.001, 0.1),
            },
            "duplicate" => new ScheduledDuplicate
            {
                Id = id, AtSeconds = at, Target = target, Probability = Between(0.01, 0.3),
            },
            "reorder" => new ScheduledReorder
            {
                Id = id, AtSeconds = at, Target = target, Probability = Between(0.01, 0.3),
            },
            _ => throw new InvalidOperationException($"nobody draws a fault \"{word}\""),
        };
    }

    private ScheduledCut Cut(string id, double at)
    {
        var from = Some();
        var others = Enumerable.Range(0, CountOf(from.Role)).Except(from.Index!).ToArray();
        var isAmong = !HasSeedNodes || (others.Length > 0 && Below(2) == 0);
        return new ScheduledCut
        {
            Id = id, AtSeconds = at, From = from,
            To = isAmong
                ? new NodeSelector { Role = from.Role, Pick = NodePick.Rest }
                : Places(from.Role == NodeRole.Seed ? NodeRole.Peer : NodeRole.Seed, 1),
            Direction = Below(2) == 0 ? CutDirection.OneWay : CutDirection.BothWays,
        };
    }

    private ScheduledByzantine Liar(string id, double at)
    {
        var behaviors = Enum.GetValues<ByzantineBehavior>();
        var behavior = behaviors[Below(behaviors.Length)];
        return new ScheduledByzantine
        {
            Id = id, AtSeconds = at, Behavior = behavior,
            Target = behavior.SuitsPeers() ? Peers(1) : SeedNodes(1),
        };
    }

    /// <summary>Some strike again and again, some wait for something to happen.</summary>
    private ScheduledFault Repeated(ScheduledFault fault)
    {
        switch (Below(12))
        {
            case 0 when fault.CanEnd && fault.LastsSeconds is { } lasts:
                return fault with { EverySeconds = Rounded(lasts + Between(0.5, 10)) };
            case 1:
                var trigger = new FaultTrigger
                {
                    Event = triggers[Below(triggers.Length)], Occurrence = 1 + Below(3), DelaySeconds = Between(0, 2),
                };
                return fault with { AfterEvent = trigger };
            default:
                return fault;
        }
    }

    /// <summary>For a while that is over before the run is.</summary>
    private ScheduledFault Lasting(ScheduledFault fault, double low, double high)
    {
        var span = Until(fault.AtSeconds, Between(low, high));
        return fault is ScheduledPartition partition
            ? partition with { HealAfterSeconds = span, DurationSeconds = null }
            : fault with { DurationSeconds = span };
    }

    private double Until(double at, double span) =>
        Math.Max(Shortest, Rounded(Math.Min(span, scenario.Phases.TotalSeconds - at - Shortest)));

    private List<NodeSelector> CutOff()
    {
        var cutOff = new List<NodeSelector>();
        AddPart(cutOff, NodeRole.Seed, Below(scenario.SeedNodes.Count + 1));
        AddPart(cutOff, NodeRole.Peer, Below(scenario.Peers.Count + 1));
        if (cutOff.Count == 0) cutOff.Add(HasSeedNodes ? SeedNodes(1) : Peers(1));
        return cutOff;
    }

    private void AddPart(List<NodeSelector> selectors, NodeRole role, int count)
    {
        if (count > 0) selectors.Add(Places(role, count));
    }

    /// <summary>A seed node, a peer, or a few peers.</summary>
    private NodeSelector Some() => Below(3) == 0 && HasSeedNodes ? SeedNodes(1) : Few();

    private NodeSelector Few() => Peers(Math.Min(scenario.Peers.Count, 1 + Below(3)));

    private NodeSelector Peers(int count) => Places(NodeRole.Peer, count);

    private NodeSelector SeedNodes(int count) => Places(NodeRole.Seed, count);

    private NodeSelector Places(NodeRole role, int count)
    {
        var places = Enumerable.Range(0, CountOf(role)).ToArray();
        random.Shuffle<int>(places);
        return new NodeSelector { Role = role, Index = [.. places.Take(count).Order()] };
    }

    private int CountOf(NodeRole role) => role == NodeRole.Seed ? scenario.SeedNodes.Count : scenario.Peers.Count;

    /// <summary>Unlike the ids that a scenario's own faults get: none refers to a drawn one by chance.</summary>
    private static string NextId(string word, List<ScheduledFault> faults)
    {
        var number = faults.Count + 1;
        while (faults.Any(fault => fault.Id == IdOf(word, number))) number++;
        return IdOf(word, number);
    }

    private static string IdOf(string word, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"drawn-{word}-{number}");

    /// <summary>While the workload runs, and so that what begins can still end.</summary>
    private double Moment() => Between(
        0, Math.Max(0, Math.Min(LastStrike, scenario.Phases.TotalSeconds - (3 * Shortest))));

    private double Between(double low, double high) => Rounded(low + ((high - low) * random.NextUnit()));

    private static double Rounded(double value) => Math.Round(value, 3);
}
