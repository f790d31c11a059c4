using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using MathNet.Numerics.Distributions;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>What nodes of the simulated network see of the models: when messages come.</summary>
[TestFixture]
internal sealed class LatencyOnTheWireTests
{
    private const int Peers = 60;

    private const int Links = Peers * (Peers - 1) / 2;

    [TestCaseSource(typeof(DistributionTests), nameof(DistributionTests.All))]
    public void Messages_take_as_long_as_the_distribution_says(Distribution ours, IContinuousDistribution known)
    {
        var network = Linked(new DrawnLatency(ours) { Shortest = TimeSpan.FromMicroseconds(1) });

        var there = Milliseconds(network, low: true);
        var back = Milliseconds(network, low: false);

        Assert.That(KolmogorovSmirnov.Distance(there.Values, known), Is.LessThan(KolmogorovSmirnov.Critical(Links)));
        Assert.That(back.ToDictionary(way => (way.Key.To, way.Key.From), way => way.Value), Is.EqualTo(there));
    }

    [Test]
    public void Messages_take_one_of_the_measured_values()
    {
        var network = Linked(new DrawnLatency(new EmpiricalDistribution([10, 20, 20, 40])));

        var counts = Milliseconds(network, low: true).Values.CountBy(taken => taken).ToDictionary();

        Assert.That(counts.Keys, Is.EquivalentTo(new[] { 10.0, 20, 40 }));
        Assert.That(counts[20], Is.EqualTo(Links / 2).Within(100));
    }

    [Test]
    public void Messages_between_regions_take_what_the_matrix_says_in_their_direction()
    {
        double[][] oneWayMs = [[2, 40, 90], [45, 3, 70], [95.5, 75, 4]];
        var placement = new Placement(3, [1, 1, 1], []);
        var network = Linked(new MatrixLatency(placement, oneWayMs));

        var ways = Milliseconds(network, low: true).Concat(Milliseconds(network, low: false)).ToArray();

        Assert.That(ways, Has.Length.EqualTo(2 * Links));
        foreach (var ((from, to), taken) in ways)
            Assert.That(taken, Is.EqualTo(oneWayMs[placement.PlaceOf(from)][placement.PlaceOf(to)]), $"{from} to {to}");
    }

    [Test]
    public void A_handshake_between_regions_takes_the_way_there_and_the_way_back()
    {
        var placement = new Placement(3, [1, 1], [0, 0, 1]);
        var network = Started(new MatrixLatency(placement, [[1, 30], [50, 1]]), peers: 2);

        network.Sends(Cast.Peer(0), Cast.Peer(1), 1);
        network.RunsFor(1);

        var arrival = network.At(Cast.Peer(1)).Messages.Single().Now;
        Assert.That(arrival.Microseconds, Is.EqualTo(30_000 + 50_000 + 30_000));
    }

    [Test]
    public void Messages_around_the_world_take_what_light_takes()
    {
        var model = new GeoLatency(node => SpherePoint.Uniform(4, node), KmPerMs: 133, OverheadMs: 2);
        var network = Linked(model);

        foreach (var ((from, to), taken) in Milliseconds(network, low: true))
        {
            var km = SpherePoint.Uniform(4, from).KilometersTo(SpherePoint.Uniform(4, to));
            Assert.That(taken, Is.EqualTo(2 + (km / 133)).Within(0.0006), $"{from} to {to}");
        }
    }

    [Test]
    public void Jitter_makes_messages_late_by_up_to_its_share_of_the_link()
    {
        var network = Linked(new ConstantLatency(40) { JitterFraction = 0.5 });

        var taken = Milliseconds(network, low: true).Values;

        Assert.That(
            KolmogorovSmirnov.Distance(taken, new ContinuousUniform(40, 60)),
            Is.LessThan(KolmogorovSmirnov.Critical(Links)));
    }

    /// <summary>Every peer has a link with every other one.</summary>
    private static SimulatedContractNetwork Linked(LatencyModel model)
    {
        var network = Started(model, Peers);
        SendAll(network, low: true);
        network.RunsFor(600);
        return network;
    }

    private static SimulatedContractNetwork Started(LatencyModel model, int peers)
    {
        var network = new SimulatedContractNetwork(peers, model);
        network.Network.Start(SimulatedContractNetwork.SeedNode);
        foreach (var address in network.Addresses) network.Network.Start(address);
        return network;
    }

    /// <summary>How long a message takes from each node to each of higher (or lower) index, by plan index.</summary>
    private static Dictionary<(int From, int To), double> Milliseconds(SimulatedContractNetwork network, bool low)
    {
        var sent = network.Network.Now;
        SendAll(network, low);
        network.RunsFor(600);
        var addresses = network.Addresses.ToList();
        // The seed node is the first of the plan.
        return addresses.SelectMany((to, index) => network.At(to).Messages.Where(heard => heard.Now >= sent)
                .Select(heard => (Way: (addresses.IndexOf(heard.From) + 1, index + 1), Taken: heard.Now - sent)))
            .ToDictionary(heard => heard.Way, heard => heard.Taken.TotalMilliseconds);
    }

    private static void SendAll(SimulatedContractNetwork network, bool low)
    {
        for (var from = 0; from < Peers; from++)
            for (var to = 0; to < Peers; to++)
                if (from != to && from < to == low) network.Sends(Cast.Peer(from), Cast.Peer(to), 1);
    }
}
