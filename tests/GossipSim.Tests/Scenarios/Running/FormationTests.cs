using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>How many peers may be coming in at a time.</summary>
[TestFixture]
internal sealed class FormationTests
{
    [TestCase("none", "tls", 64)]
    [TestCase("sharedKey", "tls", 64)]
    [TestCase("mutualTls", "mac", 64)]
    [TestCase("mutualTls", "tls", 8)]
    public void Fewer_peers_come_in_at_a_time_where_each_shakes_hands(string mode, string peerLinks, int most)
    {
        using var folder = new ScenarioFolder();
        var scenario = folder.Load(
            SmallScenarios.With("", peers: 8), $"security.mode={mode}", $"security.peerLinks={peerLinks}");
        var formation = new Formation(
            ProtocolSettings.Of(scenario, DateTimeOffset.UnixEpoch), scenario.Security.PeersTakeTls);

        var none = new RecordedRun().Record;
        Assert.That(formation.HasRoom(most - 1, none), Is.True);
        Assert.That(formation.HasRoom(most, none), Is.False);

        var run = RecordedRun.WithLineOf(2);
        run.Story.Tell(7000, EventKind.Joined).Tell(7001, EventKind.Joined);
        var two = run.Record;
        Assert.That(two.JoinedPeers, Is.EqualTo(2));
        Assert.That(formation.HasRoom(most + 1, two), Is.True);
        Assert.That(formation.HasRoom(most + 2, two), Is.False);
    }
}
