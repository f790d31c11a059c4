using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Exploring;

/// <summary>
/// Draws the faults of one exploring run: crashes and restarts of peers and seed nodes, disks that come back kept, torn
/// or empty, partitions that heal, links that lose. Every fault ends, so that afterwards all promises must hold. At
/// most a minority of disks is lost: more is beyond what any vote can survive.
/// </summary>
internal sealed class RandomFaults
{
    private const ulong Stream = 0x6578706C6F726501UL;

    private readonly Scenario scenario;
    private readonly List<ScheduledFault> faults = [];
    private NodeRandom random;

    private RandomFaults(Scenario scenario)
    {
        this.scenario = scenario;
        random = new NodeRandom(Mix64.Of((ulong)scenario.RandomSeed, Stream));
    }

    /// <summary>The scenario's own faults and the drawn ones.</summary>
    public static IReadOnlyList<ScheduledFault> Of(Scenario scenario)
    {
        var drawn = new RandomFaults(scenario);
        drawn.DrawPeerCrashes();
        drawn.DrawSeedNodeCrashes();
        drawn.DrawPartitions();
        drawn.DrawLoss();
        return [.. scenario.Faults, .. drawn.faults];
    }

    /// <summary>Mostly a handful; in one run of eight a third of all peers at once.</summary>
    private void DrawPeerCrashes()
    {
        var isMass = random.Next(8) == 0;
        var count = Math.Min(scenario.Peers.Count - 1, isMass ? scenario.Peers.Count / 3 : random.Next(6));
        var together = Moment();
        foreach (var peer in Distinct(count, scenario.Peers.Count))
        {
            var at = isMass ? together : Moment();
            Crash(NodeRole.Peer, peer, at);
            if (random.Next(2) == 0) Restart(NodeRole.Peer, peer, at + Between(0.2, 12), DiskState.Empty);
        }
    }

    private void DrawSeedNodeCrashes()
    {
        var disksToLose = (scenario.SeedNodes.Count - 1) / 2;
        foreach (var seedNode in Distinct(random.Next(scenario.SeedNodes.Count + 1), scenario.SeedNodes.Count))
        {
            var at = Moment();
            Crash(NodeRole.Seed, seedNode, at);
            var disk = random.Next(3) switch
            {
                0 => DiskState.Torn,
                1 when disksToLose-- > 0 => DiskState.Empty,
                _ => DiskState.Kept,
            };
            Restart(NodeRole.Seed, seedNode, at + Between(0.2, 10), disk);
        }
    }

    private void DrawPartitions()
    {
        for (var left = random.Next(3); left > 0; left--)
        {
            var cutOff = new List<NodeSelector>();
            AddPart(cutOff, NodeRole.Seed, random.Next(scenario.SeedNodes.Count + 1), scenario.SeedNodes.Count);
            AddPart(cutOff, NodeRole.Peer, random.Next(scenario.Peers.Count + 1), scenario.Peers.Count);
            if (cutOff.Count == 0) continue;
            faults.Add(new ScheduledPartition
            {
                Id = NextId("partition"), AtSeconds = Moment(), HealAfterSeconds = Between(0.5, 25),
                Groups = [PartitionGroup.Of(cutOff), PartitionGroup.Rest],
            });
        }
    }

    private void DrawLoss()
    {
        if (random.Next(4) != 0) return;
        faults.Add(new ScheduledLinkLoss
        {
            Id = NextId("linkLoss"), AtSeconds = Moment(), DurationSeconds = Between(1, 10),
            LossProbability = Between(0.01, 0.2),
        });
    }

    private void AddPart(List<NodeSelector> selectors, NodeRole role, int count, int of)
    {
        var places = Distinct(count, of);
        if (places.Count > 0) selectors.Add(new NodeSelector { Role = role, Index = places });
    }

    private void Crash(NodeRole role, int place, double at) => faults.Add(new ScheduledCrash
    {
        Id = NextId("crash"), AtSeconds = at, Target = new NodeSelector { Role = role, Index = [place] },
    });

    private void Restart(NodeRole role, int place, double at, DiskState disk) => faults.Add(new ScheduledRestart
    {
        Id = NextId("restart"), AtSeconds = at, Disk = disk, Target = new NodeSelector { Role = role, Index = [place] },
    });

    /// <summary>Unlike the ids that a scenario's own faults get: none refers to a drawn one by chance.</summary>
    private string NextId(string word) => $"drawn-{word}-{faults.Count + 1}";

    /// <summary>While the workload runs; what lasts may outlast it.</summary>
    private double Moment() => Between(0, scenario.Phases.WarmupSeconds + scenario.Phases.MeasureSeconds);

    private double Between(double low, double high) => Math.Round(low + ((high - low) * random.NextUnit()), 3);

    private List<int> Distinct(int count, int of)
    {
        var places = Enumerable.Range(0, of).ToArray();
        random.Shuffle<int>(places);
        return [.. places.Take(count).Order()];
    }
}
