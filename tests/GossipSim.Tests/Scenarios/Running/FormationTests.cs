using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>How many peers may be coming in at a time.</summary>
[TestFixture]
internal sealed class FormationTests
{
    [TestCase(SecurityMode.None, 64)]
    [TestCase(SecurityMode.SharedKey, 64)]
    [TestCase(SecurityMode.MutualTls, 8)]
    public void Fewer_peers_come_in_at_a_time_where_each_shakes_hands(SecurityMode mode, int most)
    {
        using var folder = new ScenarioFolder();
        var settings = ProtocolSettings.Of(folder.Load(SmallScenarios.With("", peers: 8)), DateTimeOffset.UnixEpoch);
        var formation = new Formation(settings, mode);

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
