using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;

namespace GossipSim.Tests.Engine;

/// <summary>A few real seed nodes and peers on the simulated network, and all that they reported.</summary>
internal sealed class SmallNetwork : ITrace
{
    private readonly List<Happening> happenings = [];

    public SmallNetwork(
        int seedNodes, int peers, ulong randomSeed, LatencyModel? latency = null, double lossProbability = 0,
        PeerOptions? peerOptions = null, int threads = 1)
    {
        Plan = new AddressPlan(Cast.SeedNode(0), seedNodes, Cast.Peer(0), peers);
        var seedNodeAddresses = Plan.SeedNodeAddresses();
        var forSeedNodes = new SeedNodeOptions { SeedNodes = seedNodeAddresses };
        var forPeers = (peerOptions ?? new PeerOptions { SeedNodes = [] }) with { SeedNodes = seedNodeAddresses };
        Network = new SimulatedNetwork(
            new SimulatedNetworkOptions
            {
                Plan = Plan,
                Factories = index => Plan.IsSeedNode(index)
                    ? start => new SeedNode(forSeedNodes, start)
                    : start => new Peer(forPeers, start),
                RandomSeed = randomSeed,
                Latency = latency ?? new ConstantLatency(20),
                LossProbability = lossProbability,
                SizeOf = _ => 200,
                Threads = threads,
            },
            this);
    }

    public SimulatedNetwork Network { get; }

    public AddressPlan Plan { get; }

    public IReadOnlyList<Happening> Happenings => happenings;

    public IEnumerable<NodeAddress> SeedNodes => Plan.SeedNodeAddresses();

    public IEnumerable<NodeAddress> Peers => Enumerable.Range(Plan.SeedNodes, Plan.Peers).Select(index => Plan[index]);

    /// <summary>Seed nodes at once, then the peers, each some time after the one before it.</summary>
    public void StartsAll(double secondsBetweenPeers = 0)
    {
        foreach (var seedNode in SeedNodes) Network.Start(seedNode);
        RunsFor(1);
        foreach (var peer in Peers)
        {
            Network.Start(peer);
            RunsFor(secondsBetweenPeers);
        }
    }

    public void RunsFor(double seconds) => Network.RunUntil(Network.Now + TimeSpan.FromSeconds(seconds));

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        happenings.Add(new Happening(node, now, protocolEvent));
}

/// <summary>An event, when and where.</summary>
internal sealed record Happening(NodeAddress Node, Instant At, ProtocolEvent Event);
