using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;
using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Fuzzing;

/// <summary>
/// What gets through the codec is heard by real nodes, from strangers, members, neighbors and seed nodes: no handler
/// throws, and no table grows without end.
/// </summary>
[TestFixture]
internal sealed class NodeFuzzTests
{
    private const int PerPage = 500;

    [TestCase(50_000, 1UL)]
    [TestCase(1_000_000, 2UL, Explicit = true, Category = FullSize.Category, Reason = FullSize.Reason)]
    public void No_message_makes_a_seed_node_throw(int messages, ulong randomSeed)
    {
        var stage = new SeedNodeStage(seedNodes: 4);
        stage.OthersAgreeOn(Cast.Member(Cast.Peer(1)));
        NodeAddress[] senders = [Cast.Peer(1), Cast.Peer(99), .. stage.Others];

        var most = Say(stage.Host, senders, messages, randomSeed);

        // Lying seed nodes among them may tell of many entries; votes that they are too few for are forgotten in time.
        Assert.That(most, Is.LessThan(100_000));
    }

    [TestCase(50_000, 3UL)]
    [TestCase(1_000_000, 4UL, Explicit = true, Category = FullSize.Category, Reason = FullSize.Reason)]
    public void No_message_makes_a_peer_throw(int messages, ulong randomSeed)
    {
        var stage = PeerStage.Joined(Cast.Peer(1), Cast.Peer(2));
        NodeAddress[] senders = [Cast.Peer(1), Cast.Peer(2), Cast.Peer(99), .. stage.Options.SeedNodes];

        var most = Say(stage.Host, senders, messages, randomSeed);

        Assert.That(most, Is.LessThan(MessageList.OriginLimit + MessageList.TextLimit + 30_000));
    }

    /// <returns>The most entries that its tables had.</returns>
    private static int Say(RecordingHost host, NodeAddress[] senders, int messages, ulong randomSeed)
    {
        var mutator = new LineMutator(randomSeed);
        var random = new NodeRandom(randomSeed);
        var (heard, most) = (0, 0);
        while (heard < messages)
        {
            var line = random.Next(3) == 0 ? mutator.Next() : mutator.Unchanged();
            if (MessageCodec.Decode(line) is not { Message: { } message } decoded) continue;
            // What transports say to each other they keep to themselves.
            if (message is Hello or Challenge or Confirmation or Error) continue;
            host.Hears(senders[random.Next(senders.Length)], message, decoded.Hops);
            if (++heard % PerPage != 0) continue;
            host.Waits(0.25 * random.Next(20));
            if (random.Next(4) == 0) host.LosesLinkTo(senders[random.Next(senders.Length)]);
            most = Math.Max(most, host.Node.TableEntries);
            host.TurnsPage();
        }

        TestContext.Out.WriteLine($"S4: {heard} messages heard, {most} table entries at most");
        return most;
    }
}
