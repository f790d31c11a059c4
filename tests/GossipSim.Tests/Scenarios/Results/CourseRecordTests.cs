using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

internal sealed class CourseRecordTests
{
    [Test]
    public void It_follows_live_peers_and_what_the_seed_nodes_list_second_by_second()
    {
        var run = RecordedRun.WithLineOf(4, RunStory.Facts with { ScenarioSeconds = 30 });
        run.Story.At(10).Crash(7002, "kill")
            .At(14).Commit(6000, 7002, 1, alive: false)
            .At(15).Commit(6001, 7002, 1, alive: false).Commit(6002, 7002, 1, alive: false);
        run.MeasureAt(30);

        var members = run.Record.Course.Members;
        Assert.That(
            members.Select(sample => (sample.LivePeers, sample.FewestListed, sample.MostListed)),
            Is.EqualTo(new[] { (4, 4, 4), (3, 4, 4), (3, 3, 4), (3, 3, 3) }));
        Assert.That(members.Select(sample => sample.Seconds), Is.EqualTo(new[] { 0, 10, 14, 15 }).Within(0.051));
    }

    [Test]
    public void A_seed_node_that_is_down_lists_nobody()
    {
        var run = RecordedRun.WithLineOf(2);
        run.Story.At(4).Crash(6002).At(5).Commit(6000, 7001, 1, alive: false).Commit(6001, 7001, 1, alive: false);
        run.MeasureAt(30);

        Assert.That(run.Record.Course.Members[^1].MostListed, Is.EqualTo(1));
    }

    [Test]
    public void Faults_and_their_ends_are_marked_in_scenario_time()
    {
        var run = RecordedRun.WithLineOf(2);
        run.Record.MarkScenarioStart(Instant.FromSeconds(1));
        var strike = new FaultStrike("partition", "split", [[RunStory.Address(7000)], [RunStory.Address(7001)]]);
        Tell(3.5, EventKind.FaultStruck);
        Tell(13.5, EventKind.FaultEnded);

        Assert.That(run.Record.Course.Marks, Is.EqualTo(new[] { (2.5, "partition"), (12.5, "partition over") }));

        void Tell(double seconds, EventKind kind) => run.Record.Report(
            NodeAddress.None, Instant.FromSeconds(seconds), new ProtocolEvent(kind, Detail: strike));
    }
}
