using BenchmarkDotNet.Attributes;
using GossipSim.Engine.Protocol;

namespace GossipSim.Benchmarks;

/// <summary>One message through the seam into a peer with 7 neighbors, and what it sends out of it again.</summary>
public class SeamPeerBenchmarks
{
    private const int Neighbors = 7;

    /// <summary>That many first messages come to each peer: the peer itself, and how its list grows, are measured too.
    /// </summary>
    private const int FirstMessages = 16;

    private static readonly AddressPlan plan = new(
        new NodeAddress(0x7F000001, 6000), seedNodes: 0, new NodeAddress(0x7F000001, 7000), peers: Neighbors + 1);

    private static readonly PeerOptions options = new() { SeedNodes = [] };

    private static readonly PeerOptions quiet = options with { PingInterval = PeerOptions.Never };

    private readonly StandingOverlay overlay = Star();
    private readonly Gossip[] rumors = Rumors.Several(FirstMessages);
    private SilentHost heard = null!;
    private SilentHost watching = null!;
    private Ping ping = null!;

    [GlobalSetup]
    public void Start()
    {
        heard = Peer(quiet);
        heard.Hand(plan[1], rumors[0]);
        watching = Peer(options);
        ping = new Ping(new GossipDigest());
    }

    [Benchmark]
    public void Duplicate() => heard.Hand(plan[2], rumors[0]);

    /// <summary>Each is passed on to six neighbors.</summary>
    [Benchmark(OperationsPerInvoke = FirstMessages)]
    public int FirstReceipt()
    {
        var peer = Peer(quiet);
        foreach (var rumor in rumors) peer.Hand(plan[1], rumor);
        return peer.Sent;
    }

    /// <summary>A sign of life, and a PONG back.</summary>
    [Benchmark]
    public void PingToPong() => watching.Hand(plan[3], ping);

    private SilentHost Peer(PeerOptions behavior)
    {
        var start = new NodeStart(plan[0], overlay.NodeIdAt(0), []);
        var host = new SilentHost(new Peer(behavior, start, overlay), plan[0]);
        host.Start();
        return host;
    }

    /// <summary>Peer 0 is linked to all others.</summary>
    private static StandingOverlay Star() => new(
        plan, randomSeed: 1, [0, .. Enumerable.Range(Neighbors, Neighbors + 1)],
        [.. Enumerable.Range(1, Neighbors), .. Enumerable.Repeat(0, Neighbors)]);
}
