using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// Over links that stand, an answer takes the link by which the question came, and what is no answer takes its own.
/// </summary>
[TestFixture]
internal sealed class AnswerTests
{
    private const int Leaves = 5;

    // What somebody says: nothing to be answered, a question, or something for the last leaf.
    private const long Telling = 0;
    private const long Asking = 1;
    private const long Passing = 2;

    private readonly List<(NodeAddress At, NodeAddress From, Instant Now, int Place)> heard = [];

    [SetUp]
    public void Forget() => heard.Clear();

    [Test]
    public void It_takes_as_long_as_the_question_and_each_knows_the_place_of_who_spoke()
    {
        Run(network => Tell(network, teller: 0, atSeconds: 1, what: Asking));

        var there = Instant.FromSeconds(1) + LengthTo(1);
        Assert.That(heard, Is.EqualTo(new[]
        {
            (Overlays.Peer(1), Overlays.Peer(0), there, 0),
            (Overlays.Peer(0), Overlays.Peer(1), there + LengthTo(1), 0),
        }));
    }

    [Test]
    public void What_another_node_says_later_to_who_was_heard_last_goes_over_its_own_link()
    {
        Run(network =>
        {
            Tell(network, teller: 0, atSeconds: 1);
            Tell(network, teller: 2, atSeconds: 2);
        });

        // The first leaf heard the hub, and did not answer.
        var (at, from, now, place) = heard[1];
        Assert.That((at, from, place), Is.EqualTo((Overlays.Peer(0), Overlays.Peer(2), 1)));
        Assert.That(now, Is.EqualTo(Instant.FromSeconds(2) + LengthTo(2)));
    }

    [Test]
    public void What_a_question_makes_a_node_say_to_somebody_else_goes_over_the_link_to_that_one()
    {
        Run(network => Tell(network, teller: 1, atSeconds: 1, what: Passing));

        var (at, _, now, _) = heard[1];
        var passed = Instant.FromSeconds(1) + LengthTo(1) + LengthTo(Leaves);
        Assert.That((at, now), Is.EqualTo((Overlays.Peer(Leaves), passed)));
    }

    private static TimeSpan LengthTo(int leaf) => TimeSpan.FromMicroseconds(
        new LinkLengths(new UniformLatency(10, 100), Overlays.RandomSeed).Between(Overlays.Hub, Overlays.Hub + leaf));

    private static void Tell(SimulatedNetwork network, int teller, int atSeconds, long what = Telling) =>
        network.InjectAt(
            Instant.FromSeconds(atSeconds), Overlays.Peer(teller),
            new ProtocolTimer(TimerKind.StartPublishing, Round: what));

    private void Run(Action<SimulatedNetwork> schedule)
    {
        var overlay = Overlays.Star(Leaves);
        var network = new SimulatedNetwork(
            new SimulatedNetworkOptions
            {
                Plan = overlay.Plan,
                Factories = _ => _ => new Talker(heard),
                RandomSeed = Overlays.RandomSeed,
                Latency = new UniformLatency(10, 100),
                Overlay = overlay,
            },
            new Nobody());
        for (var peer = 0; peer <= Leaves; peer++) network.StartAt(Instant.Zero, Overlays.Peer(peer));
        schedule(network);
        network.RunUntil(Instant.FromSeconds(5));
    }

    /// <summary>The hub speaks to its first leaf, leaves to the hub; questions are answered, or passed on.</summary>
    private sealed class Talker(List<(NodeAddress, NodeAddress, Instant, int)> heard) : Node
    {
        public override void OnStart(in NodeContext context) { }

        public override void OnTimer(ProtocolTimer timer, in NodeContext context)
        {
            var to = context.Self == Overlays.Peer(0) ? Overlays.Peer(1) : Overlays.Peer(0);
            Message said = timer.Round switch
            {
                Asking => new Ping(Digest: null),
                Passing => new Publish("for the last leaf"),
                _ => new Disconnect(),
            };
            context.Send(to, said);
        }

        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
            heard.Add((context.Self, envelope.From, context.Now, envelope.StandingPlace));
            if (envelope.Message is Ping) context.Send(envelope.From, new Disconnect());
            if (envelope.Message is Publish) context.Send(Overlays.Peer(Leaves), new Disconnect());
        }
    }
}
