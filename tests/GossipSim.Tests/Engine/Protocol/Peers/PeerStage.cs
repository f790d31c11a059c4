using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Engine;

/// <summary>One real peer; the test plays all others. It is born at stamp 100 with epoch 1.</summary>
internal sealed class PeerStage
{
    public const long BornAt = 100;

    public PeerStage(PeerOptions? options = null, int seedNodes = 3, ulong randomSeed = 42)
    {
        Options = (options ?? new PeerOptions { SeedNodes = [] }) with { SeedNodes = Cast.SeedNodes(seedNodes) };
        var start = new NodeStart(Cast.Peer(50), Cast.ProcessAt(Cast.Peer(50)), []);
        Host = new RecordingHost(node => new Peer(Options, node), start, randomSeed);
        Host.Starts();
    }

    public PeerOptions Options { get; }

    public RecordingHost Host { get; }

    public NodeAddress Self => Host.Self;

    /// <summary>The peer is a member with links to these older members, and knows of nobody else.</summary>
    public static PeerStage Joined(params NodeAddress[] older) => Joined(null, older);

    public static PeerStage Joined(PeerOptions? options, NodeAddress[] older)
    {
        var stage = new PeerStage(options);
        stage.IsAcknowledged();
        stage.ReadsFromAMajority([.. older.Select((address, index) => Entry(address, joinStamp: index + 1))]);
        foreach (var address in older) stage.IsAcceptedBy(address);
        stage.Host.TurnsPage();
        return stage;
    }

    public static PeerListEntry Entry(NodeAddress address, long joinStamp = 1, int degree = 1, int epoch = 1) =>
        new(address, epoch, joinStamp, degree);

    public NodeAddress AskedSeedNode => Host.RecipientsOf<Register>()[^1];

    public void IsAcknowledged(int epoch = 1, long joinStamp = BornAt) => Host.Hears(
        AskedSeedNode, new RegisterAck(Self, epoch, joinStamp, new Certificate(default, Options.SeedNodes)));

    public void ReadsFromAMajority(params PeerListEntry[] entries)
    {
        foreach (var seedNode in Options.SeedNodes.Take(Options.QuorumSize))
            Host.Hears(seedNode, new PeerList(PeerListPurpose.Join, 1, 1, entries.Length, entries));
    }

    public void Hears(NodeAddress from, PeerListPurpose purpose, params PeerListEntry[] entries) =>
        Host.Hears(from, new PeerList(purpose, 1, 1, entries.Length, entries));

    public void IsAcceptedBy(NodeAddress other, long? joinStamp = null, int epoch = 1) =>
        Host.Hears(other, new Accept(Cast.ProcessAt(other), epoch, joinStamp ?? 1));

    public void IsAskedBy(NodeAddress other, long joinStamp = BornAt + 1, int epoch = 1, int process = 0) =>
        Host.Hears(other, new Connect(Cast.ProcessAt(other, process), epoch, joinStamp));

    public void Pongs(NodeAddress from, int epoch = 1, int process = 0, params NodeAddress[] neighbors) =>
        Host.Hears(from, new Pong(Cast.ProcessAt(from, process), epoch, neighbors.Length, neighbors));

    /// <summary>Time passes; whoever is named here answers every ping at once, all others stay silent.</summary>
    public void WaitsWhile(double seconds, params NodeAddress[] answering)
    {
        for (var passed = 0.0; passed < seconds - 1e-9; passed += 0.05)
        {
            var before = Host.Sent.Count;
            Host.Waits(0.05);
            foreach (var sending in Host.Sent.Skip(before).ToArray())
                if (sending.Message is Ping && answering.Contains(sending.To)) Pongs(sending.To);
        }
    }

    /// <summary>The links as the peer tells them to whoever pings it as a stranger.</summary>
    public NodeAddress[] Neighbors()
    {
        var asking = Cast.Peer(999);
        Host.Hears(asking, new Ping(Digest: null));
        return Host.SentTo<Pong>(asking)[^1].Neighbors;
    }

    public Gossip Rumor(NodeAddress origin, int number, string text = "text") =>
        new($"1700000000.000:{origin}:{number}", origin, 1, number, text);
}
