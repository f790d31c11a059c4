using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// Real nodes under faults: the same run each time, and a fault that touches nothing leaves the run as it was.
/// </summary>
[TestFixture]
internal sealed class FaultDeterminismTests
{
    private static readonly ClockSkew wrong = new(TimeSpan.FromSeconds(-20), 5_000);

    private static readonly Dictionary<string, Impairment> impairments = new()
    {
        ["cut"] = new(new FromTo([Cast.Peer(0)], [Cast.Peer(1), Cast.Peer(2)], OneWay: true)) { Cuts = true },
        ["loss"] = new(new AllLinks()) { LossProbability = 0.05 },
        ["latency"] = new(new LinksOf([Cast.Peer(3)])) { AddedLatency = TimeSpan.FromMilliseconds(70) },
        ["bandwidth"] = new(new AllLinks()) { BytesPerSecond = 3_000 },
        ["corruption"] = new(new LinksOf([Cast.SeedNode(1)])) { CorruptProbability = 0.05 },
        ["duplicates"] = new(new AllLinks()) { DuplicateProbability = 0.1 },
        ["disorder"] = new(new AllLinks()) { ReorderProbability = 0.1 },
    };

    public static IEnumerable<string> Faults => [.. impairments.Keys, "slow node", "wrong clock"];

    [TestCaseSource(nameof(Faults))]
    public void A_fault_changes_the_run_and_makes_the_same_run_each_time(string fault)
    {
        var runs = new[] { Run(fault, 5), Run(fault, 5) };

        Assert.That(runs[1], Is.EqualTo(runs[0]));
        Assert.That(runs[0], Is.Not.EqualTo(Run(fault, 0)));
    }

    [TestCaseSource(nameof(Faults))]
    public void A_fault_that_ends_before_anything_meets_it_costs_and_changes_nothing(string fault) =>
        Assert.That(Run(fault, 0), Is.EqualTo(Run(null, 0)));

    [Test]
    public void All_faults_at_once_make_the_same_run_each_time_however_it_is_cut_into_pieces()
    {
        var (whole, pieces) = (Formed(), Formed());
        foreach (var network in new[] { whole, pieces })
            foreach (var fault in Faults) Strike(network, fault);
        whole.RunsFor(20);
        for (var piece = 0; piece < 2000; piece++) pieces.RunsFor(0.01);

        Assert.That(pieces.Network.Fingerprint, Is.EqualTo(whole.Network.Fingerprint));
    }

    private static ulong Run(string? fault, double faultSeconds)
    {
        var network = Formed();
        if (fault is not null)
        {
            Strike(network, fault);
            network.RunsFor(faultSeconds);
            network.Network.Mend(fault);
            network.Network.SlowDown(Cast.Peer(2), null);
            network.Network.SkewClock(Cast.Peer(2), default);
        }

        network.RunsFor(20 - faultSeconds);
        return network.Network.Fingerprint;
    }

    private static void Strike(SmallNetwork network, string fault)
    {
        if (impairments.TryGetValue(fault, out var impairment)) network.Network.Impair(fault, impairment);
        else if (fault == "slow node") network.Network.SlowDown(Cast.Peer(2), new DrawnLatency(new ExponentialDistribution(30)));
        else network.Network.SkewClock(Cast.Peer(2), wrong);
    }

    private static SmallNetwork Formed()
    {
        var network = new SmallNetwork(3, 8, 11, new UniformLatency(1, 60) { JitterFraction = 0.5 }, 0.01);
        network.StartsAll();
        network.RunsFor(5);
        network.Network.Inject(Cast.Peer(4), new ProtocolTimer(TimerKind.StartPublishing));
        return network;
    }
}
