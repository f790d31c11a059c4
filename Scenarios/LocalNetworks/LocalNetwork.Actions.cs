using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Prompting;
using FromTo = GossipSim.Engine.Simulation.FromTo;

namespace GossipSim.Scenarios.LocalNetworks;

// Actions: what people do to the nodes, by a prompt or a page.
internal sealed partial class LocalNetwork
{
    /// <summary>A node by its port, or by its address.</summary>
    /// <exception cref="UsageException">There never was one, or there are several.</exception>
    public NodeAddress Find(string asked) => new NodeName("this network", Everybody()).Find(asked);

    /// <summary>The shortest word by which <see cref="Find"/> finds a node.</summary>
    public string NameOf(NodeAddress node) => Everybody().Count(other => other.Port == node.Port) == 1
        ? node.Port.ToString(CultureInfo.InvariantCulture)
        : node.ToString();

    public bool IsRunning(NodeAddress node) => network.IsRunning(node);

    public bool IsSeedNode(NodeAddress node) => request.SeedNodes.Contains(node);

    /// <summary>Starts a new peer at the next port.</summary>
    public async Task<NodeAddress> AddAsync()
    {
        if (next == request.MostPeers)
            throw new UsageException($"all ports from {request.FirstPeerPort} to {request.LastPeerPort} are used");
        var peer = request.PeerAt(next++);
        await OrTaken(network.StartAsync(peer), _ => "add takes the next port");
        // It is on the side of the others.
        if (IsSeparated) await CutAsync();
        else await cuts.MeetAsync(peer);
        Deeds.Join(Seconds);
        return peer;
    }

    public async Task KillAsync(NodeAddress node)
    {
        Deeds.Crash(Seconds, node, IsSeedNode(node));
        await network.CrashAsync(node, "kill");
        paused.Remove(node);
    }

    public void Leave(NodeAddress peer)
    {
        RequireHandling(peer);
        left.Add(peer);
        Deeds.Leave(Seconds, peer);
        network.Inject(peer, new ProtocolTimer(TimerKind.Leave));
    }

    public void Pause(NodeAddress node)
    {
        if (!paused.Add(node)) throw new UsageException($"{node} is paused already (resume {NameOf(node)})");
        Deeds.Pause(Seconds, node, IsSeedNode(node));
        network.Pause(node);
    }

    public void Resume(NodeAddress node)
    {
        if (!paused.Remove(node)) throw new UsageException($"{node} is not paused");
        Deeds.Resume(Seconds, node);
        network.Resume(node);
    }

    public async Task RestartAsync(NodeAddress node)
    {
        if (network.IsRunning(node)) await KillAsync(node);
        paused.Remove(node);
        left.Remove(node);
        Deeds.Restart(Seconds, node, IsSeedNode(node));
        await OrTaken(network.RestartAsync(node), _ => $"restart {NameOf(node)} again");
        await cuts.MeetAsync(node);
    }

    /// <exception cref="UsageException">It cannot, or the text does not fit into a message.</exception>
    public void Say(NodeAddress peer, string text)
    {
        RequireHandling(peer);
        if (WireLength.OfText(text) is var bytes && bytes > WireLength.LongestText)
        {
            throw new UsageException(
                $"the text takes {bytes} bytes in a line of JSON, allowed are {WireLength.LongestText}");
        }

        if (Ask(world => world.DegreeOf(peer)) == 0)
            throw new UsageException($"{peer} has no link yet, and nobody would hear it");
        Deeds.Say(Seconds, peer, text);
        network.Tell(peer, new Publish(text));
    }

    public bool HasOthersThan(IReadOnlyCollection<NodeAddress> nodes) =>
        Everybody().Union(request.SeedNodes).Except(nodes).Any();

    /// <summary>From now on nothing passes between these nodes and all others.</summary>
    public async Task SeparateAsync(NodeAddress[] nodes)
    {
        Deeds.Separate(Seconds, nodes, IsSeedNode);
        separated = nodes;
        await CutAsync();
    }

    /// <summary>From now on nothing passes between the two.</summary>
    public async Task CutAsync(NodeAddress one, NodeAddress other)
    {
        Deeds.Cut(Seconds, one, other, IsSeedNode);
        var id = $"cut-{one.Port}-{other.Port}";
        var strike = new FaultStrike("cut", id, [[one], [other]], MayIsolate: true);
        linkCuts.Add(strike);
        await cuts.BeginAsync(id, new FromTo([one], [other], OneWay: false));
        Report(EventKind.FaultStruck, strike);
    }

    public async Task HealAsync()
    {
        Deeds.Heal(Seconds);
        if (IsSeparated) linkCuts.Add(PartitionStrike());
        separated = [];
        foreach (var strike in linkCuts)
        {
            Report(EventKind.FaultEnded, strike);
            await cuts.EndAsync(strike.FaultId);
        }

        linkCuts.Clear();
    }

    public bool IsSeparated => separated.Length > 0;

    /// <summary>Whether the network is partitioned, or a link cut.</summary>
    public bool IsCut => cuts.Any;

    public bool AreCut(NodeAddress one, NodeAddress other) => linkCuts.Exists(
        strike => strike.Groups.All(group => group[0] == one || group[0] == other));

    /// <summary>What is asked of a node that stands still, or has left, would be done later or never.</summary>
    private void RequireHandling(NodeAddress node)
    {
        if (paused.Contains(node)) throw new UsageException($"{node} is paused (resume {NameOf(node)})");
        if (left.Contains(node)) throw new UsageException($"{node} has left the network (restart {NameOf(node)})");
    }
}
