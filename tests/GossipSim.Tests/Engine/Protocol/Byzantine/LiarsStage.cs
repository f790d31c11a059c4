using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;

namespace GossipSim.Tests.Engine;

/// <summary>
/// A small network in the simulator in which some lie: what every node reports, and what every node hears, is kept.
/// </summary>
internal sealed class LiarsStage : ITrace
{
    public sealed record Happening(NodeAddress Node, Instant Now, ProtocolEvent Event);

    /// <summary>How many happenings were reported before it was heard tells what came first.</summary>
    public sealed record Hearing(NodeAddress Node, int Before, NodeAddress From, Message Message);

    private readonly List<Happening> happenings = [];
    private readonly List<Hearing> hearings = [];
    private readonly HashSet<NodeAddress> liars = [];
    private readonly HashSet<NodeAddress> gone = [];
    private readonly SimulatedNetwork network;
    private readonly AddressPlan plan;
    private readonly Func<NodeAddress, NodeFactory?>? actors;

    /// <summary>Null where nothing is signed.</summary>
    private readonly SigningRules? signing;

    /// <param name="actors">Nodes of the test's own, in place of the honest ones.</param>
    public LiarsStage(
        SeedNodeOptions rules, int peers, ulong randomSeed = 42, PeerOptions? peer = null,
        Func<NodeAddress, NodeFactory?>? actors = null, int seedNodes = 4, ISignatures? signatures = null)
    {
        this.actors = actors;
        plan = new AddressPlan(Cast.SeedNode(0), seedNodes, Cast.Peer(0), peers);
        var isSigned = signatures is not null;
        Rules = rules with { SeedNodes = plan.SeedNodeAddresses(), AreVotesSigned = isSigned };
        PeerRules = (peer ?? new PeerOptions { SeedNodes = [] }) with
        {
            SeedNodes = Rules.SeedNodes, AreVotesSigned = isSigned,
        };
        if (signatures is not null) signing = new SigningRules("test", Rules.SeedNodes, Rules.QuorumSize, signatures);
        network = new SimulatedNetwork(
            new SimulatedNetworkOptions { Plan = plan, RandomSeed = randomSeed, Factories = FactoryOf }, this);
    }

    public SeedNodeOptions Rules { get; }

    public PeerOptions PeerRules { get; }

    public IReadOnlyList<Happening> Happenings => happenings;

    public IReadOnlyList<Hearing> Hearings => hearings;

    public ulong Fingerprint => network.Fingerprint;

    public Instant Now => network.Now;

    public IEnumerable<NodeAddress> HonestSeedNodes => Rules.SeedNodes.Where(seedNode => !liars.Contains(seedNode));

    public IEnumerable<NodeAddress> LivingPeers =>
        Enumerable.Range(0, plan.Peers).Select(Cast.Peer).Where(peer => !gone.Contains(peer));

    /// <summary>Seed nodes, then peers, then time until all are linked.</summary>
    public LiarsStage Forms()
    {
        foreach (var seedNode in Rules.SeedNodes) network.Start(seedNode);
        RunsFor(5);
        for (var peer = 0; peer < plan.Peers; peer++)
        {
            network.Start(Cast.Peer(peer));
            RunsFor(0.1);
        }

        return RunsFor(15);
    }

    public LiarsStage StartsSeedNodes()
    {
        foreach (var seedNode in Rules.SeedNodes) network.Start(seedNode);
        return RunsFor(5);
    }

    public LiarsStage Starts(NodeAddress node)
    {
        network.Start(node);
        return this;
    }

    public LiarsStage Lies(NodeAddress liar, ByzantineBehavior behavior, NodeAddress victim = default)
    {
        liars.Add(liar);
        network.Inject(liar, ByzantineNode.Misbehave(behavior, victim));
        return this;
    }

    public LiarsStage RunsFor(double seconds)
    {
        network.RunUntil(network.Now + TimeSpan.FromSeconds(seconds));
        return this;
    }

    public LiarsStage Publishes(params NodeAddress[] peers)
    {
        foreach (var peer in peers) network.Inject(peer, new ProtocolTimer(TimerKind.StartPublishing));
        return this;
    }

    public LiarsStage Crashes(NodeAddress node)
    {
        gone.Add(node);
        network.Crash(node, "test");
        return this;
    }

    public LiarsStage StartsAgain(NodeAddress node)
    {
        gone.Remove(node);
        network.Restart(node, DiskState.Kept);
        return this;
    }

    /// <summary>How often a node refused what came to it.</summary>
    public int RefusalsAt(NodeAddress node) =>
        All(EventKind.InputRefused).Count(refused => refused.Node == node && refused.Event.Detail is Notary.Refusal);

    public int TableEntriesOf(NodeAddress node) => network.TableEntriesAt(plan.IndexOf(node));

    public IEnumerable<Happening> All(EventKind kind) => happenings.Where(happened => happened.Event.Kind == kind);

    public IEnumerable<(NodeAddress Node, Ballot Ballot, int Place)> HonestCommits() =>
        happenings.Index()
            .Where(item => item.Item.Event.Kind == EventKind.EntryCommitted && !liars.Contains(item.Item.Node))
            .Select(item => (item.Item.Node, (Ballot)item.Item.Event.Detail!, item.Index));

    /// <summary>A seed node's list, from what it reported of its changes.</summary>
    public MembershipEntry[] ListOf(NodeAddress seedNode)
    {
        var list = new SortedDictionary<NodeAddress, MembershipEntry>();
        foreach (var (node, ballot, _) in HonestCommits())
            if (node == seedNode) list[ballot.Entry.Address] = ballot.Entry;
        return [.. list.Values];
    }

    void ITrace.Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        happenings.Add(new Happening(node, now, protocolEvent));

    private NodeFactory FactoryOf(int index) =>
        signing is null ? UnsignedAt(index) : SignedNode.Wrap(UnsignedAt(index), signing);

    private NodeFactory UnsignedAt(int index)
    {
        if (actors?.Invoke(plan[index]) is { } actor) return start => new Listening(actor(start), this);
        NodeFactory honest = plan.IsSeedNode(index)
            ? start => new SeedNode(Rules, start)
            : start => new Peer(PeerRules, start);
        var wrapped = ByzantineNode.Wrap(honest, new LiarOptions { SeedNodes = Rules.SeedNodes });
        return start => new Listening(wrapped(start), this);
    }

    /// <summary>Writes down what a node hears, and changes nothing.</summary>
    private sealed class Listening(Node node, LiarsStage stage) : Node
    {
        public override int Epoch => node.Epoch;

        public override int TableEntries => node.TableEntries;

        public override bool NeedsProofOf(Message message) => node.NeedsProofOf(message);

        public override void OnStart(in NodeContext context) => node.OnStart(context);

        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
            stage.hearings.Add(new Hearing(
                context.Self, stage.happenings.Count, envelope.From, envelope.Message));
            node.OnMessage(envelope, context);
        }

        public override void OnTimer(ProtocolTimer timer, in NodeContext context) => node.OnTimer(timer, context);

        public override void OnLinkDown(NodeAddress neighbor, in NodeContext context) =>
            node.OnLinkDown(neighbor, context);
    }
}
